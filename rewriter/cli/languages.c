// The table of languages: a front end more is a row here. The only file that includes front ends.
#include "cli/languages.h"

#include "python/python.h"

static const Language *const LIST[] = {&language_python};

const Languages weft_languages = {LIST, sizeof LIST / sizeof *LIST};
