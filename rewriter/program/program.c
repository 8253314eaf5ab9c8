// The order in which a program is made. In: resolved facts and rules. Out: the tables that questions are
// answered from.
#include "program/program.h"

#include "program/declare.h"
#include "program/index_table.h"
#include "program/name_table.h"

// What rules name can be found as soon as it is known what imports leave out.
static void find_names(Program *program) {
    name_table_fill(program);
    import_roots_add(&program->roots, program->facts);
}

void program_declare(Facts *facts, const void *rules) {
    Program program = {.facts = facts, .rules = rules};
    find_names(&program);
    declare_parameters(&program, facts);
    program_release(&program);
}

void program_build(Program *program, const Facts *facts, const Rules *rules) {
    *program = (Program){.facts = facts, .rules = rules};
    find_names(program);
    index_fill(program);
}

void program_release(Program *program) {
    name_table_release(program);
    vec_release(&program->roots);
    arena_release(&program->arena);
}
