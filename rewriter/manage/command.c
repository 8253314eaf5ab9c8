// In: a task and the plan that it is of. Out: arguments. Whatever a plan file says reaches a command as one argument, never
// through a shell.
#include "manage/command.h"

#include <stdarg.h>

#include "data/migration.h"

static void add(Arena *arena, StrItems *arguments, ...) {
    va_list texts;
    va_start(texts, arguments);
    for (const char *text; (text = va_arg(texts, const char *)) != NULL;)
        list_add(arena, arguments, arena_copy(arena, str_from(text)));
    va_end(texts);
}

static void add_text(Arena *arena, StrItems *arguments, const char *option, Str text) {
    add(arena, arguments, option, NULL);
    list_add(arena, arguments, text);
}

static void add_root(const CommandInput *input, Arena *arena, StrItems *arguments) {
    add_text(arena, arguments, "-C", input->site->root);
}

// ---- data ----------------------------------------------------------------------------------------

static void data_command(const CommandInput *input, Arena *arena, const char *word,
                         StrItems *arguments) {
    add(arena, arguments, "data", word, NULL);
    add_root(input, arena, arguments);
    add_text(arena, arguments, "--database", input->plan->database);
}

static void data_apply(const CommandInput *input, const Task *task, Arena *arena,
                       StrItems *arguments) {
    data_command(input, arena, "apply", arguments);
    add_text(arena, arguments, "--plan", site_path(input->site, "data.json"));
    if (task->kind == KIND_DATA_CONTRACT) {
        add(arena, arguments, "--contract", NULL);
        return;
    }
    Phase phase = task->kind == KIND_DATA_BACKFILL ? PHASE_BACKFILL
                  : task->kind == KIND_DATA_VERIFY ? PHASE_VERIFY
                  : task->kind == KIND_DATA_SWITCH ? PHASE_SWITCH
                                                   : PHASE_EXPAND;
    add(arena, arguments, "--phase", phase_name(phase), NULL);
}

// ---- code ----------------------------------------------------------------------------------------

static void add_stage(const Task *task, Arena *arena, StrItems *arguments) {
    add(arena, arguments, "--stage", task->kind == KIND_CODE_EXPAND ? "expand" : "contract", NULL);
    if (task->family.length > 0) add_text(arena, arguments, "--phase", task->family);
}

static void code_apply(const CommandInput *input, const Task *task, Arena *arena,
                       StrItems *arguments) {
    add(arena, arguments, "apply", NULL);
    add_root(input, arena, arguments);
    add_stage(task, arena, arguments);
    if (task->kind == KIND_API_CHECK) {
        add(arena, arguments, "--dry-run", NULL);
        return;
    }
    // What came since the plan is the work of people on the expanded tree; weft keeps the bytes that it changes.
    bool first = task->kind == KIND_CODE_EXPAND && !input->begun && task->needs.count > 0 &&
                 input->plan->graph.tasks.items[task->needs.items[task->needs.count - 1]].kind !=
                     KIND_CODE_EXPAND;
    if (!first) add(arena, arguments, "--allow-dirty", NULL);
}

static void verify(const CommandInput *input, Arena *arena, StrItems *arguments) {
    add(arena, arguments, "verify", NULL);
    add_root(input, arena, arguments);
    if (input->plan->commit.length > 0) add_text(arena, arguments, "--before", input->plan->commit);
}

static void preflight(const CommandInput *input, Arena *arena, StrItems *arguments) {
    add(arena, arguments, "preflight", NULL);
    add_root(input, arena, arguments);
    if (input->plan->scope.data)
        add_text(arena, arguments, "--database", input->plan->database);
    else
        add(arena, arguments, "--no-data", NULL);
    if (!input->plan->scope.code) add(arena, arguments, "--no-code", NULL);
    add_text(arena, arguments, "--json", site_path(input->site, "preflight.json"));
}

void command_arguments(const CommandInput *input, const Task *task, Arena *arena,
                       StrItems *arguments) {
    switch (task->kind) {
    case KIND_PREFLIGHT: preflight(input, arena, arguments); break;
    case KIND_DATA_PLAN:
        data_command(input, arena, "plan", arguments);
        add_text(arena, arguments, "-o", site_path(input->site, "data.json"));
        break;
    case KIND_DATA_EXPAND:
    case KIND_DATA_BACKFILL:
    case KIND_DATA_VERIFY:
    case KIND_DATA_SWITCH:
    case KIND_DATA_CONTRACT: data_apply(input, task, arena, arguments); break;
    case KIND_CODE_EXPAND:
    case KIND_API_CHECK:
    case KIND_CODE_CONTRACT: code_apply(input, task, arena, arguments); break;
    case KIND_CODE_VERIFY:
    case KIND_CONTRACT_VERIFY: verify(input, arena, arguments); break;
    case KIND_DEPLOY:
    case KIND_CALLERS:
    case KIND_NO_RETURN:
    case KIND_COUNT: break;
    }
}

bool command_of_check(const CommandInput *input, const Task *task, Arena *arena,
                      StrItems *arguments) {
    switch (task->kind) {
    case KIND_DATA_EXPAND:
    case KIND_DATA_BACKFILL:
    case KIND_DATA_VERIFY:
    case KIND_DATA_SWITCH:
    case KIND_DATA_CONTRACT: // passes what is done, and makes again what somebody took back
        data_apply(input, task, arena, arguments);
        return true;
    case KIND_CODE_EXPAND:
    case KIND_CODE_CONTRACT:
        add(arena, arguments, "diff", NULL);
        add_root(input, arena, arguments);
        add_stage(task, arena, arguments);
        add(arena, arguments, "--exit-code", "--stat", NULL);
        return true;
    case KIND_PREFLIGHT:
    case KIND_DATA_PLAN:
    case KIND_CODE_VERIFY:
    case KIND_CONTRACT_VERIFY:
    case KIND_API_CHECK:
    case KIND_DEPLOY:
    case KIND_CALLERS:
    case KIND_NO_RETURN:
    case KIND_COUNT: break;
    }
    return false;
}
