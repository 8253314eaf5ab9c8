// The commands. In: nothing. Out: rows, each with its options as argp has them. Runs none of them.
#include "cli/commands.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "cli/api_options.h"
#include "cli/cache_options.h"
#include "cli/cmd.h"
#include "cli/data_options.h"
#include "cli/exit.h"
#include "cli/lsp_options.h"
#include "cli/migrate_options.h"
#include "cli/monitor_options.h"
#include "cli/near.h"
#include "cli/preflight_tree.h"
#include "cli/rules_options.h"
#include "cli/runs.h"
#include "cli/trust_options.h"

#define OPTIONS_OF(name, parser)                                                                   \
    static const struct argp *argp_of_##name(void) { return parser; }
OPTIONS_OF(scan, options_argp(COMMAND_SCAN))
OPTIONS_OF(diff, options_argp(COMMAND_DIFF))
OPTIONS_OF(plan, options_argp(COMMAND_PLAN))
OPTIONS_OF(apply, options_argp(COMMAND_APPLY))
OPTIONS_OF(report, options_argp(COMMAND_REPORT))
OPTIONS_OF(status, runs_argp(RUNS_STATUS))
OPTIONS_OF(resume, runs_argp(RUNS_RESUME))
OPTIONS_OF(rollback, runs_argp(RUNS_ROLLBACK))
OPTIONS_OF(prune, runs_argp(RUNS_PRUNE))
OPTIONS_OF(check, options_argp(COMMAND_CHECK))
OPTIONS_OF(verify, options_argp(COMMAND_VERIFY))
OPTIONS_OF(trust, trust_argp())
OPTIONS_OF(init, options_argp(COMMAND_INIT))
OPTIONS_OF(explain, options_argp(COMMAND_EXPLAIN))
OPTIONS_OF(thread, options_argp(COMMAND_THREAD))
OPTIONS_OF(lsp, lsp_argp())
OPTIONS_OF(watch, options_argp(COMMAND_WATCH))
OPTIONS_OF(facts, options_argp(COMMAND_FACTS))
#undef OPTIONS_OF

static const CommandRow COMMANDS[] = {
    {"scan", cmd_scan, "list every access that needs the context", argp_of_scan, NULL},
    {"diff", cmd_diff, "show what would change, as a unified diff", argp_of_diff, NULL},
    {"plan", cmd_plan, "write the change as a plan file, for review and `apply --plan`",
     argp_of_plan, NULL},
    {"apply", cmd_apply, "write the changes, all or nothing", argp_of_apply, NULL},
    {"thread", cmd_thread, "give functions a parameter, and have their callers pass it; without rules",
     argp_of_thread, NULL},
    {"report", cmd_report, "say how much there is to migrate, and how risky it is", argp_of_report,
     NULL},
    {"status", cmd_status, "list what weft has done to the tree, and whether it is finished",
     argp_of_status, NULL},
    {"resume", cmd_resume, "finish what was interrupted", argp_of_resume, NULL},
    {"rollback", cmd_rollback, "take a run back, byte for byte", argp_of_rollback, NULL},
    {"prune", cmd_prune, "forget old runs and what they keep", argp_of_prune, NULL},
    {"check", cmd_check, "fail when the tree breaks a limit: the gate for CI", argp_of_check, NULL},
    {"verify", cmd_verify, "judge a tree after migration, beside the tree before", argp_of_verify,
     NULL},
    {"api", cmd_api, "say what changed in the public interface, who still calls the old one", api_argp,
     "diff check usage report timeline"},
    {"trust", cmd_trust, "allow the commands that a tree's weft.yml names for `verify`",
     argp_of_trust, NULL},
    {"data", cmd_data, "make the database multi-tenant, in phases that can be taken back", data_argp,
     "plan check models apply resume status pause cancel rollback tenant grants"},
    {"preflight", cmd_preflight, "look whether a migration can begin", preflight_argp, NULL},
    {"migrate", cmd_migrate, "carry a whole migration out, task by task, with pauses and a way back",
     migrate_argp, "plan run resume pause cancel rollback status report"},
    {"monitor", cmd_monitor, "say how a migration goes to Prometheus, Grafana and timers", monitor_argp,
     NULL},
    {"init", cmd_init, "look at a tree and write a weft.yml to begin with", argp_of_init, NULL},
    {"rules", cmd_rules, "list, show, check, test, begin and upgrade rule packs", rules_argp,
     "list check test schema new"},
    {"explain", cmd_explain, "say why something is changed, bridged or refused", argp_of_explain,
     NULL},
    {"watch", cmd_watch, "say it again whenever a file is saved", argp_of_watch, NULL},
    {"facts", cmd_facts, "find what stands in a part of the tree, for a plan on another machine", argp_of_facts, NULL},
    {"cache", cmd_cache, "say how much is kept of earlier runs, or remove it", cache_argp, "clear"},
    {"lsp", cmd_lsp, "be a language server for an editor", argp_of_lsp, NULL},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

const CommandRow *commands_all(size_t *count) {
    *count = COMMAND_COUNT;
    return COMMANDS;
}

const CommandRow *commands_find(const char *name) {
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(name, COMMANDS[i].name) == 0) return &COMMANDS[i];
    return NULL;
}

int commands_refuse(const char *name) {
    const char *names[COMMAND_COUNT];
    for (int i = 0; i < COMMAND_COUNT; i++) names[i] = COMMANDS[i].name;
    message_print(stderr, "weft: error[E902]: unknown command '%s'\n", name);
    const char *near = near_word(name, names, COMMAND_COUNT);
    if (near != NULL) message_print(stderr, "help: did you mean '%s'?\n", near);
    message_print(stderr, "help: 'weft --help' lists the commands\n");
    return EXIT_WRONG;
}

static void add_options(const struct argp *argp, OptionRows *rows) {
    for (const struct argp_option *option = argp->options;
         option != NULL && (option->name != NULL || option->key != 0 || option->doc != NULL);
         option++) {
        bool is_header = option->name == NULL && option->key == 0;
        if (is_header || option->flags & OPTION_HIDDEN) continue;
        bool has_letter = option->key > 0 && option->key < 128 && isprint(option->key);
        vec_add(rows, ((OptionRow){has_letter ? (char)option->key : '\0', option->name, option->arg,
                                   option->doc}));
    }
    for (const struct argp_child *child = argp->children; child != NULL && child->argp; child++)
        add_options(child->argp, rows);
}

void commands_options(const CommandRow *command, OptionRows *rows) {
    add_options(command->argp(), rows);
    vec_add(rows, ((OptionRow){'h', "help", NULL, "show this help"}));
}
