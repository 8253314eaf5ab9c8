// The export list of a module.
//
// In: a name that is exported and what takes its place. Out: edits inside the string literals of
// `__all__`, with the quotes that are there. Strings elsewhere are never touched.
#include "python/write/layout.h"
#include "python/write/operations.h"

static bool lists_string(const Facts *facts, ExprId list, Str text) {
    ExprId child = facts_expr(facts, list)->first_child;
    for (; fact_is(child); child = facts_expr(facts, child)->next_sibling) {
        const ExprFact *expr = facts_expr(facts, child);
        if (expr->kind == EXPR_STRING && str_equal(facts_name(facts, expr->name), text))
            return true;
    }
    return false;
}

// `"old"` -> `"old", "new"`, on a line of its own where the old one has one.
static void add_beside(const Writing *writing, const ExprFact *expr, uint32_t old_start,
                       size_t old_length, Str replacement) {
    const SourceFile *file = writing->file;
    StrBuf text = {0};
    if (layout_first_on_line(file, expr->start)) {
        strbuf_add_char(&text, ',');
        strbuf_add(&text, file->newline);
        strbuf_add(&text, source_line_indent(file, expr->start));
    } else {
        strbuf_add_text(&text, ", ");
    }
    strbuf_add(&text, str_slice(file->text, expr->start, old_start));
    strbuf_add(&text, replacement);
    strbuf_add(&text, str_slice(file->text, old_start + old_length, expr->end));
    write_insert(writing, expr->end, strbuf_str(&text));
    strbuf_release(&text);
}

static void rename_in_list(const Writing *writing, ExprId list, Name old, Str replacement,
                           bool keep) {
    const Facts *facts = writing->facts;
    if (lists_string(facts, list, replacement)) return;
    ExprId child = facts_expr(facts, list)->first_child;
    for (; fact_is(child); child = facts_expr(facts, child)->next_sibling) {
        const ExprFact *expr = facts_expr(facts, child);
        if (expr->kind != EXPR_STRING || !name_equal(expr->name, old)) continue;
        Str name = facts_name(facts, old);
        Str literal = str_slice(writing->file->text, expr->start, expr->end);
        ptrdiff_t inside = str_find_str(literal, name);
        if (inside < 0) continue;
        uint32_t start = expr->start + (uint32_t)inside;
        if (keep) {
            add_beside(writing, expr, start, name.length, replacement);
        } else {
            write_replace(writing, start, start + (uint32_t)name.length, replacement);
        }
    }
}

// With its comma: the next one takes its place, or the one before ends the list.
static void remove_from_list(const Writing *writing, ExprId list, Name name) {
    const Facts *facts = writing->facts;
    const ExprFact *before = NULL;
    ExprId child = facts_expr(facts, list)->first_child;
    for (; fact_is(child); child = facts_expr(facts, child)->next_sibling) {
        const ExprFact *expr = facts_expr(facts, child);
        ExprId next = expr->next_sibling;
        if (expr->kind != EXPR_STRING || !name_equal(expr->name, name)) {
            before = expr;
            continue;
        }
        if (fact_is(next))
            write_replace(writing, expr->start, facts_expr(facts, next)->start, STR_NONE);
        else
            write_replace(writing, before ? before->end : expr->start, expr->end, STR_NONE);
        return;
    }
}

// The first binding of the module's `__all__`.
static BindingId first_list(const Facts *facts, ModuleId module) {
    Name all = intern_find(facts->names, STR("__all__"));
    SymbolId symbol = all.index == 0 ? FACT_NONE(SymbolId)
                                     : facts_symbol_in(facts, facts_module(facts, module)->scope, all);
    return fact_is(symbol) ? facts_symbol(facts, symbol)->first_binding : FACT_NONE(BindingId);
}

void write_remove_export(const Facts *facts, ModuleId module, Name name, TextEdits *out) {
    Writing writing = writing_on(facts, module, out);
    for (BindingId id = first_list(facts, module); fact_is(id);
         id = facts_binding(facts, id)->next_of_symbol) {
        ExprId value = facts_binding(facts, id)->value;
        uint8_t kind = facts_expr(facts, value)->kind;
        if (kind == EXPR_LIST || kind == EXPR_TUPLE) remove_from_list(&writing, value, name);
    }
}

void write_rename_export(const Facts *facts, ModuleId module, Name old, Str replacement, bool keep,
                         TextEdits *out) {
    Writing writing = writing_on(facts, module, out);
    for (BindingId id = first_list(facts, module); fact_is(id);
         id = facts_binding(facts, id)->next_of_symbol) {
        ExprId value = facts_binding(facts, id)->value;
        uint8_t kind = facts_expr(facts, value)->kind;
        if (kind != EXPR_LIST && kind != EXPR_TUPLE) continue;
        rename_in_list(&writing, value, old, replacement, keep);
    }
}

void write_remove_statement(const Facts *facts, ModuleId module, StatementId id, TextEdits *out) {
    Writing writing = writing_on(facts, module, out);
    const StatementFact *statement = facts_statement(facts, id);
    layout_remove_lines(&writing, statement->start, statement->end, false);
}
