// `weft thread`: a parameter for some functions, passed by all that call them. Rules are not needed; where the tree has
// some, they still say which files are left out, and what resolution does not see.
#include "base/message.h"
#include "cli/apply_run.h"
#include "cli/cmd.h"
#include "cli/languages.h"
#include "cli/output.h"
#include "cli/runs.h"
#include "cli/thread.h"
#include "edit/check.h"
#include "edit/weave.h"
#include "edit/weave_signature.h"
#include "patch/diff.h"
#include "rule/expression.h"

// ---- the texts of the request -------------------------------------------------------------------------
static bool check_text(Run *run, const Language *language, const char *option, Str text) {
    if (text.length == 0 || language == NULL) return true;
    StrBuf line = {0};
    uint32_t first;
    strbuf_addf(&line, "(%.*s)\n", STR_ARG(text));
    bool good = language->count_errors(strbuf_str(&line), &first) == 0;
    strbuf_release(&line);
    if (good) return true;
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E902, SPAN_NONE, "'%.*s' is no expression", STR_ARG(text));
    diagnostic_help(&run->diagnostics, "it was given with %s", option);
    return false;
}

static bool check_texts(Run *run, const SignatureRequest *request) {
    const Language *language = languages_named(&weft_languages, STR("python"));
    bool good = check_text(run, language, "--parameter", request->type);
    good = check_text(run, language, "--default", request->default_value) && good;
    good = check_text(run, language, "--value", request->value) && good;
    for (uint32_t i = 0; i < request->sources.count; i++)
        good = check_text(run, language, "--from", request->sources.items[i].from) && good;
    return check_text(run, language, "--replace", request->replace) && good;
}

// ---- the request -----------------------------------------------------------------------------------------
static void refuse_rule(Run *run, Str id) {
    StrBuf known = {0};
    for (uint32_t i = 0; i < run->rules.thread.count; i++)
        strbuf_addf(&known, "%s%.*s", i > 0 ? ", " : "", STR_ARG(run->rules.thread.items[i].id));
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E902, SPAN_NONE, "the rules have no entry '%.*s' of 'thread'",
                   STR_ARG(id));
    if (known.length > 0)
        diagnostic_help(&run->diagnostics, "they have: %s", known.data);
    else
        diagnostic_help(&run->diagnostics, "docs/thread.md says how one is written in weft.yml");
    strbuf_release(&known);
}

// That of the command line, or of the rules; NULL after E902.
static const SignatureRequest *find_request(Run *run, const Options *options) {
    if (options->thread_rule.length == 0) return &options->signature;
    for (uint32_t i = 0; i < run->rules.thread.count; i++)
        if (str_equal(run->rules.thread.items[i].id, options->thread_rule))
            return &run->rules.thread.items[i].request;
    refuse_rule(run, options->thread_rule);
    return NULL;
}

// ---- the plan -------------------------------------------------------------------------------------------
static bool make_plan(Run *run, const Options *options, const SignatureRequest *request,
                      const SignaturePlan *signature) {
    const Rules none = {0}; // nothing of a pack is brought along
    Arena *arena = &run->solution.arena;
    run->solution.functions = arena_array(arena, FunctionPlan, run->facts.functions.count + 1);
    run->solution.classes = arena_array(arena, ClassPlan, run->facts.classes.count + 1);
    vec_add(&run->solution.sinks, (Sink){0});
    vec_add(&run->solution.accessors, (Accessor){0});
    weave_signature(&run->program, &run->solution, request, signature, &run->plan.edits);
    return weave_finish(&run->program, &run->plan.edits, NULL, &run->diagnostics) &&
           plan_build(&run->sources, &none, &run->plan, NULL, &run->diagnostics) &&
           run_check_plan(run, options, &run->solution, &run->plan, &run->diagnostics);
}

bool run_thread(Run *run, const Options *options) {
    SignaturePlan signature = {0};
    bool good = run_pipeline(run, options, RUN_TO_PROGRAM);
    const SignatureRequest *request = good ? find_request(run, options) : NULL;
    good = request != NULL && check_texts(run, request) &&
           signature_plan(&run->program, request, &signature, &run->diagnostics) &&
           make_plan(run, options, request, &signature);
    signature_plan_release(&signature);
    return good;
}

// ---- the command ------------------------------------------------------------------------------------------
static int show(Options *options) {
    Run run;
    bool good = run_thread(&run, options);
    run_print_diagnostics(&run, options);
    if (good && run.plan.files.count > 0) {
        DiffLook look = output_diff_look(options->color);
        pager_start();
        diff_write(&run.plan, options->context, look, stdout);
    } else if (good && options->verbosity >= 0) {
        message_print(stderr, "weft: nothing to change\n");
    }
    return run_end(&run, options, good, options->exit_code && run.plan.files.count > 0);
}

int cmd_thread(int argc, char **argv) {
    Options options;
    options_parse(COMMAND_THREAD, argc, argv, &options);
    options.rules_need = RULES_OPTIONAL;
    if (!options.write) return show(&options);
    return apply_run(&options, runs_command(&options.arena, argc, argv));
}
