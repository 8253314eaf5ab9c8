// Singletons that strings ask for. Comes in: the accessors of a settled attempt, every string and attribute.
// Goes out: Accessor.keeps_name. Must not take a word that is data for a name.
#include "base/bug.h"
#include "solve/solver.h"

// getattr(shop, "store"), "shop.store", "shop:store": the string asks for what the accessor replaces.
static bool asks_by_string(const Solver *solver, const ExprFact *expr, Str name, Str path) {
    const Program *program = solver->program;
    Str text = program_name(program, expr->name);
    if (str_equal(text, name)) {
        const ExprFact *parent = program_expr(program, expr->parent);
        return fact_is(expr->parent) && parent->kind == EXPR_CALL &&
               (program_name_flags(program, parent->base) & NAME_ASKS);
    }
    if (text.length != path.length || !str_ends_with(text, name)) return false;
    size_t module = path.length - name.length - 1;
    return str_equal(str_slice(text, 0, module), str_slice(path, 0, module)) &&
           (text.data[module] == '.' || text.data[module] == ':');
}

// import_module("shop").store: what is asked of a module that a call gave is known by its name only.
static bool asks_of_call(const Program *program, const ExprFact *expr, Str name) {
    const ExprFact *base = program_expr(program, expr->base);
    return base->kind == EXPR_CALL && str_equal(program_name(program, expr->name), name) &&
           (program_callee_flags(program, base->call) & NAME_LOADS);
}

// The last word of a string, the attribute that is asked for.
static Name asked_name(const Program *program, const ExprFact *expr) {
    if (expr->kind == EXPR_ATTRIBUTE || !expr->name.index) return expr->name;
    Str text = program_name(program, expr->name);
    size_t from = text.length;
    while (from > 0 && str_is_word_byte(text.data[from - 1])) from--;
    return from ? intern_find(program->facts->names, str_slice(text, from, text.length))
                : expr->name;
}

static void keep_asked_name(Solver *solver, Accessor *accessor, uint32_t index) {
    const Program *program = solver->program;
    const ExprFact *expr = program_expr(program, (ExprId){index});
    Str name = program_name(program, program_symbol(program, accessor->symbol)->name);
    bool asked =
        expr->kind == EXPR_STRING
            ? asks_by_string(solver, expr, name, solver_symbol_path(solver, accessor->symbol))
            : !fact_is(program_symbol_of(program, (ExprId){index})) &&
                  asks_of_call(program, expr, name);
    accessor->keeps_name = accessor->keeps_name || asked;
}

// Such a reader needs the old name, as a stand-in.
void solver_keep_asked_names(Solver *solver) {
    const Program *program = solver->program;
    Solution *solution = solver->solution;
    bool *wanted = memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *wanted);
    for (uint32_t a = 1; a < solution->accessors.count; a++)
        wanted[program_symbol(program, solution->accessors.items[a].symbol)->name.index] = true;
    wanted[0] = false;
    for (uint32_t i = 1; solution->accessors.count > 1 && i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind != EXPR_STRING && expr->kind != EXPR_ATTRIBUTE) continue;
        Name asked = asked_name(program, expr);
        for (uint32_t a = 1; wanted[asked.index] && a < solution->accessors.count; a++)
            if (name_equal(program_symbol(program, solution->accessors.items[a].symbol)->name,
                           asked))
                keep_asked_name(solver, &solution->accessors.items[a], i);
    }
    free(wanted);
}
