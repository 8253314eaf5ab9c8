// Which value of a name something is put into, where the function has bound the name anew before. Comes in: names in the
// text. Goes out: the node of that value. Must fall back on the name itself wherever another binding may count.
//
//     def shift(recent, line):       recent may be a list that all share
//         recent = [line, *recent]
//         recent.append(line)        the new list
#include "base/bug.h"
#include "solve/escape/build.h"

void builder_index_rebound(Builder *builder) {
    const Program *program = builder->program;
    builder->bound_elsewhere = memory_alloc_zeroed(program_symbol_count(program) + 1, sizeof *builder->bound_elsewhere);
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        SymbolId symbol = program_binding(program, (BindingId){i})->symbol;
        if (fact_is(symbol) && (program_symbol(program, symbol)->flags & (SYMBOL_NONLOCAL | SYMBOL_GLOBAL)))
            builder->bound_elsewhere[flow_meant(program, symbol).index] = true;
    }
}

// Runs whenever the function comes by: a statement of its own block, `name = value`.
static bool is_sure(const Program *program, const BindingFact *binding, ScopeId scope) {
    StatementId around = program_statement(program, binding->statement)->parent;
    bool conditional = fact_is(around) && program_statement(program, around)->kind != STATEMENT_FUNCTION;
    return !conditional && binding->kind == BINDING_ASSIGN && binding->element == -1 && fact_is(binding->value) &&
           fact_same(binding->scope, scope) && fact_is(binding->target) && !fact_is(program_expr(program, binding->target)->parent);
}

uint32_t builder_place(const Builder *builder, ExprId holder) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, holder);
    uint32_t node = flow_expr(program, holder);
    SymbolId symbol = program_symbol_of(program, holder);
    if (row->kind != EXPR_NAME || !fact_is(symbol) || node != flow_symbol(program, symbol) || builder->bound_elsewhere[symbol.index])
        return node;
    ScopeId scope = program_symbol(program, symbol)->scope;
    if (program_scope(program, scope)->kind != SCOPE_FUNCTION || !fact_same(row->scope, scope)) return node;
    BindingId last = FACT_NONE(BindingId);
    for (BindingId b = program_symbol(program, symbol)->first_binding; fact_is(b); b = program_binding(program, b)->next_of_symbol) {
        const BindingFact *binding = program_binding(program, b);
        if (binding->start < row->start && is_sure(program, binding, scope))
            last = b;
        else if (fact_is(last))
            return node; // one more behind it
    }
    return fact_is(last) ? flow_expr(program, program_binding(program, last)->value) : node;
}
