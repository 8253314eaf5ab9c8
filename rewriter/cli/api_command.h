// The words of `weft api`. argv[0] is "api", argv[1] the word; the result is the exit status.
#ifndef WEFT_CLI_API_COMMAND_H
#define WEFT_CLI_API_COMMAND_H

int api_diff(int argc, char **argv); // `check` too
int api_show(int argc, char **argv); // `usage`, `report` and `timeline`

#endif
