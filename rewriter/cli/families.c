// In: words of the command line, and those of rules or of a plan. Out: families, or an error that names those
// that there are.
#include "cli/families.h"

#include "cli/near.h"

static void refuse(Run *run, const char *option, Str word, const Families *known) {
    const char *names[FAMILY_MOST];
    StrBuf list = {0};
    for (Family i = 0; i < known->count; i++) {
        names[i] = family_name(known, i);
        strbuf_addf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    const char *near = near_word(word.data, names, known->count);
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E902, SPAN_NONE, "'%.*s' is no value of %s",
                   STR_ARG(word), option);
    if (near)
        diagnostic_help(&run->diagnostics, "did you mean '%s'? known are: %.*s", near,
                        STR_ARG(strbuf_str(&list)));
    else
        diagnostic_help(&run->diagnostics, "known are: %.*s", STR_ARG(strbuf_str(&list)));
    strbuf_release(&list);
}

static bool choose(Run *run, const char *option, Str word, const Families *known, Family *family) {
    if (family_find(known, word, family)) return true;
    refuse(run, option, word, known);
    return false;
}

bool families_choose(Run *run, const Options *options) {
    const Families *known = &run->rules.families;
    Family family;
    for (uint32_t i = 0; i < options->types.count; i++) {
        if (!choose(run, "--types", options->types.items[i], known, &family)) return false;
        run->families |= 1u << family;
    }
    return !options->has_phase || choose(run, "--phase", options->phase, known, &run->phase);
}

bool families_check_plan(Run *run, const Options *options, const PlanMaker *maker) {
    Families known = {0};
    Family family;
    for (uint32_t i = 0; i < maker->types.count; i++)
        family_add(&known, maker->types.items[i], &family);
    for (uint32_t i = 0; i < run->plan.edits.list.count; i++)
        family_add(&known, run->plan.edits.list.items[i].family, &family);
    for (uint32_t i = 0; i < known.count; i++) // of the document, where no NUL ends them
        known.names[i] = arena_copy(&run->plan.arena, known.names[i]);
    for (uint32_t i = 0; i < options->types.count; i++)
        if (!choose(run, "--types", options->types.items[i], &known, &family)) return false;
    return true;
}
