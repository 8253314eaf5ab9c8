// Files as places that outlive a context: what is written to a path that is the same for all tenants is
// there for the next one. Comes in: calls that open and write, as the front end says. Goes out: stores.
//
//     STATE = Path("state.json")
//     STATE.write_text(render(user))                a store
//     with open("last.txt", "w") as file:
//         file.write(user.name)                     a store
//     open(f"{tenant}.txt", "w")                    none: nothing is known of the path
#include "solve/escape/build.h"

#include "base/bug.h"

enum { DEPTH_LIMIT = 8 }; // a path of a path of ...

static bool is_fixed(const Program *program, ExprId expr, int depth);

static bool are_fixed(const Program *program, ExprId first, int depth) {
    for (; fact_is(first); first = program_expr(program, first)->next_sibling)
        if (!is_fixed(program, first, depth)) return false;
    return true;
}

// A name that is bound once, to what is fixed.
static bool is_fixed_name(const Program *program, ExprId expr, int depth) {
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (!fact_is(symbol)) return false;
    const SymbolFact *row = program_symbol(program, symbol);
    const BindingFact *binding = program_binding(program, row->first_binding);
    if (!fact_is(row->first_binding) || !fact_same(row->first_binding, row->last_binding))
        return false;
    if (binding->kind == BINDING_IMPORT)
        return true; // a module, or something of one outside the tree
    return binding->kind == BINDING_ASSIGN && binding->element == -1 && fact_is(binding->value) &&
           is_fixed(program, binding->value, depth + 1);
}

// os.path.join("data", NAME), Path("data"), str(PATH): what code outside the tree makes of fixed things.
static bool is_fixed_call(const Program *program, const ExprFact *row, int depth) {
    const CallFact *call = program_call(program, row->call);
    const ExprFact *callee = program_expr(program, call->callee);
    if (row_count(program_call_edges(program, row->call))) return false;
    if (callee->kind == EXPR_ATTRIBUTE && !is_fixed(program, callee->base, depth + 1)) return false;
    for (uint32_t i = 0; i < call->argument_count; i++)
        if (!is_fixed(program,
                      program_argument(program, (ArgumentId){call->first_argument + i})->value,
                      depth + 1))
            return false;
    return true;
}

static bool is_fixed(const Program *program, ExprId expr, int depth) {
    const ExprFact *row = program_expr(program, expr);
    if (!fact_is(expr) || depth > DEPTH_LIMIT) return false;
    switch ((ExprKind)row->kind) {
    case EXPR_NUMBER:
    case EXPR_NONE:
    case EXPR_TRUTH:
    case EXPR_ELLIPSIS: return true;
    case EXPR_STRING:
    case EXPR_OTHER:
    case EXPR_TUPLE:
    case EXPR_LIST:
        return are_fixed(program, row->first_child, depth + 1) &&
               (row->kind != EXPR_OTHER || row->operator_ == OPERATOR_ARITHMETIC);
    case EXPR_NAME: return is_fixed_name(program, expr, depth);
    case EXPR_ATTRIBUTE:
        return fact_is(program_symbol_of(program, expr)) ? is_fixed_name(program, expr, depth)
                                                         : is_fixed(program, row->base, depth + 1);
    case EXPR_SUBSCRIPT: return is_fixed(program, row->base, depth + 1);
    case EXPR_CALL: return is_fixed_call(program, row, depth);
    case EXPR_AWAIT: return is_fixed(program, row->base, depth + 1);
    case EXPR_STAR:
    case EXPR_SET:
    case EXPR_DICT:
    case EXPR_CHOICE:
    case EXPR_UNION:
    case EXPR_LIST_COMPREHENSION:
    case EXPR_SET_COMPREHENSION:
    case EXPR_DICT_COMPREHENSION:
    case EXPR_GENERATOR:
    case EXPR_LAMBDA:
    case EXPR_WALRUS:
    case EXPR_YIELD: break;
    }
    return false;
}

static ExprId argument_at(const Program *program, const CallFact *call, uint32_t index) {
    return index < call->argument_count
               ? program_argument(program, (ArgumentId){call->first_argument + index})->value
               : FACT_NONE(ExprId);
}

// EXPR is the file that an open() of a fixed path gives, or a local that has it.
static bool is_shared_file(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_NAME) {
        SymbolId symbol = program_symbol_of(program, expr);
        BindingId binding =
            fact_is(symbol) ? program_symbol(program, symbol)->first_binding : FACT_NONE(BindingId);
        if (!fact_is(binding) || !fact_is(program_binding(program, binding)->value)) return false;
        row = program_expr(program, program_binding(program, binding)->value);
    }
    if (row->kind == EXPR_AWAIT) row = program_expr(program, row->base);
    if (row->kind != EXPR_CALL) return false;
    const CallFact *call = program_call(program, row->call);
    return (call->flags & CALL_OPENS) && is_fixed(program, argument_at(program, call, 0), 0);
}

static void add_written(Builder *builder, const CallFact *call, ExprId value) {
    FunctionId function =
        program_scope_function(builder->program, program_expr(builder->program, call->expr)->scope);
    if (!fact_is(function) || !fact_is(value)) return;
    vec_add(&builder->flow->stores, ((FlowStore){.value = flow_expr(builder->program, value),
                                                 .lasting = true,
                                                 .registers = true,
                                                 .at = call->expr,
                                                 .function = function}));
}

void builder_add_files(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        const ExprFact *callee = program_expr(program, call->callee);
        if ((call->flags & CALL_WRITES) && callee->kind == EXPR_ATTRIBUTE &&
            ((call->flags & CALL_OPENS) ? is_fixed(program, callee->base, 0)
                                        : is_shared_file(program, callee->base)))
            add_written(builder, call, argument_at(program, call, 0));
        if ((call->flags & CALL_WRITES_TO) && call->argument_count > 1 &&
            is_shared_file(program, argument_at(program, call, 1)))
            add_written(builder, call, argument_at(program, call, 0));
    }
}
