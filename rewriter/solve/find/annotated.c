// Names that code reads where it uses no object: annotations, and what is only there for checkers of types. Comes in:
// every expression. Goes out: Solver.kept_name, so that a singleton which is read there keeps its name as a stand-in.
//
//     def use(key: store) -> store.rows: ...        store = ambient_instance(get_isolated_store)
#include "solve/solver.h"

void solver_find_annotated(Solver *solver) {
    const Program *program = solver->program;
    const uint32_t places = EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        if (!(program_expr(program, (ExprId){i})->flags & places)) continue;
        SymbolId symbol = program_symbol_of(program, (ExprId){i});
        if (fact_is(symbol)) symbol = program_definition_of(program, symbol);
        if (fact_is(symbol)) solver->kept_name[symbol.index] = true;
    }
}
