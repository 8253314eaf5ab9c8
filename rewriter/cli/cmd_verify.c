// `weft verify`: judges a tree, beside the tree before or by itself. Changes neither; runs only the
// commands that the user gave on the command line, allowed by `weft trust`, or asked for by --commands.
#include "base/message.h"
#include "cli/cmd.h"
#include "cli/languages.h"
#include "cli/output.h"
#include "cli/tree_pair.h"
#include "report/text.h"
#include "verify/regression.h"
#include "verify/trust.h"
#include "verify/verify.h"

enum { RUN_TIMEOUT = 600 }; // seconds, of --run

static VerifyTree view(const Run *run) {
    return (VerifyTree){&run->sources, &run->program, &run->solution, &run->diagnostics};
}

// Both trees, as far as they are there.
typedef struct Trees {
    TreePair pair;
    VerifyTree before_view, after_view;
} Trees;

static bool load(Trees *trees, const Options *options) {
    *trees = (Trees){0};
    if (!tree_pair_load(&trees->pair, options, RUN_TO_SOLVED)) return false;
    trees->before_view = view(&trees->pair.before);
    trees->after_view = view(&trees->pair.after);
    return true;
}

// ---- commands ------------------------------------------------------------------------------------
static void run_one(Trees *trees, const Options *options, const VerifyCommand *command,
                    Verification *verification) {
    if (options->verbosity >= 0) {
        StrBuf text = {0};
        text_add_shown(&text, command_text(&trees->pair.arena, command));
        message_print(stderr, "weft: running %s in %s\n", text.data,
                      trees->pair.has_before ? "both trees" : "the tree");
        strbuf_release(&text);
    }
    verify_add_command(verification, trees->pair.has_before ? &trees->before_view : NULL,
                       &trees->after_view, command);
}

static bool is_trusted(const Trees *trees) {
    StateFolder folder;
    const char *why;
    Str root = trees->pair.after.sources.root;
    bool trusted = state_folder_open(&folder, root, &why) &&
                   trust_holds(&folder, root, &trees->pair.after.rules);
    state_folder_close(&folder);
    return trusted;
}

// Fills GIVEN with --run; it must outlive the verification.
static void run_commands(Trees *trees, const Options *options, VerifyCommand *given,
                         Verification *verification) {
    const Rules *rules = &trees->pair.after.rules;
    bool asked = rules->commands.count > 0 && !options->no_commands;
    bool allowed = asked && (options->commands || is_trusted(trees));
    for (uint32_t i = 0; i < rules->commands.count; i++) {
        const VerifyCommand *command = &rules->commands.items[i];
        if (allowed)
            run_one(trees, options, command, verification);
        else
            verify_leave_out(verification, command,
                             asked ? LEFT_OUT_UNTRUSTED : LEFT_OUT_ON_REQUEST);
    }
    for (uint32_t i = 0; i < options->run.count; i++) {
        given[i] =
            (VerifyCommand){.name = options->run.items[i], .shell = true, .timeout = RUN_TIMEOUT};
        vec_add(&given[i].run, options->run.items[i]);
        run_one(trees, options, &given[i], verification);
    }
}

// ---- tests ---------------------------------------------------------------------------------------
static bool write_tests(Trees *trees, const Options *options) {
    RegressionSuite suite = {0};
    Diagnostics *diagnostics = &trees->pair.after.diagnostics;
    bool good =
        output_place_is_safe(trees->pair.after.sources.root, options->tests, diagnostics) &&
        regression_build(&trees->after_view, &suite, diagnostics) &&
        regression_write(&suite, &trees->pair.after.rules.regression, options->tests, diagnostics);
    if (good && options->verbosity >= 0)
        message_print(stderr, "weft: wrote %u tests to '%.*s'\n",
                      suite.accessors + suite.replacements + suite.models, STR_ARG(options->tests));
    regression_release(&suite);
    return good;
}

// ---- the answer ----------------------------------------------------------------------------------
static void print_verification(Trees *trees, const Options *options, Verification *verification) {
    bool color = output_color(options->color, stdout);
    if (options->format == FORMAT_JSON) {
        verify_write_json(verification, stdout);
        return;
    }
    bool fine = verification->verdict == VERDICT_SAME || verification->verdict == VERDICT_BETTER;
    if (options->verbosity < 0 && fine) return;
    Diagnostics found = {0};
    pager_start();
    verify_diagnostics(verification, &found);
    diagnostics_sort(&found, &trees->pair.after.sources);
    diagnostics_render(&found, &trees->pair.after.sources, SEVERITY_NOTE, color, stdout);
    if (found.list.count > 0) fputc('\n', stdout);
    diagnostics_release(&found);
    verify_write_text(verification, options->verbosity > 0, color, stdout);
}

// Files that do not parse are part of the answer; what else went wrong is said here.
static bool is_in_answer(const Diagnostic *diagnostic) {
    return diagnostic->severity != SEVERITY_ERROR || diagnostic->code == DIAGNOSTIC_E101 ||
           diagnostic->code == DIAGNOSTIC_E102 || diagnostic->code == DIAGNOSTIC_E104;
}

static void print_errors(Run *run, const Options *options, bool good) {
    Diagnostics shown = {0}; // borrows the texts
    diagnostics_sort(&run->diagnostics, &run->sources);
    for (uint32_t i = 0; i < run->diagnostics.list.count; i++) {
        const Diagnostic *diagnostic = &run->diagnostics.list.items[i];
        if (good ? !is_in_answer(diagnostic) : diagnostic->severity == SEVERITY_ERROR)
            vec_add(&shown.list, *diagnostic);
    }
    diagnostics_render(&shown, &run->sources, SEVERITY_NOTE, output_color(options->color, stderr),
                       stderr);
    vec_release(&shown.list);
}

// A file that cannot be parsed is what verify looks for, so that worse comes before incomplete.
static int status_of(const Trees *trees, const Verification *verification) {
    switch (verification->verdict) {
    case VERDICT_WORSE: return EXIT_FOUND;
    case VERDICT_NONE: return EXIT_WRONG;
    case VERDICT_SAME:
    case VERDICT_BETTER: break;
    }
    return run_status(&trees->pair.after, true, false);
}

static int answer(Trees *trees, const Options *options) {
    Verification verification;
    VerifyCommand *given = arena_array(&trees->pair.arena, VerifyCommand, options->run.count + 1);
    verify_build(trees->pair.has_before ? &trees->before_view : NULL, &trees->after_view,
                 languages_chosen(), &verification);
    verification.before_name = trees->pair.before_name;
    verification.after_name = trees->pair.after_name;
    run_commands(trees, options, given, &verification);
    verify_finish(&verification);
    print_verification(trees, options, &verification);
    int status = status_of(trees, &verification);
    verify_release(&verification);
    for (uint32_t i = 0; i < options->run.count; i++) vec_release(&given[i].run);
    return status;
}

int cmd_verify(int argc, char **argv) {
    Options options;
    Trees trees;
    options_parse(COMMAND_VERIFY, argc, argv, &options);
    bool good = load(&trees, &options);
    if (good && options.tests.length > 0) good = write_tests(&trees, &options);
    print_errors(&trees.pair.after, &options, good);
    if (trees.pair.has_before) print_errors(&trees.pair.before, &options, good);
    int status = good ? answer(&trees, &options) : EXIT_WRONG;
    if (!output_finish()) status = EXIT_WRONG;
    tree_pair_release(&trees.pair);
    options_release(&options);
    return status;
}
