// Unbound names. In: a new text and the old one. Out: E507 for each name that would be read where
// nothing binds it, for type checkers only, or before it is bound. A name that the module read in the
// same way before does not count.
#include "edit/check_internal.h"

#include "base/map.h"

// By (kind, name in the new facts): the module read the name so before.
static void find_old_faults(const Check *check, const NewFile *file, Map *faults) {
    if (!fact_is(file->before)) return;
    UnboundNames old = {0};
    unbound_find(check->before, file->before, &check->rows[file->before.index], &old);
    for (uint32_t i = 0; i < old.list.count; i++) {
        const Unbound *fault = &old.list.items[i];
        Str text = facts_name(check->before, facts_expr(check->before, fault->expr)->name);
        Name name = intern_find(file->facts.names, text);
        if (name.index != 0) map_put(faults, map_key((uint32_t)fault->kind, name.index), 1);
    }
    unbound_release(&old);
}

static void forget_old_faults(NewFile *file, const Map *faults) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < file->unbound.list.count; i++) {
        Unbound fault = file->unbound.list.items[i];
        Name name = facts_expr(&file->facts, fault.expr)->name;
        uint32_t was = 0;
        if (!map_get(faults, map_key((uint32_t)fault.kind, name.index), &was))
            file->unbound.list.items[kept++] = fault;
    }
    file->unbound.list.count = kept;
}

void check_find_unbound(const Check *check, NewFile *file) {
    ModuleRows *rows = module_rows_find(&file->facts);
    unbound_find(&file->facts, (ModuleId){1}, &rows[1], &file->unbound);
    free(rows);
    if (file->unbound.list.count == 0) return;
    Map faults = {0};
    find_old_faults(check, file, &faults);
    forget_old_faults(file, &faults);
    map_release(&faults);
}

void check_names(Check *check) {
    for (uint32_t i = 0; i < check->files.count; i++) {
        const NewFile *file = &check->files.items[i];
        for (uint32_t k = 0; k < file->unbound.list.count; k++) {
            Unbound unbound = file->unbound.list.items[k];
            const ExprFact *expr = facts_expr(&file->facts, unbound.expr);
            check_report(check, DIAGNOSTIC_E507, BLAME_NEAREST, file, expr->start,
                         "the new text of '%.*s' would read '%.*s', but %s",
                         STR_ARG(file->planned->path),
                         STR_ARG(facts_name(&file->facts, expr->name)),
                         unbound_reason(unbound.kind));
        }
    }
}
