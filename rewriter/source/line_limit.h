// How long the lines of a project may be.
#ifndef WEFT_SOURCE_LINE_LIMIT_H
#define WEFT_SOURCE_LINE_LIMIT_H

#include "base/str.h"

// What the project below ROOT says in pyproject.toml, ruff.toml, .ruff.toml, setup.cfg, tox.ini, .flake8 or
// .editorconfig, the first that says it: characters. 0 where none does; files that cannot be read say nothing.
uint32_t line_limit_read(Str root);

#endif
