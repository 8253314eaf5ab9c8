// In: a record of a migration, and that of its database. Out: answers. Nothing is asked of the tree or the database: status has
// to be quick, and `weft migrate resume` is what looks whether it all still holds.
#include "manage/checklist.h"

#include "base/message.h"
#include "base/json_node.h"
#include "migrate/session.h"

const char *check_answer_name(CheckAnswer answer) {
    static const char *const names[] = {"unknown", "no", "yes", "not part"};
    return names[answer];
}

typedef struct Answers {
    Manager *manager;
    Arena *arena;
    CheckLines *lines;
    Str preflight; // its JSON; empty: it has not run
} Answers;

static void add(Answers *answers, const char *list, const char *id, const char *text,
                CheckAnswer answer, Str why) {
    list_add(answers->arena, answers->lines, ((CheckLine){list, id, text, answer, why}));
}

// ---- tasks ---------------------------------------------------------------------------------------

// Yes when all tasks of KIND are done.
static CheckAnswer of_task(const Manager *manager, TaskKind kind) {
    CheckAnswer answer = CHECK_NOT_PART;
    for (uint32_t i = 0; i < manager->plan.graph.tasks.count; i++) {
        if (manager->plan.graph.tasks.items[i].kind != kind) continue;
        if (manager->state.tasks[i].state != STATE_DONE) return CHECK_NO;
        answer = CHECK_YES;
    }
    return answer;
}

static void add_task(Answers *answers, const char *list, const char *id, const char *text,
                     TaskKind kind, const char *name) {
    add(answers, list, id, text, of_task(answers->manager, kind),
        message_format(answers->arena, "task %s", name));
}

// ---- what was looked at before -------------------------------------------------------------------

static bool check_is(const JsonNode *check, const char *id) {
    const JsonNode *found = json_node_member(check, "id");
    return json_node_is(found, JSON_NODE_TEXT) && str_is(found->text, id);
}

// How preflight answered the question ID.
static CheckAnswer of_preflight(const Answers *answers, const char *id, Str *why) {
    Arena scratch = {0};
    JsonFault fault;
    CheckAnswer answer = CHECK_UNKNOWN;
    const JsonNode *root = json_node_parse(&scratch, answers->preflight, &fault);
    const JsonNode *checks = json_node_member(root, "checks");
    *why = STR("task preflight");
    for (const JsonNode *check = checks ? checks->first : NULL; check; check = check->next) {
        const JsonNode *status = json_node_member(check, "status"),
                       *text = json_node_member(check, "text");
        if (!check_is(check, id) || !json_node_is(status, JSON_NODE_TEXT)) continue;
        if (str_is(status->text, "pass") || str_is(status->text, "warn")) answer = CHECK_YES;
        if (str_is(status->text, "fail")) answer = CHECK_NO;
        if (json_node_is(text, JSON_NODE_TEXT)) *why = arena_copy(answers->arena, text->text);
    }
    arena_release(&scratch);
    return answer;
}

static void add_preflight(Answers *answers, const char *id, const char *text, const char *check) {
    Str why;
    CheckAnswer answer = of_preflight(answers, check, &why);
    add(answers, "before", id, text, answer, why);
}

// The record of the database has a line for a backup that was compared with it.
static void add_backup(Answers *answers) {
    Manager *manager = answers->manager;
    Diagnostics unheard = {0};
    Site site = {.lock = -1};
    Record record = {0};
    CheckAnswer answer = manager->plan.scope.data ? CHECK_NO : CHECK_NOT_PART;
    Str why = STR("task data-expand makes it");
    if (answer == CHECK_NO &&
        site_open(&site, manager->site.root, session_engine(manager->plan.database),
                  manager->plan.database, &unheard) &&
        record_read(&site, false, &record, &unheard)) {
        const RecordLine *line = record_find(&record, "backup", NULL);
        if (line != NULL && line->arguments.count > 0) {
            answer = CHECK_YES;
            why = arena_copy(answers->arena, line->arguments.items[0]);
        }
    }
    add(answers, "before", "database-backup", "the database is backed up", answer, why);
    record_release(&record);
    site_close(&site);
    diagnostics_release(&unheard);
}

static void add_before(Answers *answers) {
    const MigrationPlan *plan = &answers->manager->plan;
    add_backup(answers);
    if (plan->commit.length > 0)
        add(answers, "before", "code-backup", "the code is backed up", CHECK_YES,
            arena_format(answers->arena, "commit %.*s", STR_ARG(plan->commit)));
    else
        add(answers, "before", "code-backup", "the code is backed up", CHECK_UNKNOWN,
            STR("in no repository; weft keeps the old bytes of what it changes"));
    add_preflight(answers, "dependencies", "the environment is looked at", "dependencies");
    add_preflight(answers, "disk", "the disk is large enough", "disk");
    add(answers, "before", "plan", "there is a plan",
        answers->manager->has_plan ? CHECK_YES : CHECK_NO,
        answers->manager->has_plan ? plan->id : STR("weft migrate plan"));
    add(answers, "before", "time-window", "the time for it is agreed", CHECK_UNKNOWN,
        STR("a person can say"));
}

static void add_during(Answers *answers) {
    add_task(answers, "during", "data", "the data are migrated", KIND_DATA_SWITCH, "data-switch");
    add_task(answers, "during", "code", "the code is migrated without a fault", KIND_CODE_VERIFY,
             "code-verify");
    add_task(answers, "during", "api", "no old caller is left", KIND_API_CHECK, "api-check");
    add_task(answers, "during", "functions", "the program runs expanded", KIND_DEPLOY, "deploy");
    add_task(answers, "during", "data-verify", "every row has an owner", KIND_DATA_VERIFY,
             "data-verify");
}

static void add_after(Answers *answers) {
    Str person = STR("a person can say");
    add_task(answers, "after", "functions", "nothing is broken that was not before",
             KIND_CONTRACT_VERIFY, "contract-verify");
    add(answers, "after", "performance", "it is not slower", CHECK_UNKNOWN,
        STR("a command of `verify:` that measures"));
    add(answers, "after", "security", "no tenant sees another one", CHECK_UNKNOWN,
        STR("weft verify --write-tests"));
    add(answers, "after", "monitoring", "it is watched", CHECK_UNKNOWN, person);
    add(answers, "after", "documents", "its documents say so", CHECK_UNKNOWN, person);
    add(answers, "after", "training", "its people know", CHECK_UNKNOWN, person);
}

void checklist_build(Manager *manager, Arena *arena, CheckLines *lines) {
    Answers answers = {manager, arena, lines, STR_NONE};
    Diagnostics unheard = {0};
    if (of_task(manager, KIND_PREFLIGHT) == CHECK_YES)
        (void)site_read(&manager->site, arena, "preflight.json", &answers.preflight, &unheard);
    add_before(&answers);
    add_during(&answers);
    add_after(&answers);
    diagnostics_release(&unheard);
}
