// How a project's own tools want its text: what weft writes fits it.
#ifndef WEFT_SOURCE_PROJECT_STYLE_H
#define WEFT_SOURCE_PROJECT_STYLE_H

#include <stdbool.h>
#include "base/str.h"

typedef struct ProjectStyle {
    uint32_t line_limit; // characters that a line may have; 0: nobody says
    uint32_t c_line_limit; // the same of C, in columns
    bool single_quotes;  // of strings; else double ones
    bool sorts_imports;  // isort, or ruff in its place, keeps them in groups
} ProjectStyle;

// What the project below ROOT says in pyproject.toml, ruff.toml, .ruff.toml, what commands of .pre-commit-config.yaml,
// tox.ini, Makefile, noxfile.py, justfile or a workflow tell a formatter, setup.cfg, tox.ini, .flake8 or .editorconfig, the first that
// says each; else black's own limit where the project is developed with it. isort may have .isort.cfg. For C it asks
// .clang-format and .editorconfig. Files that cannot be read say nothing.
ProjectStyle project_style_read(Str root);

#endif
