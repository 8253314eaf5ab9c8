// Where new import statements go.
//
// In: the statements of a module with what is left of each. Out: whole-line insertions, or the place of
// a statement that vanishes. A new import never lands inside another statement.
#include "python/syntax/joined.h"
#include "python/write/import.h"

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

// Offset of the first text that reads a fresh name while the module is imported; new imports come before.
static uint32_t first_reader(const ImportEdit *edit) {
    uint32_t first = UINT32_MAX;
    for (uint32_t i = 0; i < edit->fresh.count; i++) {
        uint32_t before = edit->fresh.items[i].before;
        if (before > 0 && before < first) first = before;
    }
    return first;
}

// A program may make its own packages importable (sys.path) before it imports them. Then what we
// need from the same root comes after the first import of that root: that statement; else NULL.
static const ImportStatement *first_import_of_root(const ImportEdit *edit) {
    const Facts *facts = edit->writing.facts;
    uint32_t block_end = facts_module(facts, edit->writing.module)->imports_end;
    const ImportStatement *found = NULL;
    for (uint32_t i = 0; i < edit->fresh.count; i++) {
        Str root = root_of(edit->fresh.items[i].module);
        for (uint32_t j = 0; j < edit->statements.count; j++) {
            const ImportFact *head = import_head(&edit->statements.items[j]);
            if (!always_runs(head)) continue;
            bool same = str_equal(root_of(facts_name(facts, head->dotted)), root) ||
                        (head->level == 0 && str_equal(root_of(facts_name(facts, head->path)), root));
            if (!same) continue;
            bool later =
                head->statement_start >= block_end && head->statement_start < first_reader(edit);
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
    uint32_t block_end = facts_module(facts, edit->writing.module)->imports_end;
    uint32_t limit = first_reader(edit);
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        const ImportStatement *statement = &edit->statements.items[i];
        const ImportFact *head = import_head(statement);
        if (head->statement_start >= limit) break;
        if (!statement->touched || !statement->gone || head->kind != IMPORT_NAME) continue;
        if (!always_runs(head)) continue;
        if (facts_statement(facts, head->statement)->shares_line) continue;
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
    return joined_line_end(file, imports_end);
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

// The statement that comes next at or after OFFSET is a function or a class.
static bool definition_follows(const ImportEdit *edit, uint32_t offset) {
    const Facts *facts = edit->writing.facts;
    ScopeId scope = facts_module(facts, edit->writing.module)->scope;
    for (uint32_t i = 1; i < facts->statements.count; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (!fact_same(statement->scope, scope) || statement->start < offset) continue;
        return statement->kind == STATEMENT_FUNCTION || statement->kind == STATEMENT_CLASS;
    }
    return false;
}

// A file without imports, or none early enough: behind docstring and opening comment, with blank lines
// around.
static void insert_first_imports(const ImportEdit *edit, uint32_t body_start, Str lines) {
    const SourceFile *file = edit->writing.file;
    uint32_t at = skip_opening_comment(file, body_start);
    StrBuf text = {0};
    uint32_t above = 0;
    bool inside_line = at > 0 && !layout_first_on_line(file, at);
    bool has_above = inside_line || layout_previous_text(file, at, &above);
    if (inside_line) above = joined_line_end(file, at);
    if (has_above) {
        strbuf_add(&text, file->newline);
        strbuf_add(&text, file->newline);
    }
    strbuf_add(&text, lines);
    if (!has_above) strbuf_add(&text, file->newline);
    uint32_t line = has_above ? layout_next_line(file, above) : 0, blank = 0;
    for (; line < file->text.length && layout_line_is_blank(file, line); blank++) {
        line = layout_next_line(file, line);
    }
    bool has_below = line < file->text.length;
    uint32_t wanted = definition_follows(edit, has_above ? above : 0) ? 2 : 1;
    for (; has_below && blank < wanted; blank++) strbuf_add(&text, file->newline);
    write_insert(&edit->writing, has_above ? above : 0, strbuf_str(&text));
    strbuf_release(&text);
}

// ---- in the order of the block -------------------------------------------------------------------------

// The new statements that go to one place, in the order of their modules.
typedef struct Placed {
    ImportSpot spot;
    uint32_t first, count; // of the fresh needs
} Placed;
typedef Vec(Placed) PlacedList;

static bool same_spot(const ImportSpot *a, const ImportSpot *b) {
    return a->beside == b->beside && a->behind == b->behind;
}

// False where one of them has no place in the order, or is read before it. AFTER: they stand near that one.
static bool find_spots(const ImportEdit *edit, const ImportStatement *after, PlacedList *placed) {
    uint32_t limit = first_reader(edit);
    for (uint32_t i = 0; i < edit->fresh.count; i++) {
        const ImportNeed *need = &edit->fresh.items[i];
        ImportSpot spot;
        if (i > 0 && str_equal(need->module, edit->fresh.items[i - 1].module)) {
            vec_last(placed)->count++;
            continue;
        }
        if (!(after ? import_order_find_near(edit, after, need->module, &spot)
                    : import_order_find(edit, need->module, &spot)))
            return false;
        if (import_head(spot.beside)->statement_start >= limit) return false;
        if (placed->count > 0 && same_spot(&vec_last(placed)->spot, &spot))
            vec_last(placed)->count++;
        else
            vec_add(placed, ((Placed){spot, i, 1}));
    }
    return true;
}

// Imports below other code say so to the linter (E402), where their neighbours do.
static void add_late_mark(const ImportEdit *edit, const ImportFact *head, StrBuf *lines) {
    const SourceFile *file = edit->writing.file;
    Str rest = str_slice(file->text, head->statement_end, source_line_end(file, head->statement_end));
    bool single = str_find(strbuf_str(lines), '\n') < 0;
    if (single && str_find_str(rest, STR("noqa")) >= 0 && str_find_str(rest, STR("E402")) >= 0)
        strbuf_add(lines, STR("  # noqa: E402"));
}

static void write_placed(ImportEdit *edit, const Placed *placed) {
    const SourceFile *file = edit->writing.file;
    const ImportSpot *spot = &placed->spot;
    const ImportFact *head = import_head(spot->beside);
    StrBuf lines = {0}, text = {0};
    import_render_fresh(edit, &lines, placed->first, placed->count);
    add_late_mark(edit, head, &lines);
    if (spot->takes) {
        edit->statements.items[spot->beside - edit->statements.items].taken = true;
        write_replace(&edit->writing, head->statement_start, head->statement_end,
                      strbuf_str(&lines));
    } else {
        for (int i = 0; spot->behind && i <= spot->apart; i++) strbuf_add(&text, file->newline);
        strbuf_add(&text, strbuf_str(&lines));
        for (int i = 0; !spot->behind && i <= spot->apart; i++) strbuf_add(&text, file->newline);
        write_insert(&edit->writing,
                     spot->behind ? joined_line_end(file, head->statement_end)
                                  : head->statement_start,
                     strbuf_str(&text));
    }
    strbuf_release(&lines);
    strbuf_release(&text);
}

// False, and nothing is written, where the block keeps no order.
static bool place_in_order(ImportEdit *edit, const ImportStatement *after) {
    PlacedList placed = {0};
    bool good = edit->fresh.count > 0 && find_spots(edit, after, &placed);
    for (uint32_t i = 0; good && i < placed.count; i++) write_placed(edit, &placed.items[i]);
    vec_release(&placed);
    return good;
}

// ---- behind the block ----------------------------------------------------------------------------------

// Returns the line end that they go behind; 0: they go elsewhere.
static uint32_t place_behind(ImportEdit *edit, const ImportStatement *after) {
    const SourceFile *file = edit->writing.file;
    const ModuleFact *module = facts_module(edit->writing.facts, edit->writing.module);
    const ImportStatement *taken = place_to_take_over(edit, after);
    uint32_t block_end = after ? import_head(after)->statement_end : module->imports_end;
    if (block_end > first_reader(edit)) block_end = 0;
    uint32_t inserted_at = 0;
    StrBuf lines = {0};
    import_render_fresh(edit, &lines, 0, edit->fresh.count);
    if (taken) {
        edit->statements.items[taken - edit->statements.items].taken = true;
        write_replace(&edit->writing, import_head(taken)->statement_start,
                      import_head(taken)->statement_end, strbuf_str(&lines));
    } else if (block_end) {
        inserted_at = end_of_block(file, block_end);
        Str text = arena_format(edit->writing.out->arena, "%.*s%.*s", STR_ARG(file->newline),
                                STR_ARG(strbuf_str(&lines)));
        write_insert(&edit->writing, inserted_at, text);
    } else {
        insert_first_imports(edit, module->body_start, strbuf_str(&lines));
    }
    strbuf_release(&lines);
    return inserted_at;
}

void import_place(ImportEdit *edit) {
    const ImportStatement *after = first_import_of_root(edit);
    uint32_t inserted_at = 0;
    bool ordered = place_in_order(edit, after);
    if (!ordered && edit->fresh.count > 0) inserted_at = place_behind(edit, after);
    import_remove_gone(edit, inserted_at);
}
