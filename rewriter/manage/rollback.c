// In: a migration that has begun. Out: the tree and the database as they were. Only runs that a task of this migration made
// are taken back, found by their number and their command; the tree goes first, since its code reads the columns.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_node.h"
#include "base/message.h"
#include "manage/run.h"

static bool refuse(Manager *manager, const char *what, const char *log) {
    diagnostic_add(manager->diagnostics, DIAGNOSTIC_E616, SPAN_NONE, "%s could not be taken back",
                   what);
    diagnostic_note(manager->diagnostics, "what weft said is in '%.*s'",
                    STR_ARG(site_path(&manager->site, log)));
    diagnostic_help(manager->diagnostics, "mend what it names, then `weft migrate rollback` again");
    return false;
}

static void add_root(Manager *manager, Arena *arena, StrItems *arguments) {
    list_add(arena, arguments, STR("-C"));
    list_add(arena, arguments, manager->site.root);
}

// ---- the tree ------------------------------------------------------------------------------------

// The command line of TASK as the journal of the tree has it, with and without what a second try adds.
static bool is_command_of(Manager *manager, const Task *task, Str command) {
    Arena arena = {0};
    bool same = false;
    for (int begun = 0; begun < 2 && !same; begun++) {
        CommandInput input = {.plan = &manager->plan, .site = &manager->site, .begun = begun != 0};
        StrItems arguments = {0};
        StrBuf text = {0};
        command_arguments(&input, task, &arena, &arguments);
        // The name of the program is that of its parser.
        for (uint32_t i = 1; i < arguments.count; i++) {
            strbuf_add_char(&text, ' ');
            strbuf_add(&text, arguments.items[i]);
        }
        same = str_ends_with(command, strbuf_str(&text));
        strbuf_release(&text);
    }
    arena_release(&arena);
    return same;
}

static bool is_ours(Manager *manager, int64_t run, Str command) {
    for (uint32_t i = 0; i < manager->plan.graph.tasks.count; i++) {
        const Task *task = &manager->plan.graph.tasks.items[i];
        const TaskProgress *progress = &manager->state.tasks[i];
        bool writes = task->kind == KIND_CODE_EXPAND || task->kind == KIND_CODE_CONTRACT;
        if (writes && progress->begun && run > progress->run &&
            is_command_of(manager, task, command))
            return true;
    }
    return false;
}

static bool take_back_run(Manager *manager, Arena *arena, int64_t run) {
    StrItems arguments = {0};
    ChildResult result;
    list_add(arena, &arguments, STR("rollback"));
    add_root(manager, arena, &arguments);
    list_add(arena, &arguments, arena_format(arena, "%" PRId64, run));
    child_run(&manager->site, &arguments, "log-rollback", NULL, &result);
    if (result.error == 0 && result.status == 0) return true;
    Str what = message_format(arena, "run %" PRId64 " of the tree", run);
    return refuse(manager, what.data, "log-rollback");
}

static bool take_back_tree(Manager *manager) {
    Arena arena = {0};
    Str json;
    int64_t newest;
    JsonFault fault;
    bool good = manager_runs(manager, &arena, &json, &newest);
    const JsonNode *runs =
        good ? json_node_member(json_node_parse(&arena, json, &fault), "runs") : NULL;
    for (const JsonNode *row = runs != NULL ? runs->first : NULL; good && row != NULL;
         row = row->next) {
        const JsonNode *run = json_node_member(row, "run"),
                       *command = json_node_member(row, "command"),
                       *state = json_node_member(row, "state");
        if (!json_node_is(run, JSON_NODE_INTEGER) || !json_node_is(command, JSON_NODE_TEXT) ||
            !json_node_is(state, JSON_NODE_TEXT) || str_is(state->text, "undone"))
            continue;
        if (is_ours(manager, run->number, command->text))
            good = take_back_run(manager, &arena, run->number);
    }
    arena_release(&arena);
    return good;
}

// ---- the database --------------------------------------------------------------------------------

static bool has_begun(const Manager *manager, TaskKind kind) {
    for (uint32_t i = 0; i < manager->plan.graph.tasks.count; i++)
        if (manager->plan.graph.tasks.items[i].kind == kind) return manager->state.tasks[i].begun;
    return false;
}

static void data_words(Manager *manager, Arena *arena, const char *word, StrItems *arguments) {
    list_add(arena, arguments, STR("data"));
    list_add(arena, arguments, str_from(word));
    add_root(manager, arena, arguments);
    list_add(arena, arguments, STR("--database"));
    list_add(arena, arguments, manager->plan.database);
}

// What `weft data status` says: in a migration, with its last phase begun.
static bool ask_database(Manager *manager, Arena *arena, bool *in_migration, bool *final_begun) {
    StrItems arguments = {0};
    ChildResult result;
    Str json;
    JsonFault fault;
    data_words(manager, arena, "status", &arguments);
    list_add(arena, &arguments, STR("--format"));
    list_add(arena, &arguments, STR("json"));
    child_ask(&manager->site, &arguments, arena, &json, &result);
    const JsonNode *root = json_node_parse(arena, json, &fault);
    const JsonNode *found = json_node_member(root, "in_migration");
    const JsonNode *steps = json_node_member(root, "steps");
    *in_migration = *final_begun = false;
    if (result.status != 0 || !json_node_is(found, JSON_NODE_BOOLEAN)) return false;
    *in_migration = found->number != 0;
    for (const JsonNode *step = steps ? steps->first : NULL; step != NULL; step = step->next) {
        const JsonNode *phase = json_node_member(step, "phase"),
                       *state = json_node_member(step, "state");
        if (json_node_is(phase, JSON_NODE_TEXT) && str_is(phase->text, "contract") &&
            json_node_is(state, JSON_NODE_TEXT) && !str_is(state->text, "open"))
            *final_begun = true;
    }
    return true;
}

static bool take_back_database(Manager *manager) {
    Arena arena = {0};
    StrItems arguments = {0};
    ChildResult result = {0};
    bool in_migration, final_begun;
    if (!ask_database(manager, &arena, &in_migration, &final_begun)) {
        arena_release(&arena);
        return refuse(manager, "the database", "log-rollback");
    }
    data_words(manager, &arena, "rollback", &arguments);
    if (final_begun) {
        list_add(&arena, &arguments, STR("--restore"));
        list_add(&arena, &arguments, STR("--yes"));
    } else if (manager->discard_tenants) {
        list_add(&arena, &arguments, STR("--discard-tenants"));
    }
    child_run(&manager->site, &arguments, "log-rollback", NULL, &result);
    // A ledger that was only being made is gone now, and that there is nothing else to take back is no failure.
    bool good = (result.error == 0 && result.status == 0) || !in_migration;
    arena_release(&arena);
    return good || refuse(manager, "the database", "log-rollback");
}

// ---- both ----------------------------------------------------------------------------------------

static ManageResult refuse_rollback(Manager *manager, const char *what, const char *help) {
    diagnostic_add(manager->diagnostics, DIAGNOSTIC_E615, SPAN_NONE, "%s", what);
    diagnostic_help(manager->diagnostics, "%s", help);
    return MANAGE_REFUSED;
}

// Before anything is touched: what is newer than the backup is given up only when somebody says so.
static bool may_take_back_database(Manager *manager) {
    Arena arena = {0};
    bool in_migration, final_begun;
    bool good = ask_database(manager, &arena, &in_migration, &final_begun);
    arena_release(&arena);
    if (!good) return refuse(manager, "the database", "log-rollback");
    if (!final_begun || manager->restore) return true;
    refuse_rollback(manager, "data-contract has begun: only the backup takes the database back",
                    "`weft data rollback --restore` says what is newer than the backup; `weft "
                    "migrate rollback --restore` gives that up, and keeps a copy of it");
    return false;
}

ManageResult manager_rollback(Manager *manager) {
    if (!manager->has_plan || !manager->state.begun || manager->state.undone)
        return refuse_rollback(manager, "there is no migration of this tree to take back",
                               "`weft migrate status` says what was done");
    if (!manager->plan.rollback)
        return refuse_rollback(manager, "the plan says that this migration is not taken back",
                               "it was made with --no-rollback; `weft rollback` and `weft data "
                               "rollback` take back what you name");
    bool code = has_begun(manager, KIND_CODE_EXPAND), data = has_begun(manager, KIND_DATA_EXPAND);
    if (data && !may_take_back_database(manager)) return MANAGE_REFUSED;
    if (!manager->state.undoing &&
        !record_add(&manager->site, &manager->record, manager->diagnostics, "rollback", NULL))
        return MANAGE_REFUSED;
    if (code && !take_back_tree(manager)) return MANAGE_FAILED;
    if (!manager->quiet && code) message_print(stdout, "the tree is as it was\n");
    if (data && !take_back_database(manager)) return MANAGE_FAILED;
    if (!manager->quiet && data) message_print(stdout, "the database is as it was\n");
    for (uint32_t i = manager->plan.graph.tasks.count; i-- > 0;) {
        const Task *task = &manager->plan.graph.tasks.items[i];
        bool undone = manager->state.tasks[i].state == STATE_UNDONE;
        if (!undone && manager->state.tasks[i].begun &&
            !manager_note(manager, "undone", task->id, NULL))
            return MANAGE_REFUSED;
    }
    if (!record_add(&manager->site, &manager->record, manager->diagnostics, "undone", NULL))
        return MANAGE_REFUSED;
    manager_refresh(manager);
    return MANAGE_DONE;
}
