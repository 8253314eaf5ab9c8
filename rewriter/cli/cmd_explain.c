// `weft explain`: says why something is changed, bridged or refused. Changes nothing.
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"
#include "report/bundle.h"
#include "explain/explain.h"

// False when the query names nothing.
static bool explain(Run *run, const Options *options, Explanation *explanation) {
    diagnostics_sort(&run->diagnostics, &run->sources);
    ExplainInput input = {.sources = &run->sources,
                          .program = &run->program,
                          .solution = &run->solution,
                          .diagnostics = &run->diagnostics};
    return explain_build(&input, options->query, &run->diagnostics, explanation);
}

// False when a graph is asked for of what is no single thing: then the names to choose from go to standard error.
static bool print_explanation(const Explanation *explanation, const Options *options) {
    if (options->dot && explanation->answer != ANSWER_SUBJECTS) {
        explain_write_text(explanation, output_color(options->color, stderr), stderr);
        return false;
    }
    if (options->dot) {
        explain_write_dot(explanation, stdout);
    } else if (options->format == FORMAT_JSON) {
        explain_write_json(explanation, stdout);
    } else {
        bool color = output_color(options->color, stdout);
        pager_start();
        explain_write_text(explanation, color, stdout);
    }
    return true;
}

// The question is about one thing, and what is said of all others would hide the answer.
static void print_errors(Run *run, const Options *options) {
    Options quiet = {.color = options->color, .verbosity = options->verbosity > 0 ? 1 : -1};
    run_print_diagnostics(run, &quiet);
}

static int explain_bug(Run *run, Options *options) {
    bool good = run_pipeline(run, options, RUN_TO_PLAN);
    diagnostics_sort(&run->diagnostics, &run->sources);
    // Faults that stopped the plan are what is asked for.
    bool planned = good || run->solver != NULL;
    if (planned)
        bundle_write(&run->program, &run->diagnostics, stdout);
    else
        run_print_diagnostics(run, options);
    return run_end(run, options, good, false);
}

int cmd_explain(int argc, char **argv) {
    Options options;
    Run run;
    Explanation explanation = {.answer = ANSWER_SUBJECTS};
    options_parse(COMMAND_EXPLAIN, argc, argv, &options);
    if (options.bug) return explain_bug(&run, &options);
    DiagnosticCode code; // those of the post-check come from the plan
    bool of_plan = diagnostic_code_find(options.query, &code) &&
                   diagnostic_code_group(code) == GROUP_CHECK;
    bool good =
        run_pipeline(&run, &options, run_stop(&options, of_plan ? RUN_TO_PLAN : RUN_TO_SOLUTION));
    // What a code means can be told of any tree.
    bool asked = options.dump == DUMP_NONE && (good || explain_is_code(options.query));
    bool answered = asked && explain(&run, &options, &explanation);
    print_errors(&run, &options);
    if (answered && !print_explanation(&explanation, &options)) good = false;
    if (good) run_dump(&run, &options);
    if (!output_finish()) good = false;
    int status = run_status(&run, good, false);
    explain_release(&explanation);
    run_release(&run);
    options_release(&options);
    return status;
}
