// What is known by name of functions and methods outside the tree: who keeps what they are given.
#ifndef WEFT_PYTHON_RESOLVE_KEEPING_NAMES_H
#define WEFT_PYTHON_RESOLVE_KEEPING_NAMES_H

#include "base/str.h"

// CallFlags of a function or class by its dotted name, "functools.partial"; 0 when nothing is known of it.
uint32_t keeping_flags_of_function(Str dotted);
// CallFlags of a method of who knows what, by its own name; 0 when nothing is known of it.
uint32_t keeping_flags_of_method(Str name);

// A name that nothing is known of may say it all the same: set_default, addLevelName. Does METHOD's receiver keep the
// arguments; does the process, for a function of a module? There put(...) or insert(...) by itself may be anything.
bool keeping_method_says(Str name);
bool keeping_function_says(Str name);

// What stands behind the last dot.
Str keeping_last_part(Str dotted);

#endif
