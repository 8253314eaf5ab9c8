// The Python front end, as the driver sees it. Nothing outside this folder knows tree-sitter.
#ifndef WEFT_PYTHON_PYTHON_H
#define WEFT_PYTHON_PYTHON_H

#include "facts/language.h"

extern const Language language_python;

// True for *.py and *.pyi.
bool python_accepts(Str path);
// Language.extract; see facts/language.h.
bool python_extract(const Sources *sources, FileId file, const PatternProgram *patterns,
                    Facts *facts, Diagnostics *diagnostics);
// Language.extract_again.
bool python_extract_again(const Sources *sources, FileId file, const OldText *old, Facts *facts);
// Language.count_errors.
uint32_t python_count_errors(Str text, uint32_t *first_error);
// Language.is_builtin: functions, exceptions, and what modules and class bodies start with.
bool python_is_builtin(Str name);
// Language.is_standard_module: those that come with Python.
bool python_is_standard_module(Str name);

#endif
