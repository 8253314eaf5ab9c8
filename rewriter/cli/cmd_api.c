// `weft api`: finds the word. A command line without one is explained by the parser that all words share.
#include "cli/api_command.h"
#include "cli/api_options.h"
#include "cli/cmd.h"

int cmd_api(int argc, char **argv) {
    ApiWord word = API_WORD_DIFF;
    for (int i = 1; i < argc; i++)
        if (argv[i][0] != '-') {
            (void)api_word_find(argv[i], &word);
            break;
        }
    bool trees = word == API_WORD_DIFF || word == API_WORD_CHECK;
    return trees ? api_diff(argc, argv) : api_show(argc, argv);
}
