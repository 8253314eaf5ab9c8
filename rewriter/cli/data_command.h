// The words of `weft data`. argv[0] is the word; the result is the exit status.
#ifndef WEFT_CLI_DATA_COMMAND_H
#define WEFT_CLI_DATA_COMMAND_H

// The words of `weft data`, in the same way.
int data_plan(int argc, char **argv);
int data_check(int argc, char **argv);
int data_models(int argc, char **argv);
int data_apply(int argc, char **argv); // `resume` too
int data_rollback(int argc, char **argv);
int data_status(int argc, char **argv);
int data_grants(int argc, char **argv);
int data_tenant(int argc, char **argv);
int data_ask(int argc, char **argv); // `pause` and `cancel`

#endif
