// The table of languages: a front end more is a row here. The only file that includes front ends.
#include "cli/languages.h"

#include "clang/clang.h"
#include "python/python.h"

static const Language *const LIST[] = {&language_python, &language_c};

const Languages weft_languages = {LIST, sizeof LIST / sizeof *LIST};
