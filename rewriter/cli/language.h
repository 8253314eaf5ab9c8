// The language that weft speaks to people: English, or Chinese from the catalogue that is part of the program.
#ifndef WEFT_CLI_LANGUAGE_H
#define WEFT_CLI_LANGUAGE_H

#include <stdbool.h>

// The values of --lang.
typedef enum SpokenLanguage { SPOKEN_ENGLISH, SPOKEN_CHINESE, SPOKEN_COUNT } SpokenLanguage;
extern const char *const LANGUAGE_NAMES[SPOKEN_COUNT];

// What the environment asks for, as gettext reads it: LANGUAGE, a list; else the first that is set of LC_ALL,
// LC_MESSAGES and LANG. LANGUAGE does not count where that one is "C" or "POSIX".
SpokenLanguage language_of_environment(void);

// What --lang says among the words of a command line, which no table has read yet; else what the environment asks for.
// Messages of the whole run are in it.
void language_begin(int argc, char **argv);

// What a table has read behind --lang.
void language_choose(SpokenLanguage language);

// What a client of the run says of itself ("zh-cn"), unless --lang said it.
void language_suggest(const char *tag);

// From here on all is English, whatever is asked for: what programs read is the same everywhere.
void language_for_programs(void);

#endif
