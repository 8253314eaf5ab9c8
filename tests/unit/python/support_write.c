// In: Python text and an operation's edits. Out: the edited text, which must parse.
#include "python/support_write.h"

#include <stdlib.h>

const ContextText CONTEXT = {.parameter = {"context", 7},
                             .type = {"Context", 7},
                             .ambient = {"current_context", 15},
                             .fallback = {"current_context()", 17}};

void page_open_files(Page *page, const char *const *paths, const char *const *texts,
                     uint32_t count) {
    *page = (Page){.edits.arena = NULL};
    page->edits.arena = &page->arena;
    for (uint32_t i = 0; i < count; i++) {
        sources_add_memory(&page->sources, str_from(paths[i]), str_from(texts[i]),
                           &page->diagnostics);
    }
    facts_extract(&page->sources, &language_python, NULL, 1, &page->facts, &page->diagnostics);
    assert_int_equal(page->facts.modules.count, count + 1);
    language_python.resolve(&page->facts, NULL, NULL);
}

void page_open(Page *page, const char *text) {
    const char *path = "src/a.py";
    page_open_files(page, &path, &text, 1);
}

static int compare(const void *left, const void *right) {
    const TextEdit *a = left, *b = right;
    bool inserts_a = a->start == a->end, inserts_b = b->start == b->end;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (inserts_a != inserts_b) return inserts_a ? -1 : 1;
    return 0;
}

static void sort_edits(Page *page) { // stable: order of adding counts
    for (uint32_t i = 1; i < page->edits.list.count; i++) {
        for (uint32_t j = i; j > 0; j--) {
            TextEdit *item = &page->edits.list.items[j];
            if (compare(item - 1, item) <= 0) break;
            TextEdit moved = *item;
            item[0] = item[-1];
            item[-1] = moved;
        }
    }
}

void page_close(Page *page, const char *expected) {
    const SourceFile *file = source_file(&page->sources, page->facts.modules.items[1].file);
    StrBuf text = {0};
    uint32_t done = 0;
    sort_edits(page);
    for (uint32_t i = 0; i < page->edits.list.count; i++) {
        const TextEdit *edit = &page->edits.list.items[i];
        assert_true(edit->start >= done);
        strbuf_add(&text, str_slice(file->text, done, edit->start));
        strbuf_add(&text, edit->text);
        done = edit->end;
    }
    strbuf_add(&text, str_slice(file->text, done, file->text.length));
    assert_str(strbuf_str(&text), expected);
    uint32_t first;
    assert_int_equal(python_count_errors(strbuf_str(&text), &first), 0);
    strbuf_release(&text);
    vec_release(&page->edits.list);
    facts_release(&page->facts);
    arena_release(&page->arena);
    diagnostics_release(&page->diagnostics);
    sources_release(&page->sources);
}

ModuleId page_module(const Page *page) {
    (void)page;
    return (ModuleId){1};
}

FunctionId page_function(const Page *page, const char *name) {
    for (uint32_t i = 1; i < page->facts.functions.count; i++) {
        if (str_is(facts_name(&page->facts, page->facts.functions.items[i].name), name)) {
            return (FunctionId){i};
        }
    }
    fail_msg("no function %s", name);
    return FACT_NONE(FunctionId);
}

ClassId page_class(const Page *page, const char *name) {
    for (uint32_t i = 1; i < page->facts.classes.count; i++) {
        if (str_is(facts_name(&page->facts, page->facts.classes.items[i].name), name)) {
            return (ClassId){i};
        }
    }
    fail_msg("no class %s", name);
    return FACT_NONE(ClassId);
}

BindingId page_binding(const Page *page, const char *name) {
    Name wanted = intern_find(page->facts.names, str_from(name));
    SymbolId symbol = facts_symbol_in(&page->facts, page->facts.modules.items[1].scope, wanted);
    assert_true(fact_is(symbol));
    return facts_symbol(&page->facts, symbol)->first_binding;
}

ExprId page_expr(const Page *page, const char *text) {
    for (uint32_t i = 1; i < page->facts.exprs.count; i++) {
        const ExprFact *expr = &page->facts.exprs.items[i];
        ModuleId module = facts_expr_module(&page->facts, (ExprId){i});
        if (str_is(facts_text(&page->facts, module, expr->start, expr->end), text)) {
            return (ExprId){i};
        }
    }
    fail_msg("no expression %s", text);
    return FACT_NONE(ExprId);
}

ImportId page_import(const Page *page, const char *name, uint32_t nth) {
    for (uint32_t i = 1; i < page->facts.imports.count; i++) {
        if (!str_is(facts_name(&page->facts, page->facts.imports.items[i].bound), name)) continue;
        if (nth-- == 0) return (ImportId){i};
    }
    fail_msg("no import of %s", name);
    return FACT_NONE(ImportId);
}
