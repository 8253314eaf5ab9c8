// `weft migrate plan`: what a migration of this tree includes, how long its tasks take as far as that can be measured here,
// and how risky it is. Changes nothing but the file of -o.
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "cli/data_live.h"
#include "cli/exit.h"
#include "cli/migrate_command.h"
#include "cli/output.h"
#include "cli/run.h"
#include "manage/view.h"
#include "migrate/measure.h"
#include "migrate/session.h"
#include "report/course.h"
#include "report/model.h"
#include "source/revision.h"

enum { FILE_MODE = 0644, SLOWER = 4, COPIES_LEAST = 3, COPIES_MOST = 30 };
static const int64_t READ_MOST = INT64_C(64) << 20; // bytes that are read to see how fast that is

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_reason(MigrationPlan *plan, const char *name, Level level, Str text) {
    list_add(&plan->arena, &plan->reasons,
             ((PlanReason){.name = str_from(name), .level = (int)level, .text = text}));
}

// ---- what it includes ----------------------------------------------------------------------------

// A file is named as it is from anywhere.
static bool settle_database(MigrationPlan *plan, const Run *run, const MigrateOptions *options,
                            Diagnostics *diagnostics) {
    Str name = options->database, real;
    if (options->no_data) return true;
    if (name.length == 0 &&
        !data_live_of_rules(options->root, &run->rules, &plan->arena, &name, diagnostics))
        return false;
    bool is_file = name.length > 0 && str_find_str(name, STR("://")) < 0;
    if (is_file && !output_place_is_safe(options->root, name, diagnostics)) return false;
    plan->database = arena_copy(&plan->arena, name);
    if (is_file && path_real(&plan->arena, plan->database, &real)) plan->database = real;
    return true;
}

// In the order of the rules, each once.
static bool settle_families(MigrationPlan *plan, const Run *run, const MigrateOptions *options,
                            Diagnostics *diagnostics) {
    const Families *known = &run->rules.families;
    uint32_t wanted = 0;
    for (uint32_t i = 0; i < options->families.count; i++) {
        Family family;
        if (family_find(known, options->families.items[i], &family)) {
            wanted |= 1u << family;
            continue;
        }
        diagnostic_add(diagnostics, DIAGNOSTIC_E902, SPAN_NONE, "'%.*s' is no value of --types",
                       STR_ARG(options->families.items[i]));
        diagnostic_help(diagnostics, "`weft report` lists the families of the rules");
        return false;
    }
    for (Family i = 0; i < known->count; i++)
        if (wanted & 1u << i)
            list_add(&plan->arena, &plan->scope.families,
                     arena_copy(&plan->arena, str_from(family_name(known, i))));
    return true;
}

static bool settle_scope(MigrationPlan *plan, const Run *run, const MigrateOptions *options,
                         Diagnostics *diagnostics) {
    if (!settle_database(plan, run, options, diagnostics)) return false;
    plan->scope = (Scope){.data = plan->database.length > 0,
                          .code = !options->no_code,
                          .api = !options->no_api && !options->no_code &&
                                 run->rules.api.span.file.index != 0};
    if (!migration_plan_may_say(plan->database)) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E614, SPAN_NONE,
                       "the name of the database cannot be shown, so no plan can have it");
        return false;
    }
    if (!settle_families(plan, run, options, diagnostics)) return false;
    if (plan->scope.data || plan->scope.code) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E614, SPAN_NONE, "nothing is left to plan");
    diagnostic_help(diagnostics,
                    "name a database with --database, or in the rules: `data: database:`");
    return false;
}

// ---- how long ------------------------------------------------------------------------------------

static void set_duration(MigrationPlan *plan, TaskKind kind, double least, double most) {
    for (uint32_t i = 0; i < plan->graph.tasks.count; i++) {
        Task *task = &plan->graph.tasks.items[i];
        if (task->kind != kind) continue;
        task->least_seconds = (int64_t)least;
        task->most_seconds = (int64_t)most + 1;
    }
}

// Making the change once has taken SECONDS, here and now; writing and judging cost about as much again.
static void measure_code(MigrationPlan *plan, double seconds) {
    static const TaskKind kinds[] = {KIND_CODE_EXPAND, KIND_CODE_VERIFY, KIND_API_CHECK,
                                     KIND_CODE_CONTRACT, KIND_CONTRACT_VERIFY};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        set_duration(plan, kinds[i], seconds, seconds * SLOWER);
}

// A backup reads the database several times. How fast it can be read is measured on its first 64 MiB.
static void measure_backup(MigrationPlan *plan) {
    struct stat status;
    Arena scratch = {0};
    char *buffer = arena_bytes(&scratch, 1 << 20);
    FILE *file = fopen(plan->database.data, "rb");
    if (file != NULL && fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode)) {
        int64_t bytes = 0;
        double before = seconds_now();
        for (size_t got = 1; got > 0 && bytes < READ_MOST; bytes += (int64_t)got)
            got = fread(buffer, 1, 1 << 20, file);
        double each = bytes > 0 ? (seconds_now() - before) / (double)bytes : 0;
        double whole = each * (double)status.st_size;
        set_duration(plan, KIND_DATA_EXPAND, whole * COPIES_LEAST, whole * COPIES_MOST);
    }
    if (file != NULL) fclose(file);
    arena_release(&scratch);
}

// What a phase costs a row, in readings of it. A batch reads its rows twice and writes them, which has cost one to ten
// readings; beside a program that writes it waits as long as it worked. Indexes are built from one reading.
static const struct {
    TaskKind kind;
    double least, most;
} READINGS[] = {{KIND_DATA_BACKFILL, 3, 24},
                {KIND_DATA_VERIFY, 0.5, 6},
                {KIND_DATA_SWITCH, 0.5, 12},
                {KIND_DATA_CONTRACT, 0, 12}};

// Nothing is said where the database cannot be read here: then `weft preflight` says why.
static void measure_data(MigrationPlan *plan) {
    Diagnostics unheard = {0};
    Database database;
    Schema schema = {0};
    ReadingSpeed speed;
    if (database_open(&database, session_engine(plan->database), plan->database, &unheard)) {
        bool good = catalog_read_counted(&database, &schema, &unheard) &&
                    measure_reading(&database, &schema, &speed);
        for (size_t i = 0; good && i < sizeof READINGS / sizeof *READINGS; i++) {
            double once = (double)speed.rows * speed.seconds_per_row;
            set_duration(plan, READINGS[i].kind, once * READINGS[i].least, once * READINGS[i].most);
        }
        database_close(&database);
    }
    schema_release(&schema);
    diagnostics_release(&unheard);
}

// ---- how risky -----------------------------------------------------------------------------------

static void judge_code(MigrationPlan *plan, Run *run) {
    Report report = {0};
    ReportInput input = {&run->sources, &run->program, &run->solution, &run->plan,
                         &run->diagnostics};
    diagnostics_sort(&run->diagnostics, &run->sources);
    report_build(&input, &report);
    add_reason(plan, "code", report.risk,
               arena_format(&plan->arena,
                            "%u files change; %u accesses are refused, %u bridged; `weft report` "
                            "says where",
                            report.migrating_files, report.by_outcome[OUTCOME_REFUSED],
                            report.by_outcome[OUTCOME_BRIDGED]));
    if (report.unreadable_files + report.unparsable_files > 0)
        add_reason(plan, "unreadable-files", LEVEL_HIGH,
                   arena_format(&plan->arena,
                                "%u files cannot be read or parsed: what they call is "
                                "not known",
                                report.unreadable_files + report.unparsable_files));
    report_release(&report);
}

static void judge(MigrationPlan *plan, const Run *run) {
    if (plan->scope.code && plan->commit.length == 0)
        add_reason(plan, "no-repository", LEVEL_MEDIUM,
                   STR("the tree is in no repository of git, or has no commit: nothing to compare "
                       "with"));
    if (plan->scope.code && run->rules.commands.count == 0)
        add_reason(plan, "no-tests", LEVEL_MEDIUM,
                   STR("the rules name no command of the project (`verify: commands:`): only weft "
                       "judges the result"));
    if (plan->scope.data && plan->scope.code)
        add_reason(plan, "both", LEVEL_MEDIUM, STR("code and database change together"));
    if (plan->scope.code && !plan->scope.api)
        add_reason(plan, "no-api", LEVEL_MEDIUM,
                   STR("callers outside of the tree are not counted (`api:` in the rules)"));
    if (plan->scope.code && plan->scope.api && run->rules.public_api.count == 0)
        add_reason(plan, "no-public-api", LEVEL_MEDIUM,
                   STR("the rules have `api:` but no `public_api`: nobody is counted"));
    if (!plan->rollback)
        add_reason(plan, "no-rollback", LEVEL_HIGH, STR("it is not taken back as a whole"));
}

// ---- the command ---------------------------------------------------------------------------------

// Of the alert NAME, in thousandths; -1: the rules have none.
static int64_t limit_of(const Rules *rules, const char *name) {
    for (uint32_t i = 0; i < rules->alerts.count; i++) {
        const AlertRule *alert = &rules->alerts.items[i];
        double share = str_is(alert->name, name) ? strtod(alert->threshold.data, NULL) : -1;
        if (share >= 0 && share <= 1) return (int64_t)(share * 1000 + 0.5);
    }
    return -1;
}

static bool make_plan(MigrationPlan *plan, Run *run, const MigrateOptions *options,
                      Diagnostics *diagnostics) {
    Options base = options->base;
    base.stage = options->no_code ? STAGE_WHOLE : STAGE_EXPAND;
    double before = seconds_now();
    bool good = run_pipeline(run, &base, options->no_code ? RUN_TO_FACTS : RUN_TO_PLAN);
    run_print_diagnostics(run, &base);
    if (!good) return false;
    double seconds = seconds_now() - before;
    plan->name = options->name.length > 0 ? options->name : path_basename(options->root);
    plan->name =
        arena_copy(&plan->arena, migration_plan_may_say(plan->name) ? plan->name : STR("tree"));
    plan->description = arena_copy(&plan->arena, options->description);
    plan->created = course_date(&plan->arena, (int64_t)time(NULL));
    plan->commit = options->no_code ? STR_NONE : revision_head(&plan->arena, options->root);
    plan->rollback = !options->no_rollback;
    plan->limits =
        (Limits){limit_of(&run->rules, "disk_usage"), limit_of(&run->rules, "memory_usage")};
    if (!settle_scope(plan, run, options, diagnostics)) return false;
    plan_finish(plan);
    if (plan->scope.code) measure_code(plan, seconds);
    if (plan->scope.data && session_engine(plan->database) == ENGINE_SQLITE) measure_backup(plan);
    if (plan->scope.data) measure_data(plan);
    if (plan->scope.code) judge_code(plan, run);
    judge(plan, run);
    return true;
}

static bool write_plan(const MigrationPlan *plan, const MigrateOptions *options,
                       Diagnostics *diagnostics) {
    StrBuf text = {0};
    if (options->output.length > 0 || options->format == MIGRATE_JSON)
        migration_plan_write(plan, &text);
    bool good =
        options->output.length == 0 ||
        output_write(options->root, options->output, strbuf_str(&text), FILE_MODE, diagnostics);
    if (options->format != MIGRATE_JSON) {
        strbuf_clear(&text);
        plan_write_text(plan, &text);
    }
    bool shown = options->output.length == 0 || options->base.verbosity >= 0;
    if (good && shown) fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
    return good;
}

int migrate_plan(const MigrateOptions *options, Diagnostics *diagnostics) {
    MigrationPlan plan = {0};
    Run run;
    bool good =
        make_plan(&plan, &run, options, diagnostics) && write_plan(&plan, options, diagnostics);
    int status = good ? run_status(&run, true, false) : EXIT_WRONG;
    run_release(&run);
    migration_plan_release(&plan);
    return status;
}
