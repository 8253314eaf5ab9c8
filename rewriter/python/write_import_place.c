// Where import statements go: those that vanish, and those that are new.
//
// In: the statements of a module with what is left of each. Out: whole-line edits. A block never
// becomes empty, and a new import never lands inside another statement.
#include "python/write_import.h"

// ---- statements that vanish ----------------------------------------------------------------------------
static bool vanishes(const ImportEdit *edit, StatementId id) {
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        const ImportStatement *statement = &edit->statements.items[i];
        if (statement->touched && statement->gone &&
            fact_same(import_head(statement)->statement, id)) {
            return true;
        }
    }
    return false;
}

// Two statements of the same parent and branch number may still be in different blocks (two except
// parts): then a line with less indentation stands between them.
static bool same_block(const SourceFile *file, const StatementFact *a, const StatementFact *b) {
    uint32_t from = a->start < b->start ? a->end : b->end;
    uint32_t to = a->start < b->start ? b->start : a->start;
    size_t own = source_line_indent(file, a->start).length;
    for (uint32_t at = layout_next_line(file, from); at < to; at = layout_next_line(file, at)) {
        if (layout_line_is_blank(file, at) || layout_line_is_comment(file, at)) continue;
        if (source_line_indent(file, at).length < own) return false;
    }
    return true;
}

// True when SELF must leave a `pass`: every statement of its block vanishes and it is the first.
static bool must_leave_pass(const ImportEdit *edit, StatementId self) {
    const Facts *facts = edit->writing.facts;
    const StatementFact *own = &facts->statements.items[self.index];
    if (!fact_is(own->parent)) return false;
    bool first = true, alone = true;
    StatementList block = {0};
    layout_children(facts, own->parent, &block);
    for (uint32_t i = 0; i < block.list.count; i++) {
        StatementId id = block.list.items[i];
        const StatementFact *other = &facts->statements.items[id.index];
        if (fact_same(id, self) || other->branch != own->branch) continue;
        if (!same_block(edit->writing.file, own, other)) continue;
        if (!vanishes(edit, id)) alone = false;
        if (other->start < own->start) first = false;
    }
    vec_release(&block.list);
    return alone && first;
}

// INSERTED_AT: where new imports are put, which must not fall inside what is taken out.
static void remove_statement(const ImportEdit *edit, const ImportStatement *statement,
                             uint32_t inserted_at) {
    const SourceFile *file = edit->writing.file;
    const ImportFact *head = import_head(statement);
    const StatementFact *fact = &edit->writing.facts->statements.items[head->statement.index];
    uint32_t line = source_line_start(file, head->statement_start);
    uint32_t end = source_line_end(file, head->statement_end);
    uint32_t next = layout_next_line(file, head->statement_end);
    if (fact->shares_line || must_leave_pass(edit, head->statement) ||
        !layout_first_on_line(file, head->statement_start) ||
        !layout_rest_is_blank(file, head->statement_end)) {
        write_replace(&edit->writing, head->statement_start, head->statement_end, STR("pass"));
    } else if ((end == inserted_at || next == end) && line > 0) {
        uint32_t above = line - 1;
        if (above > 0 && file->text.data[above] == '\n' && file->text.data[above - 1] == '\r')
            above--;
        write_replace(&edit->writing, above, end, STR_NONE);
    } else {
        write_replace(&edit->writing, line, next, STR_NONE);
    }
}

// ---- statements that are new ----------------------------------------------------------------------------
// First part of a dotted name: the folder or package that must be importable.
static Str root_of(Str dotted) {
    Str part = dotted;
    str_split_next(&dotted, '.', &part);
    return part;
}

static bool always_runs(const ImportFact *head) {
    return head->at_top && !head->type_checking && !head->guarded;
}

// A program may make its own packages importable (sys.path) before it imports them. Then what we
// need from the same root comes after the first import of that root: that statement; else NULL.
static const ImportStatement *first_import_of_root(const ImportEdit *edit) {
    const Facts *facts = edit->writing.facts;
    uint32_t block_end = facts->modules.items[edit->writing.module.index].imports_end;
    const ImportStatement *found = NULL;
    for (uint32_t i = 0; i < edit->fresh.count; i++) {
        Str root = root_of(edit->fresh.items[i].module);
        for (uint32_t j = 0; j < edit->statements.count; j++) {
            const ImportFact *head = import_head(&edit->statements.items[j]);
            if (!always_runs(head)) continue;
            if (!str_equal(root_of(facts_name(facts, head->dotted)), root)) continue;
            bool later = head->statement_start >= block_end;
            if (later && (!found || import_head(found)->statement_start < head->statement_start)) {
                found = &edit->statements.items[j];
            }
            break;
        }
    }
    return found;
}

// A from-import that becomes empty: the new ones stand in its place. It is one of the first block or,
// where they must come after AFTER, that one.
static const ImportStatement *place_to_take_over(const ImportEdit *edit,
                                                 const ImportStatement *after) {
    const Facts *facts = edit->writing.facts;
    uint32_t block_end = facts->modules.items[edit->writing.module.index].imports_end;
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        const ImportStatement *statement = &edit->statements.items[i];
        const ImportFact *head = import_head(statement);
        if (!statement->touched || !statement->gone || head->kind != IMPORT_NAME) continue;
        if (!always_runs(head)) continue;
        if (facts->statements.items[head->statement.index].shares_line) continue;
        if (after ? statement == after : head->statement_end <= block_end) return statement;
    }
    return NULL;
}

// End of the line behind which new imports go when the file has an import block.
static uint32_t end_of_block(const SourceFile *file, uint32_t imports_end) {
    while (imports_end > 0 &&
           (file->text.data[imports_end - 1] == '\n' || file->text.data[imports_end - 1] == '\r')) {
        imports_end--;
    }
    return source_line_end(file, imports_end);
}

// The first line at or after OFFSET that is not the comment block a file begins with.
static uint32_t skip_opening_comment(const SourceFile *file, uint32_t offset) {
    uint32_t at = offset;
    while (at < file->text.length && layout_first_on_line(file, at) &&
           layout_line_is_comment(file, at)) {
        at = layout_next_line(file, at);
    }
    return at < file->text.length && layout_line_is_blank(file, at) ? at : offset;
}

// A file without imports: behind docstring and opening comment, with blank lines around.
static void insert_first_imports(const ImportEdit *edit, uint32_t body_start, Str lines) {
    const SourceFile *file = edit->writing.file;
    uint32_t at = skip_opening_comment(file, body_start);
    StrBuf text = {0};
    uint32_t above = 0, below = 0;
    bool inside_line = at > 0 && !layout_first_on_line(file, at);
    bool has_above = inside_line || layout_previous_text(file, at, &above);
    if (inside_line) above = source_line_end(file, at);
    if (has_above) {
        strbuf_add(&text, file->newline);
        strbuf_add(&text, file->newline);
    }
    strbuf_add(&text, lines);
    at = has_above ? above : 0;
    bool has_below = has_above ? layout_next_text(file, at, &below) : file->text.length > 0;
    bool blank_follows = has_above
                             ? has_below && layout_line_is_blank(file, layout_next_line(file, at))
                             : layout_line_is_blank(file, 0);
    if (!has_above) strbuf_add(&text, file->newline);
    if (has_below && !blank_follows) strbuf_add(&text, file->newline);
    write_insert(&edit->writing, at, strbuf_str(&text));
    strbuf_release(&text);
}

void import_place(const ImportEdit *edit) {
    const SourceFile *file = edit->writing.file;
    const ModuleFact *module = &edit->writing.facts->modules.items[edit->writing.module.index];
    const ImportStatement *after = first_import_of_root(edit);
    const ImportStatement *taken = edit->fresh.count > 0 ? place_to_take_over(edit, after) : NULL;
    uint32_t block_end = after ? import_head(after)->statement_end : module->imports_end;
    uint32_t inserted_at = 0;
    StrBuf lines = {0};
    if (edit->fresh.count > 0) import_render_fresh(edit, &lines, STR_NONE);
    if (taken) {
        write_replace(&edit->writing, import_head(taken)->statement_start,
                      import_head(taken)->statement_end, strbuf_str(&lines));
    } else if (edit->fresh.count > 0 && block_end) {
        inserted_at = end_of_block(file, block_end);
        Str text = arena_format(edit->writing.out->arena, "%.*s%.*s", STR_ARG(file->newline),
                                STR_ARG(strbuf_str(&lines)));
        write_insert(&edit->writing, inserted_at, text);
    } else if (edit->fresh.count > 0) {
        insert_first_imports(edit, module->body_start, strbuf_str(&lines));
    }
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        const ImportStatement *statement = &edit->statements.items[i];
        if (statement == taken || !statement->touched || !statement->gone) continue;
        remove_statement(edit, statement, inserted_at);
    }
    strbuf_release(&lines);
}
