// The commands, one file each. argv[0] is the command's name; the result is the exit status.
#ifndef WEFT_CLI_CMD_H
#define WEFT_CLI_CMD_H

// Each runs a command with the words behind its name, and returns the exit status.
int cmd_scan(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_apply(int argc, char **argv);
int cmd_plan(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_init(int argc, char **argv);
int cmd_rules(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_resume(int argc, char **argv);
int cmd_rollback(int argc, char **argv);
int cmd_prune(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_trust(int argc, char **argv);
int cmd_api(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_data(int argc, char **argv);
int cmd_migrate(int argc, char **argv);
int cmd_preflight(int argc, char **argv);
int cmd_monitor(int argc, char **argv);
int cmd_thread(int argc, char **argv);
int cmd_lsp(int argc, char **argv);
int cmd_cache(int argc, char **argv);
int cmd_watch(int argc, char **argv);
int cmd_facts(int argc, char **argv);

#endif
