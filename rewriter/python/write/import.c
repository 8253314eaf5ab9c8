// All changes to one module's imports.
//
// In: names that are needed and items that change. Out: each statement edited at most once. First the
// decisions are entered into a list of the statements, then write_import_text.c and
// write_import_place.c turn it into edits. A function-level import is never hoisted.
#include "python/write/import.h"

#include "facts/stretch.h"
#include "python/write/operations.h"

Str import_source(const Facts *facts, const ImportFact *import) {
    Str dotted = facts_name(facts, import->dotted);
    Str name = facts_name(facts, import->name);
    if (import->kind != IMPORT_NAME || dotted.length <= name.length) {
        return facts_name(facts, import->path);
    }
    return str_slice(dotted, 0, dotted.length - name.length - 1);
}

// ---- reading the statements ------------------------------------------------------------------------
static void collect_statements(ImportEdit *edit) {
    const Facts *facts = edit->writing.facts;
    StatementId current = FACT_NONE(StatementId);
    Stretch rows = facts_imports_of(facts, edit->writing.module);
    for (uint32_t i = rows.first; i < rows.end; i++) {
        const ImportFact *fact = &facts->imports.items[i];
        if (edit->statements.count == 0 || !fact_same(fact->statement, current)) {
            vec_add(&edit->statements, (ImportStatement){0});
            current = fact->statement;
        }
        vec_push(&vec_last(&edit->statements)->items)->fact = fact;
    }
}

// Statements and their items have the rows of the module in their order, each once.
static ImportItem *find_item(ImportEdit *edit, ImportId import, ImportStatement **statement) {
    const ImportFact *fact = facts_import(edit->writing.facts, import);
    uint32_t low = 0, high = edit->statements.count; // the first statement that begins behind FACT
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (import_head(&edit->statements.items[middle]) > fact)
            high = middle;
        else
            low = middle + 1;
    }
    if (low == 0) return NULL;
    *statement = &edit->statements.items[low - 1];
    size_t place = (size_t)(fact - import_head(*statement));
    return place < (*statement)->items.count ? &(*statement)->items.items[place] : NULL;
}

// What the item reads afterwards: "b as c".
static Str item_text(const ImportEdit *edit, const ImportItem *item) {
    if (item->renamed) return item->text;
    return str_slice(edit->writing.file->text, item->fact->start, item->fact->end);
}

static bool statement_imports(const ImportEdit *edit, const ImportStatement *statement, Str name) {
    for (uint32_t i = 0; i < statement->items.count; i++) {
        const ImportItem *item = &statement->items.items[i];
        if (!item->removed && str_equal(item_text(edit, item), name)) return true;
        if (str_equal(item->extended, name)) return true;
    }
    for (uint32_t i = 0; i < statement->joined.count; i++) {
        if (str_equal(statement->joined.items[i], name)) return true;
    }
    return false;
}

// ---- entering the decisions --------------------------------------------------------------------------
static void enter_change(ImportEdit *edit, const ImportChange *change) {
    ImportStatement *statement;
    ImportItem *item = find_item(edit, change->import_, &statement);
    if (!item || item->removed || item->renamed || item->extended.length > 0) return;
    bool removes = change->action == IMPORT_REMOVE || change->action == IMPORT_TAKE_BACK;
    bool already = !removes && statement_imports(edit, statement, change->replacement);
    if (change->action == IMPORT_EXTEND && already) return;
    statement->touched = true;
    statement->taken_back |= change->action == IMPORT_TAKE_BACK;
    if (removes || (change->action == IMPORT_RENAME && already)) {
        item->removed = true;
    } else if (change->action == IMPORT_RENAME) {
        item->renamed = true;
        item->text = change->replacement;
    } else {
        item->extended = change->replacement;
    }
}

static void mark_gone(ImportEdit *edit) {
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        ImportStatement *statement = &edit->statements.items[i];
        bool gone = true;
        for (uint32_t j = 0; j < statement->items.count; j++) {
            gone = gone && statement->items.items[j].removed;
        }
        statement->gone = gone;
    }
}

// By its path, or as it is spelled: below an import root, `from app.state import x` and `from .state import x` read
// src.app.state.
static bool names_module(const Facts *facts, const ImportFact *head, const ImportNeed *need) {
    if (str_equal(import_source(facts, head), need->module)) return true;
    if (head->level == 0) return str_equal(facts_name(facts, head->path), need->module);
    return fact_is(need->home) && !head->target_is_module && fact_same(head->target, need->home);
}

// A statement at the top whose module is that of NEED and which runs always, and early enough.
static bool serves(const ImportEdit *edit, const ImportStatement *statement,
                   const ImportNeed *need) {
    const ImportFact *head = import_head(statement);
    bool late = need->before > 0 && need->before < head->statement_start;
    return !late && head->kind == IMPORT_NAME && head->at_top && !head->type_checking &&
           !head->guarded && !statement->gone && names_module(edit->writing.facts, head, need);
}

static void enter_need(ImportEdit *edit, const ImportNeed *need) {
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        const ImportStatement *statement = &edit->statements.items[i];
        if (serves(edit, statement, need) && statement_imports(edit, statement, need->name)) return;
    }
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        ImportStatement *statement = &edit->statements.items[i];
        if (!serves(edit, statement, need)) continue;
        statement->touched = true;
        vec_add(&statement->joined, need->name);
        return;
    }
    vec_add(&edit->fresh, *need);
}

static int compare_needs(const void *left, const void *right) {
    const ImportNeed *a = left, *b = right;
    int by_module = str_compare(a->module, b->module);
    int by_name = by_module ? by_module : import_compare_names(a->name, b->name);
    return by_name ? by_name : str_compare(a->alias, b->alias);
}

// Sorted, so that the result does not depend on who asked first; each once.
static void enter_needs(ImportEdit *edit, const ImportNeed *needs, uint32_t count) {
    if (count == 0) return;
    Vec(ImportNeed) sorted = {0};
    for (uint32_t i = 0; i < count; i++) vec_add(&sorted, needs[i]);
    qsort(sorted.items, sorted.count, sizeof *sorted.items, compare_needs);
    for (uint32_t i = 0; i < sorted.count; i++) {
        ImportNeed need = sorted.items[i];
        while (i + 1 < sorted.count && compare_needs(&need, &sorted.items[i + 1]) == 0) {
            uint32_t before = sorted.items[++i].before;
            if (before > 0 && (need.before == 0 || before < need.before)) need.before = before;
        }
        if (need.alias.length > 0)
            need.name = arena_format(edit->writing.out->arena, "%.*s as %.*s", STR_ARG(need.name),
                                     STR_ARG(need.alias));
        enter_need(edit, &need);
    }
    vec_release(&sorted);
}

void write_edit_imports(const Facts *facts, ModuleId module, const ImportNeed *needs,
                        uint32_t need_count, const ImportChange *changes, uint32_t change_count,
                        TextEdits *out) {
    ImportEdit edit = {.writing = writing_on(facts, module, out)};
    collect_statements(&edit);
    for (uint32_t i = 0; i < change_count; i++) enter_change(&edit, &changes[i]);
    mark_gone(&edit);
    enter_needs(&edit, needs, need_count);
    for (uint32_t i = 0; i < edit.statements.count; i++) {
        const ImportStatement *statement = &edit.statements.items[i];
        if (statement->touched && !statement->gone) import_rewrite_items(&edit, statement);
    }
    import_place(&edit);
    for (uint32_t i = 0; i < edit.statements.count; i++) {
        vec_release(&edit.statements.items[i].items);
        vec_release(&edit.statements.items[i].joined);
    }
    vec_release(&edit.statements);
    vec_release(&edit.fresh);
}
