// Imported names. In: all imports after. Out: E508 for each that names something which its module, one
// of the tree, does not have, unless the same import failed before.
#include "edit/check_internal.h"
#include "edit/import_name.h"

// The same import stood in the old text and failed there, too.
static bool failed_before(const Check *check, const ModulePair *module, uint32_t target,
                          const Facts *facts, const ImportFact *import_) {
    if (import_has_name(&check->pairs, target, facts_name(facts, import_->name), false))
        return false;
    const Facts *old = module->before.facts;
    for (uint32_t i = module->before.imports.first; i < module->before.imports.end; i++) {
        const ImportFact *other = &old->imports.items[i];
        if (other->kind == IMPORT_NAME && other->level == import_->level &&
            str_equal(facts_name(old, other->path), facts_name(facts, import_->path)) &&
            str_equal(facts_name(old, other->name), facts_name(facts, import_->name)))
            return true;
    }
    return false;
}

// The module never had the name: weft makes none up, so some rule does.
static void blame_rules(const Check *check, Str name, Str module) {
    diagnostic_help(check->diagnostics,
                    "define '%.*s' in '%.*s', or correct the rule that names it; nothing was "
                    "written",
                    STR_ARG(name), STR_ARG(module));
}

static void report_new(Check *check, const ModulePair *module, const NewFile *file, uint32_t target,
                       const ImportFact *import_) {
    const ModulePair *from = &check->pairs.list.items[target];
    Str name = facts_name(&file->facts, import_->name);
    bool made_up = !(from->changed && from->before.facts != NULL) &&
                   !import_has_name(&check->pairs, target, name, false);
    Decisions causes = {0};
    if (made_up && fact_is(file->before)) check_find_users(check, file->before, name, &causes);
    Blame blame = made_up ? check_blame(&causes) : BLAME_NEAREST;
    bool shown = check_report(check, DIAGNOSTIC_E508, blame, file, import_->name_start,
                              "'%.*s' would import '%.*s' from '%.*s', which does not define it",
                              STR_ARG(module->name), STR_ARG(name), STR_ARG(from->name));
    if (shown && made_up) blame_rules(check, name, from->name);
    check_blame_others(check, &causes);
    vec_release(&causes);
}

static void check_one(Check *check, uint32_t index, const ImportFact *import_) {
    const ModulePair *module = &check->pairs.list.items[index];
    const Facts *facts = module->after.facts;
    uint32_t target;
    if (!import_is_missing(&check->pairs, index, import_, true, &target)) return;
    const ModulePair *from = &check->pairs.list.items[target];
    if (!module->changed && !from->changed) return;
    if (failed_before(check, module, target, facts, import_)) return;
    if (module->changed) {
        report_new(check, module, check_file_of_pair(check, index), target, import_);
    } else {
        Str name = facts_name(facts, import_->name);
        Span span = {facts_module_file(facts, import_->module), import_->name_start,
                     import_->name_end};
        check_report_old(check, DIAGNOSTIC_E508, BLAME_NEAREST, span,
                         "'%.*s' imports '%.*s' from '%.*s', which would no longer define it",
                         STR_ARG(module->name), STR_ARG(name), STR_ARG(from->name));
    }
}

void check_imports(Check *check) {
    for (uint32_t i = 1; i < check->pairs.list.count; i++) {
        const ModuleSide *side = &check->pairs.list.items[i].after;
        for (uint32_t k = side->imports.first; k < side->imports.end; k++)
            check_one(check, i, &side->facts->imports.items[k]);
    }
}
