// What else in a function has the name of the parameter. In: the functions of the program, and what is replaced. Out:
// those in which the parameter would hide something that is read, or be hidden, and the statements that have done
// its work so far:
//
//     def load(key):
//         tenant = app.current()      with --replace 'app.current()' this goes when `tenant` becomes a parameter
#include "solve/signature/spread.h"

ParameterId spread_own_parameter(const Spread *spread, FunctionId function) {
    const FunctionFact *row = program_function(spread->program, function);
    for (uint32_t i = 0; spread->parameter.index && i < row->parameter_count; i++) {
        ParameterId id = {row->first_parameter + i};
        if (name_equal(program_parameter(spread->program, id)->name, spread->parameter)) return id;
    }
    return FACT_NONE(ParameterId);
}

// The statement alone binds the name, and to what is replaced.
static StatementId leading_statement(const Spread *spread, SymbolId symbol) {
    const Program *program = spread->program;
    const SymbolFact *row = program_symbol(program, symbol);
    const BindingFact *binding = program_binding(program, row->first_binding);
    if (!fact_same(row->first_binding, row->last_binding) || binding->kind != BINDING_ASSIGN)
        return FACT_NONE(StatementId);
    const StatementFact *statement = program_statement(program, binding->statement);
    bool alone = statement->kind == STATEMENT_ASSIGN && fact_same(statement->value, binding->value) &&
                 !statement->shares_line && binding->element < 0;
    return alone && spread->goes[binding->value.index] ? binding->statement : FACT_NONE(StatementId);
}

static void look_at_locals(Spread *spread) {
    const Program *program = spread->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionId id = {i};
        SymbolId symbol = program_symbol_in(program, program_function(program, id)->body, spread->parameter);
        if (!fact_is(symbol) || fact_is(spread_own_parameter(spread, id))) continue;
        spread->lead[i] = leading_statement(spread, symbol);
        spread->taken[i] = !fact_is(spread->lead[i]);
    }
}

// The scope in which NAME is bound that EXPR reads; none for a name of the language.
static ScopeId scope_of(const Program *program, ExprId expr) {
    SymbolId symbol = program_symbol_of(program, expr);
    return fact_is(symbol) ? program_symbol(program, symbol)->scope : FACT_NONE(ScopeId);
}

// A read of the name that leads out of functions would find their parameter instead.
static void look_at_reads(Spread *spread) {
    const Program *program = spread->program;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind != EXPR_NAME || !name_equal(expr->name, spread->parameter)) continue;
        FunctionId home = program_scope_function(program, scope_of(program, (ExprId){i}));
        FunctionId around = program_scope_function(program, expr->scope);
        for (; fact_is(around) && !fact_same(around, home);
             around = program_function(program, around)->enclosing)
            spread->taken[around.index] = true;
    }
}

void spread_find_taken(Spread *spread) {
    if (!spread->parameter.index) return;
    look_at_locals(spread);
    look_at_reads(spread);
}

bool spread_is_shadowed(const Spread *spread, FunctionId function, ExprId expr) {
    const Program *program = spread->program;
    ScopeId home = program_function(program, function)->body;
    ScopeId scope = program_expr(program, expr)->scope;
    for (; spread->parameter.index && fact_is(scope) && !fact_same(scope, home);
         scope = program_scope(program, scope)->parent)
        if (program_scope(program, scope)->kind != SCOPE_CLASS &&
            fact_is(program_symbol_in(program, scope, spread->parameter)))
            return true;
    return false;
}
