// `weft data plan`, `check` and `models`: what the program needs of its database, and how it gets there. Changes
// nothing but the file of -o.
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/message.h"
#include "cli/data_command.h"
#include "cli/data_live.h"
#include "cli/data_plan_options.h"
#include "cli/output.h"
#include "cli/run.h"
#include "data/drift.h"
#include "data/model.h"
#include "data/planner.h"
#include "data/view.h"
#include "report/diagnostic_json.h"
#include "report/json_value.h"
#include "report/text.h"

enum { FILE_MODE = 0600 }; // a plan holds the file of owners

typedef struct PlanRun {
    const DataPlanOptions *options;
    Run run;
    Schema models, live;
    Str live_name; // of the database, as it is named
    bool has_live;
    Target target;
    Migration plan;
} PlanRun;

// ---- what is printed -----------------------------------------------------------------------------

// Line by line, since line ends are ours.
static void print(const StrBuf *text) {
    StrBuf shown = {0};
    Str rest = strbuf_str(text);
    for (Str line; str_split_next(&rest, '\n', &line);) {
        text_add_shown(&shown, line);
        if (rest.data != NULL) strbuf_add_char(&shown, '\n');
    }
    if (shown.length > 0) fwrite(shown.data, 1, shown.length, stdout);
    strbuf_release(&shown);
}

static bool write_plan(PlanRun *plan) {
    StrBuf json = {0};
    migration_write(&plan->plan, &json);
    bool good = output_write(plan->run.sources.root, plan->options->output, strbuf_str(&json),
                             FILE_MODE, &plan->run.diagnostics);
    strbuf_release(&json);
    return good;
}

static bool show(PlanRun *plan) {
    StrBuf text = {0};
    if (plan->options->output.length > 0 && !write_plan(plan)) return false;
    bool good = true;
    if (plan->options->sql)
        view_script(&plan->plan, &text);
    else if (plan->options->emits)
        good = emit_plan(plan->options->tool, &plan->plan, &text, &plan->run.diagnostics);
    else
        view_plan(&plan->target, &plan->plan, plan->has_live, plan->options->base.verbosity > 0,
                  &text);
    print(&text);
    strbuf_release(&text);
    return good;
}

// ---- planning ------------------------------------------------------------------------------------

static void refuse_sql(PlanRun *plan, const DataExpression *value) {
    if (value->kind != EXPRESSION_SQL) return;
    diagnostic_add(&plan->run.diagnostics, DIAGNOSTIC_E627, value->span,
                   "a rule brings SQL of its own");
    diagnostic_note(&plan->run.diagnostics, "weft cannot check what it does");
    diagnostic_help(&plan->run.diagnostics, "read it, and allow it with --free-sql");
}

// SQL of rules runs when a person says so, and is there for the engine.
static bool check_free_sql(PlanRun *plan) {
    const DataRule *rules = &plan->run.rules.data;
    uint32_t errors = plan->run.diagnostics.error_count;
    DataEngine engine = plan->has_live ? plan->live.engine : plan->models.engine;
    for (uint32_t i = 0; i < rules->tables.count; i++)
        for (uint32_t k = 0; k < rules->tables.items[i].set.count; k++) {
            const DataExpression *value = rules->tables.items[i].set.items[k].value;
            if (!plan->options->free_sql)
                refuse_sql(plan, value);
            else if (value->kind == EXPRESSION_SQL && value->sql[engine].length == 0)
                diagnostic_add(&plan->run.diagnostics, DIAGNOSTIC_E627, value->span,
                               "the rule has no SQL for %s", engine_name(engine));
        }
    return plan->run.diagnostics.error_count == errors;
}

static bool demand_rules(PlanRun *plan) {
    if (plan->run.rules.data.is_given) return true;
    diagnostic_add(&plan->run.diagnostics, DIAGNOSTIC_E629, SPAN_NONE,
                   "no rule file says whose the rows are");
    diagnostic_help(&plan->run.diagnostics,
                    "add `data:` to weft.yml: docs/rules.md; `weft data models` shows the tables");
    return false;
}

static bool read_live(PlanRun *plan) {
    Str name = plan->options->database;
    if (plan->options->no_database) return true;
    if (name.length == 0 && !data_live_of_rules(plan->run.sources.root, &plan->run.rules,
                                                &plan->live.arena, &name, &plan->run.diagnostics))
        return false;
    plan->live_name = name;
    plan->has_live = data_live_read(plan->run.sources.root, name, plan->run.rules.data.engine,
                                    &plan->live, &plan->run.diagnostics);
    return plan->has_live;
}

static void find_drift(PlanRun *plan) {
    const DataRule *rules = &plan->run.rules.data;
    StrItems dimensions = {0};
    for (uint32_t i = 0; i < rules->dimensions.count; i++)
        list_add(&plan->models.arena, &dimensions, rules->dimensions.items[i].name);
    if (plan->has_live) drift_find(&plan->models, &plan->live, &dimensions, &plan->run.diagnostics);
}

static Str digest_hex(PlanRun *plan, Digest digest) {
    return arena_copy(&plan->plan.arena, str_from(digest_text(&digest).digits));
}

// Rules by their files, so that another text makes another plan.
static Digest rules_digest(const Run *run) {
    StrBuf text = {0};
    for (uint32_t i = 1; i < run->sources.files.count; i++) {
        const SourceFile *file = source_file(&run->sources, (FileId){i});
        if (!file->auxiliary || !str_ends_with(file->path, STR(".yml"))) continue;
        strbuf_addf(&text, "%zu:", file->text.length);
        strbuf_add(&text, file->text);
    }
    Digest digest = digest_of(strbuf_str(&text));
    strbuf_release(&text);
    return digest;
}

static bool make_plan(PlanRun *plan) {
    const DataPlanOptions *options = plan->options;
    Run *run = &plan->run;
    if (!demand_rules(plan)) return false;
    plan->models.engine = options->has_engine ? options->engine : run->rules.data.engine;
    models_read(&run->program, &plan->models, &run->diagnostics);
    if (!read_live(plan)) return false;
    bool allowed = check_free_sql(plan);
    find_drift(plan);
    models_find_policing(&run->program, &run->diagnostics);
    TargetInput input = {&run->program,
                         &run->rules,
                         &run->sources,
                         &plan->models,
                         plan->has_live ? &plan->live : &plan->models,
                         run->sources.root};
    if (!target_make(&input, &plan->target, &run->diagnostics) || !allowed) return false;
    if (plan->has_live && !data_live_find_json(run->sources.root, plan->live_name, run->rules.data.engine,
                                               &plan->target, &run->diagnostics))
        return false;
    uint32_t errors = run->diagnostics.error_count;
    planner_make(&plan->target, STR(WEFT_VERSION), &plan->plan, &run->diagnostics);
    if (plan->has_live) plan->plan.schema_digest = digest_hex(plan, schema_digest(&plan->live));
    plan->plan.models_digest = digest_hex(plan, schema_digest(&plan->models));
    plan->plan.rules_digest = digest_hex(plan, rules_digest(run));
    return run->diagnostics.error_count == errors;
}

static void release(PlanRun *plan) {
    target_release(&plan->target);
    migration_release(&plan->plan);
    schema_release(&plan->models);
    schema_release(&plan->live);
}

int data_plan(int argc, char **argv) {
    DataPlanOptions options;
    PlanRun plan = {.options = &options};
    data_plan_options_parse(argc, argv, &options);
    bool good = run_pipeline(&plan.run, &options.base, RUN_TO_FACTS) && make_plan(&plan);
    // What differs and what endangers the database is read before the plan.
    run_print_diagnostics(&plan.run, &options.base);
    vec_clear(&plan.run.diagnostics.list);
    good = good && show(&plan);
    if (plan.run.diagnostics.list.count > 0) run_print_diagnostics(&plan.run, &options.base);
    release(&plan);
    return run_end(&plan.run, &options.base, good, false);
}

// What keeps tables from fitting, as diagnostics, and the statements that would do it.
static void check_json(Run *run, const StrBuf *text, uint32_t count) {
    json_t *root = json_object();
    diagnostics_sort(&run->diagnostics, &run->sources);
    json_put(root, "schema_version", json_integer(1));
    json_put(root, "misfits", json_integer(count));
    json_put(root, "diagnostics", diagnostics_json(&run->diagnostics, &run->sources));
    json_put(root, "script", json_text(strbuf_str(text)));
    json_write(root, 2, stdout);
}

int data_check(int argc, char **argv) {
    DataPlanOptions options;
    PlanRun plan = {.options = &options};
    StrBuf text = {0};
    data_plan_options_parse(argc, argv, &options);
    if (!options.has_target) {
        message_print(
            stderr,
            "weft data check: error[E902]: --target is missing: citus, partition or vitess?\n");
        data_plan_options_release(&options);
        return EXIT_WRONG;
    }
    bool good = run_pipeline(&plan.run, &options.base, RUN_TO_FACTS) && make_plan(&plan);
    uint32_t count =
        good ? distribute_check(&plan.target, options.target, &plan.run.diagnostics) : 0;
    if (good) distribute_emit(&plan.target, options.target, &text);
    if (good && options.base.format == FORMAT_JSON) {
        check_json(&plan.run, &text, count);
    } else {
        run_print_diagnostics(&plan.run, &options.base);
        print(&text);
    }
    strbuf_release(&text);
    release(&plan);
    return run_end(&plan.run, &options.base, good, count > 0);
}

int data_models(int argc, char **argv) {
    DataPlanOptions options;
    Run run;
    Schema models = {0};
    StrBuf text = {0};
    data_plan_options_parse(argc, argv, &options);
    bool good = run_pipeline(&run, &options.base, RUN_TO_FACTS);
    models.engine = options.has_engine ? options.engine : run.rules.data.engine;
    if (good) models_read(&run.program, &models, &run.diagnostics);
    run_print_diagnostics(&run, &options.base);
    view_schema(&models, &text);
    print(&text);
    strbuf_release(&text);
    schema_release(&models);
    return run_end(&run, &options.base, good, false);
}
