// In: one or two solved trees, and commands. Out: the judgement. Prints nothing.
#include "verify/verify.h"

static void count_files(const VerifyTree *before, const VerifyTree *after, FileCounts *counts) {
    for (uint32_t i = 1; i < after->sources->files.count; i++) {
        const SourceFile *file = &after->sources->files.items[i];
        if (file->auxiliary) continue;
        counts->after++;
        if (before == NULL) continue;
        FileId other = sources_find(before->sources, file->path);
        if (other.index == 0)
            counts->added++;
        else
            counts->changed += !str_equal(source_file(before->sources, other)->raw, file->raw);
    }
    for (uint32_t i = 1; before != NULL && i < before->sources->files.count; i++) {
        const SourceFile *file = &before->sources->files.items[i];
        if (file->auxiliary) continue;
        counts->before++;
        counts->removed += sources_find(after->sources, file->path).index == 0;
    }
}

void verify_build(const VerifyTree *before, const VerifyTree *after, const Languages *languages,
                  Verification *verification) {
    *verification = (Verification){.has_before = before != NULL};
    findings_build(before, after, languages, &verification->found_before,
                   &verification->found_after);
    count_files(before, after, &verification->files);
    coverage_build(before, after, &verification->coverage);
    code_counts_build(before, after, &verification->codes);
}

void verify_add_command(Verification *verification, const VerifyTree *before,
                        const VerifyTree *after, const VerifyCommand *command) {
    Str old = before != NULL ? before->sources->root : STR_NONE;
    CommandResult *result = vec_push(&verification->commands);
    command_judge(&verification->arena, command, old, after->sources->root, result);
}

void verify_leave_out(Verification *verification, const VerifyCommand *command, LeftOut reason) {
    if (verification->commands_left_out.count == 0) verification->left_out_at = command->span;
    vec_add(&verification->commands_left_out, command->name);
    verification->reason = reason;
}

static bool is_untrusted(const Verification *verification) {
    return verification->commands_left_out.count > 0 && verification->reason == LEFT_OUT_UNTRUSTED;
}

void verify_finish(Verification *verification) {
    bool seen[VERDICT_NONE + 1] = {false};
    const Findings *found = &verification->found_after;
    for (int i = 0; i < FINDING_KIND_COUNT; i++) {
        uint32_t counting = verification->has_before ? found->new_count[i] : found->count[i];
        if (counting > 0) seen[VERDICT_WORSE] = true;
        if (found->gone_count[i] > 0) seen[VERDICT_BETTER] = true;
    }
    for (uint32_t i = 0; i < verification->commands.count; i++)
        seen[verification->commands.items[i].verdict] = true;
    if (is_untrusted(verification)) seen[VERDICT_NONE] = true;
    verification->verdict = seen[VERDICT_WORSE]    ? VERDICT_WORSE
                            : seen[VERDICT_NONE]   ? VERDICT_NONE
                            : seen[VERDICT_BETTER] ? VERDICT_BETTER
                                                   : VERDICT_SAME;
}

void verify_release(Verification *verification) {
    for (uint32_t i = 0; i < verification->commands.count; i++)
        command_result_release(&verification->commands.items[i]);
    vec_release(&verification->commands);
    vec_release(&verification->commands_left_out);
    code_counts_release(&verification->codes);
    findings_release(&verification->found_before);
    findings_release(&verification->found_after);
    arena_release(&verification->arena);
}

// ---- as diagnostics ------------------------------------------------------------------------------
static const char *help_of(FindingKind kind) {
    switch (kind) {
    case FINDING_SYNTAX: return "repair it where this is said, or take it back from the tree before";
    case FINDING_CALL: return "pass what the signature asks for, or change the signature";
    case FINDING_UNBOUND: return "import or define it before it is read";
    case FINDING_IMPORT: return "define it there, or import what took its place";
    case FINDING_CYCLE:
        return "import inside the function that needs it, or move what is imported into a "
               "module that imports nothing of the tree";
    case FINDING_KIND_COUNT: break;
    }
    return "";
}

static void report_untrusted(const Verification *verification, Diagnostics *diagnostics) {
    uint32_t count = verification->commands_left_out.count;
    diagnostic_add(diagnostics, DIAGNOSTIC_E810, verification->left_out_at,
                   "%u command%s of weft.yml %s not run: nobody allowed %s", count,
                   count == 1 ? "" : "s", count == 1 ? "was" : "were", count == 1 ? "it" : "them");
    diagnostic_help(diagnostics, "`weft trust` shows and allows them, `--commands` runs them this once, "
                                 "`--no-commands` judges without them");
}

void verify_diagnostics(const Verification *verification, Diagnostics *diagnostics) {
    if (is_untrusted(verification)) report_untrusted(verification, diagnostics);
    for (uint32_t i = 0; i < verification->found_after.list.count; i++) {
        const Finding *finding = &verification->found_after.list.items[i];
        if (verification->has_before && !finding->is_new) continue;
        diagnostic_add(diagnostics, finding_code(finding->kind), finding->span, "%.*s",
                       STR_ARG(finding->message));
        diagnostic_help(diagnostics, "%s", help_of(finding->kind));
    }
    for (uint32_t i = 0; i < verification->commands.count; i++) {
        const CommandResult *result = &verification->commands.items[i];
        bool none = result->verdict == VERDICT_NONE;
        if (!none && result->verdict != VERDICT_WORSE) continue;
        const char *what = none                         ? "cannot judge"
                           : verification->has_before ? "finds the tree worse"
                                                        : "fails";
        diagnostic_add(diagnostics, none ? DIAGNOSTIC_E807 : DIAGNOSTIC_E806, SPAN_NONE,
                       "the command '%.*s' %s: %.*s", STR_ARG(result->command->name), what,
                       STR_ARG(result->why));
        if (none)
            diagnostic_help(diagnostics,
                            "install the program, correct 'verify' in weft.yml, or use "
                            "--no-commands");
    }
}
