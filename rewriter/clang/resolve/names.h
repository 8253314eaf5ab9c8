// What a name means in C: a function or a variable is that of its file, or that of the whole program.
#ifndef WEFT_CLANG_RESOLVE_NAMES_H
#define WEFT_CLANG_RESOLVE_NAMES_H

#include "facts/facts.h"

typedef struct Names {
    Facts *facts;
    bool *seen;         // by FileId: some unit is made of it
    ModuleId *module_of;// by FileId
    Map functions;      // (home, name) -> FunctionId of the definition, else of a declaration; home 0: of the program
    Map variables;      // the same of symbols
    Map inline_functions; // name -> FunctionId: local to some header
    Map macros;         // the same; home 0: of a header
    Map macro_functions; // the same -> FunctionId of the first one that takes arguments
    Map classes;        // name -> ClassId
    Map rows;           // (file, offset of the name) -> FunctionId
} Names;

void names_open(Names *names, Facts *facts);
void names_release(Names *names);

// The function that the file of MARK declares by the name at its place, by whatever form.
FunctionId names_declared(const Names *names, const MarkFact *mark);
// The function that NAME means in MODULE; MARK, which may be NULL, is what the compiler says of that place.
FunctionId names_function(const Names *names, ModuleId module, Name name, const MarkFact *mark);
// The variable or macro that it means; of a parameter its symbol.
SymbolId names_symbol(const Names *names, ModuleId module, ScopeId scope, Name name, const MarkFact *mark);

#endif
