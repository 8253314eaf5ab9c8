// In: an edge of the call graph, and the forwarders of the rules. Out: whether it hands a function over.
#include "program/forward.h"

#include "program/name.h"
#include "program/rows.h"

const ForwarderRule *program_sender(const Program *program, const EdgeFact *edge) {
    if (!edge->sends) return NULL;
    Str dotted = program_name(program, program_call(program, edge->call)->dotted);
    for (uint32_t i = 0; i < program->rules->forwarders.count; i++) {
        const ForwarderRule *rule = &program->rules->forwarders.items[i];
        if (rule->receiver && program_name_matches(program, rule->target.text, dotted)) return rule;
    }
    return NULL;
}

bool program_is_forward(const Program *program, const EdgeFact *edge) {
    if (!fact_is(edge->call)) return false;
    if (edge->sends) return program_sender(program, edge) != NULL;
    const CallFact *call = program_call(program, edge->call);
    Str dotted = program_name(program, call->dotted);
    int32_t position = -1;
    Str keyword = STR_NONE;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument =
            program_argument(program, (ArgumentId){call->first_argument + i});
        if (!fact_same(argument->value, edge->expr)) continue;
        if (argument->kind == ARGUMENT_POSITIONAL) position = (int32_t)i;
        if (argument->kind == ARGUMENT_KEYWORD) keyword = program_name(program, argument->name);
    }
    for (uint32_t i = 0; i < program->rules->forwarders.count; i++) {
        const ForwarderRule *rule = &program->rules->forwarders.items[i];
        bool meant = (position >= 0 && rule->position == position) ||
                     (keyword.length && str_equal(rule->keyword, keyword));
        if (meant && program_name_matches(program, rule->target.text, dotted)) return true;
    }
    return false;
}

bool program_is_inside_forwarder(const Program *program, const EdgeFact *edge) {
    if (edge->kind != EDGE_CALL) return false;
    ExprId callee = program_call(program, edge->call)->callee;
    SymbolId symbol = program_symbol_of(program, callee);
    if (program_expr(program, callee)->kind != EXPR_NAME || !fact_is(symbol)) return false;
    const SymbolFact *row = program_symbol(program, symbol);
    if (!(row->flags & SYMBOL_PARAMETER) || !fact_is(row->first_binding)) return false;
    ParameterId parameter = program_binding(program, row->first_binding)->parameter;
    FunctionId function = program_parameter(program, parameter)->function;
    Str name = program_name(program, program_function(program, function)->qualified);
    for (uint32_t i = 0; i < program->rules->forwarders.count; i++)
        if (program_name_matches(program, program->rules->forwarders.items[i].target.text, name))
            return true;
    return false;
}
