// What dotted names mean that rules and people write: those of paths, or of imports below an import root
// (src.app.config and app.config, where `src` is a root). The only place that compares the texts of
// rules with names of the program.
#ifndef WEFT_PROGRAM_NAME_H
#define WEFT_PROGRAM_NAME_H

#include "program/program.h"

// The row of that name, none when the program has no such thing. A symbol is looked up where it is
// defined; a class or function also by a name that re-exports it.
ModuleId program_find_module(const Program *program, Str dotted);
SymbolId program_find_symbol(const Program *program, Str dotted);
ClassId program_find_class(const Program *program, Str qualified);
FunctionId program_find_function(const Program *program, Str qualified);
// Whether it is the name of any of these but a module.
bool program_defines(const Program *program, Str dotted);
// Whether some file of the tree imports or calls it, wherever it is defined.
bool program_mentions(const Program *program, Str dotted);

// Whether DOTTED, a name of the program or what source calls through its imports, fits PATTERN.
bool program_name_matches(const Program *program, Str pattern, Str dotted);
// Whether it fits one of them.
bool program_names_match(const Program *program, const RuleNames *patterns, Str dotted);
// Whether the two are the same name: WANTED as a rule has it, DOTTED as above.
bool program_is_named(const Program *program, Str wanted, Str dotted);
// Whether DOTTED is PACKAGE or stands below it.
bool program_is_below(const Program *program, Str package, Str dotted);
// DOTTED as imports name it: without the import root that it begins with.
Str program_imported_name(const Program *program, Str dotted);

// Dotted name of a symbol: "src.a.x", "src.a.Class.x", "src.a.function.<locals>.x".
Str program_symbol_name(Arena *arena, const Program *program, SymbolId symbol);

#endif
