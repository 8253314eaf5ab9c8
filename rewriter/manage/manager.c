// The place of a migration of a tree. In: the tree's root. Out: its plan, its record and what they come to. The plan that is
// kept must be the one that the record began with.
#include "manage/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_node.h"

enum { PLAN_DIGITS = 16 }; // of a digest, in the name of a file

static bool refuse(Manager *manager, const char *what, const char *help) {
    diagnostic_add(manager->diagnostics, DIAGNOSTIC_E615, SPAN_NONE, "%s", what);
    diagnostic_help(manager->diagnostics, "%s", help);
    return false;
}

void manager_refresh(Manager *manager) {
    migration_state_read(&manager->record, &manager->plan.graph, &manager->arena, &manager->state);
}

// Each plan in a file of its own: killed between the file and the line that names it, the one before is still there.
static const char *plan_file(Manager *manager, Str digest) {
    return arena_format(&manager->arena, "plan-%.*s.json", (int)(digest.length < PLAN_DIGITS ? digest.length : PLAN_DIGITS),
                        digest.data)
        .data;
}

static bool use_kept_plan(Manager *manager) {
    Str document;
    manager_refresh(manager);
    if (!manager->state.begun) return true;
    if (!site_read(&manager->site, &manager->arena, plan_file(manager, manager->state.plan), &document,
                   manager->diagnostics))
        return false;
    Digest digest = digest_of(document);
    if (!str_is(manager->state.plan, digest_text(&digest).digits))
        return refuse(manager, "the plan that is kept is not the one that was begun",
                      "put the plan back that the record names, or take back by hand what `weft status` and `weft data "
                      "status` say was done");
    manager->document = document;
    manager->has_plan =
        migration_plan_read(STR("plan.json"), document, &manager->plan, manager->diagnostics);
    manager_refresh(manager);
    return manager->has_plan;
}

bool manager_open(Manager *manager, Str root, bool locked, Diagnostics *diagnostics) {
    *manager = (Manager){.diagnostics = diagnostics, .site = {.lock = -1}};
    return site_open_tree(&manager->site, root, diagnostics) &&
           (!locked || site_take_lock(&manager->site, diagnostics)) &&
           record_read(&manager->site, locked, &manager->record, diagnostics) &&
           use_kept_plan(manager);
}

void manager_close(Manager *manager) {
    migration_plan_release(&manager->plan);
    record_release(&manager->record);
    site_close(&manager->site);
    arena_release(&manager->arena);
}

// ---- beginning -----------------------------------------------------------------------------------

static bool is_over(const Manager *manager) {
    const char *summary = migration_state_summary(&manager->state, &manager->plan.graph, false);
    return !manager->state.begun || manager->state.undone || manager->state.cancelled ||
           strcmp(summary, "completed") == 0;
}

bool manager_begin(Manager *manager, Str name, Str document) {
    Digest digest = digest_of(document);
    DigestText text = digest_text(&digest);
    bool same = manager->state.begun && str_is(manager->state.plan, text.digits);
    if (same && !manager->state.undone && !manager->state.cancelled) return true;
    if (!is_over(manager))
        return refuse(
            manager, "this tree is in the middle of another plan",
            "`weft migrate resume` goes on with it, `weft migrate rollback` takes it back");
    migration_plan_release(&manager->plan);
    manager->document = arena_copy(&manager->arena, document);
    manager->has_plan =
        migration_plan_read(name, manager->document, &manager->plan, manager->diagnostics);
    bool good = manager->has_plan &&
                site_write(&manager->site, plan_file(manager, str_from(text.digits)), document,
                           manager->diagnostics) &&
                record_add(&manager->site, &manager->record, manager->diagnostics, "plan",
                           text.digits, NULL);
    if (good) manager_refresh(manager);
    return good;
}

// ---- what run.c and rollback.c share -------------------------------------------------------------

bool manager_note(Manager *manager, const char *word, Str id, const char *more) {
    Str name = arena_copy(&manager->arena, id);
    bool good = record_add(&manager->site, &manager->record, manager->diagnostics, word, name.data,
                           more, NULL);
    if (good) manager_refresh(manager);
    return good;
}

bool manager_runs(Manager *manager, Arena *arena, Str *json, int64_t *newest) {
    StrItems arguments = {0};
    ChildResult result;
    JsonFault fault;
    list_add(arena, &arguments, STR("status"));
    list_add(arena, &arguments, STR("-C"));
    list_add(arena, &arguments, manager->site.root);
    list_add(arena, &arguments, STR("--format"));
    list_add(arena, &arguments, STR("json"));
    child_ask(&manager->site, &arguments, arena, json, &result);
    const JsonNode *root = json_node_parse(arena, *json, &fault);
    const JsonNode *runs = json_node_member(root, "runs");
    *newest = 0;
    if (result.error != 0 || !json_node_is(runs, JSON_NODE_LIST))
        return refuse(manager, "the runs of this tree cannot be told",
                      "`weft status` says what is wrong with its journal");
    const JsonNode *run = json_node_member(runs->first, "run");
    if (json_node_is(run, JSON_NODE_INTEGER)) *newest = run->number;
    return true;
}
