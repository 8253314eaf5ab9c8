// Whether a file that is written lies at a path that a rule puts elsewhere for each tenant. Comes in: the expression that
// gives the path. Goes out: whether an access is replaced in it.
//
//     PICTURES = Path("data/pictures")              with a rule for that path:
//     (PICTURES / name).write_bytes(picture)        becomes tenant_path(PICTURES, ...) / name, and is no shared file
#include "solve/escape/places.h"

enum { DEPTH_LIMIT = 8 }; // a path of a path of ...

static bool is_own_path(const Places *places, ExprId path, int depth) {
    const Program *program = places->solver->program;
    if (!fact_is(path) || depth > DEPTH_LIMIT) return false;
    if (places->replaced[path.index]) return true;
    const ExprFact *row = program_expr(program, path);
    if (row->kind == EXPR_CALL) {
        const CallFact *call = program_call(program, row->call);
        for (uint32_t i = 0; i < call->argument_count; i++)
            if (is_own_path(places, program_argument(program, (ArgumentId){call->first_argument + i})->value, depth + 1))
                return true;
        return is_own_path(places, call->callee, depth + 1);
    }
    if (row->kind == EXPR_NAME) {
        SymbolId symbol = flow_meant(program, program_symbol_of(program, path));
        BindingId first = fact_is(symbol) ? program_symbol(program, symbol)->first_binding : FACT_NONE(BindingId);
        return fact_is(first) && is_own_path(places, program_binding(program, first)->value, depth + 1);
    }
    for (ExprId child = row->first_child; fact_is(child); child = program_expr(program, child)->next_sibling)
        if (is_own_path(places, child, depth + 1)) return true;
    return is_own_path(places, row->base, depth + 1);
}

bool places_is_own_path(const Places *places, ExprId path) { return is_own_path(places, path, 0); }
