// The order in which a program is made. In: extracted facts and rules. Out: resolved facts and the tables
// that questions are answered from.
#include "program/program.h"

#include "program/declare.h"
#include "program/index_table.h"
#include "program/name_table.h"

typedef struct Maker {
    Program *program;
    Facts *facts; // the same that the program only reads
} Maker;

// What rules name can be found as soon as it is known what imports leave out.
static void declare(void *data) {
    Maker *maker = data;
    import_roots_add(&maker->program->roots, maker->facts);
    declare_parameters(maker->program, maker->facts);
}

void program_build(Program *program, Facts *facts, const Rules *rules, const Language *language) {
    *program = (Program){.facts = facts, .rules = rules};
    Maker maker = {program, facts};
    name_table_fill(program);
    language->resolve(facts, declare, &maker);
    index_fill(program);
}

void program_release(Program *program) {
    name_table_release(program);
    vec_release(&program->roots);
    arena_release(&program->arena);
}
