// What a call runs a method of. In: facts with names resolved. Out: the object, and the name of the method.
//
//     rows.append(x)                       rows, append
//     remember = rows.append               a name that nothing else is bound to
//     remember(x)                          rows, append
//     getattr(rows, "append")(x)           rows, append
#include "facts/called_method.h"

#include "facts/language.h"

// The only value that the name EXPR ever has; none when there are several, or none is known.
static ExprId only_value(const Facts *facts, ExprId expr) {
    if (expr.index >= facts->expr_symbols.count) return FACT_NONE(ExprId);
    SymbolId symbol = facts->expr_symbols.items[expr.index];
    if (!fact_is(symbol)) return FACT_NONE(ExprId);
    SymbolId meant = facts->symbol_definitions.items[symbol.index];
    const SymbolFact *row = facts_symbol(facts, fact_is(meant) ? meant : symbol);
    const BindingFact *binding = facts_binding(facts, row->first_binding);
    bool once = fact_same(row->first_binding, row->last_binding) && binding->kind == BINDING_ASSIGN;
    return once && binding->element == -1 ? binding->value : FACT_NONE(ExprId);
}

static ExprId argument_at(const Facts *facts, const CallFact *call, uint32_t index) {
    return index < call->argument_count ? facts_argument(facts, (ArgumentId){call->first_argument + index})->value
                                        : FACT_NONE(ExprId);
}

bool facts_called_method(const Facts *facts, ExprId callee, ExprId *object, Str *name) {
    const ExprFact *row = facts_expr(facts, callee);
    if (row->kind == EXPR_NAME) {
        callee = only_value(facts, callee);
        row = facts_expr(facts, callee);
    }
    if (row->kind == EXPR_ATTRIBUTE) {
        *object = row->base;
        *name = facts_name(facts, row->name);
        return true;
    }
    if (row->kind != EXPR_CALL) return false;
    const CallFact *inner = facts_call(facts, row->call);
    const ExprFact *asked = facts_expr(facts, argument_at(facts, inner, 1));
    bool literal = asked->kind == EXPR_STRING && !fact_is(asked->first_child);
    if (!literal || !(facts_name_flags(facts, inner->module, inner->dotted) & NAME_READS)) return false;
    *object = argument_at(facts, inner, 0);
    *name = facts_name(facts, asked->name);
    return true;
}
