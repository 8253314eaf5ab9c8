// `weft migrate run`, `resume` and `rollback`; `pause` and `cancel`, which ask another weft to stop.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/message.h"
#include "cli/exit.h"
#include "cli/migrate_command.h"
#include "manage/view.h"
#include "source/utf8.h"

enum { MOST_BYTES = 1 << 20 };

static int status_of(ManageResult result) {
    switch (result) {
    case MANAGE_DONE: return EXIT_DONE;
    case MANAGE_WAITING: return EXIT_INTERRUPTED;
    case MANAGE_FAILED: return EXIT_FOUND;
    case MANAGE_REFUSED: break;
    }
    return EXIT_WRONG;
}

static bool refuse(Diagnostics *diagnostics, const char *what, const char *help) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E615, SPAN_NONE, "%s", what);
    diagnostic_help(diagnostics, "%s", help);
    return false;
}

// ---- run and resume ------------------------------------------------------------------------------

static bool read_plan(Manager *manager, const MigrateOptions *options, Diagnostics *diagnostics) {
    Str bytes;
    if (options->plan.length == 0)
        return (manager->has_plan && manager->state.begun) ||
               refuse(diagnostics, "no migration of this tree has begun",
                      "`weft migrate plan -o FILE` makes a plan, `weft migrate run --plan FILE` "
                      "begins");
    if (file_read(&manager->arena, options->plan, MOST_BYTES, &bytes, NULL) != FILE_OK ||
        utf8_valid_length(bytes) < bytes.length) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E614, SPAN_NONE,
                       "'%.*s' cannot be read, is no UTF-8, or is larger than 1 MiB",
                       STR_ARG(options->plan));
        return false;
    }
    return manager_begin(manager, options->plan, bytes);
}

static bool check_approvals(const Manager *manager, const MigrateOptions *options,
                            Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < options->approvals.count; i++) {
        uint32_t task;
        Str id = options->approvals.items[i];
        if (graph_find(&manager->plan.graph, id, &task) &&
            manager->plan.graph.tasks.items[task].flags & TASK_GATE)
            continue;
        diagnostic_add(diagnostics, DIAGNOSTIC_E615, SPAN_NONE,
                       "'%.*s' is no task of this plan that waits for a person", STR_ARG(id));
        return false;
    }
    return true;
}

static bool may_go_on(const Manager *manager, Diagnostics *diagnostics) {
    if (manager->state.undone)
        return refuse(diagnostics, "this migration was taken back",
                      "`weft migrate run --plan FILE` begins another one");
    if (manager->state.undoing)
        return refuse(diagnostics, "this migration is being taken back",
                      "`weft migrate rollback` goes on with that");
    return !manager->state.cancelled ||
           refuse(diagnostics, "this migration was cancelled",
                  "`weft migrate rollback` takes back what it did; `weft migrate run --plan FILE` "
                  "begins anew, and passes what is done");
}

static void say_next(const Manager *manager) {
    StrBuf text = {0};
    status_write_waiting(manager, &text);
    printf("%.*s", STR_ARG(strbuf_str(&text)));
    strbuf_release(&text);
}

int migrate_run(const MigrateOptions *options, Diagnostics *diagnostics) {
    Manager manager;
    ManageResult result = MANAGE_REFUSED;
    bool good = manager_open(&manager, options->root, true, diagnostics);
    bool resumed = good && manager.state.begun;
    good = good && read_plan(&manager, options, diagnostics) &&
           check_approvals(&manager, options, diagnostics) && may_go_on(&manager, diagnostics);
    if (good) {
        manager.quiet = options->base.verbosity < 0;
        manager.approvals = options->approvals;
        result = manager_run(&manager, resumed);
        if (!manager.quiet) say_next(&manager);
        if (result == MANAGE_WAITING && manager.state.paused)
            message_print(stderr, "weft: paused at a safe point; `weft migrate resume` goes on, "
                                  "`weft migrate rollback` takes back\n");
    }
    manager_close(&manager);
    return status_of(result);
}

int migrate_rollback(const MigrateOptions *options, Diagnostics *diagnostics) {
    Manager manager;
    ManageResult result = MANAGE_REFUSED;
    if (manager_open(&manager, options->root, true, diagnostics)) {
        manager.quiet = options->base.verbosity < 0;
        manager.discard_tenants = options->discard_tenants;
        manager.restore = options->restore;
        result = manager_rollback(&manager);
    }
    manager_close(&manager);
    return status_of(result);
}

// ---- pause and cancel ----------------------------------------------------------------------------

// Nothing runs: that it shall not go on is noted here.
static bool cancel_idle(Manager *manager, const MigrateOptions *options, Diagnostics *diagnostics) {
    manager_close(manager);
    if (!manager_open(manager, options->root, true, diagnostics)) return false;
    if (!manager->state.begun || manager->state.undone)
        return refuse(diagnostics, "there is no migration of this tree to cancel",
                      "`weft migrate status` says what was done");
    return record_add(&manager->site, &manager->record, diagnostics, "cancelled", NULL);
}

int migrate_ask(const MigrateOptions *options, Diagnostics *diagnostics) {
    Manager manager;
    bool cancel = options->word == MIGRATE_WORD_CANCEL;
    bool good = manager_open(&manager, options->root, false, diagnostics);
    if (good && site_is_locked(&manager.site)) {
        good = site_ask(&manager.site, cancel ? SITE_CANCEL : SITE_PAUSE, diagnostics);
        if (good && options->base.verbosity >= 0)
            message_print(stdout, "it stops behind the batch or file at hand\n");
    } else if (good && cancel) {
        good = cancel_idle(&manager, options, diagnostics);
        if (good && options->base.verbosity >= 0)
            message_print(stdout, "cancelled; `weft migrate rollback` takes back what was done\n");
    } else if (good) {
        good = refuse(diagnostics, "no weft carries a migration of this tree out now",
                      "`weft migrate status` says how far it is");
    }
    manager_close(&manager);
    return good ? EXIT_DONE : EXIT_WRONG;
}
