// A tree in memory. In: the sources of a run, and a plan. Out: what is worse once the plan is carried out.
// Touches no disk.
#include "cli/edited_tree.h"

#include "cli/languages.h"
#include "verify/finding.h"

static void add_files(const Run *run, const Plan *plan, Sources *sources, Diagnostics *said) {
    const Sources *old = &run->sources;
    uint32_t next = 0; // both are in the order of paths
    for (uint32_t i = 1; i < old->files.count; i++) {
        const SourceFile *file = &old->files.items[i];
        if (file->auxiliary) continue;
        for (; next < plan->files.count; next++) {
            const PlannedFile *planned = &plan->files.items[next];
            if (str_compare(planned->path, file->path) >= 0) break;
            if (languages_accept(planned->path))
                sources_add_memory(sources, planned->path, planned->after, said);
        }
        bool changes =
            next < plan->files.count && str_equal(plan->files.items[next].path, file->path);
        sources_add_memory(sources, file->path,
                           changes ? plan->files.items[next++].after : file->raw, said);
    }
    for (; next < plan->files.count; next++)
        if (languages_accept(plan->files.items[next].path))
            sources_add_memory(sources, plan->files.items[next].path, plan->files.items[next].after,
                               said);
}

static bool report(const Findings *found, Diagnostics *said) {
    bool good = true;
    for (uint32_t i = 0; i < found->list.count; i++) {
        const Finding *finding = &found->list.items[i];
        if (!finding->is_new) continue;
        diagnostic_add(said, finding_code(finding->kind), SPAN_NONE, "%.*s:%u: %.*s",
                       STR_ARG(finding->path), finding->at.line, STR_ARG(finding->message));
        good = false;
    }
    return good;
}

bool edited_tree_check(const Run *run, const Options *options, const Plan *plan,
                       Diagnostics *said) {
    Sources sources = {0};
    Facts facts = {0};
    Program program;
    Diagnostics of_tree = {0};
    Findings before, after;
    add_files(run, plan, &sources, &of_tree);
    languages_load(&sources, &run->rules, NULL, options->sources.threads, false, &facts, &of_tree);
    program_build(&program, &facts, &run->rules);
    VerifyTree old = {&run->sources, &run->program, &run->solution, &run->diagnostics};
    VerifyTree new = {&sources, &program, &run->solution, &of_tree};
    findings_build(&old, &new, languages_chosen(), &before, &after);
    bool good = report(&after, said);
    findings_release(&before);
    findings_release(&after);
    program_release(&program);
    facts_release(&facts);
    sources_release(&sources);
    diagnostics_release(&of_tree);
    return good;
}
