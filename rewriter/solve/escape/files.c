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

bool builder_is_fixed(const Program *program, ExprId expr) { return is_fixed(program, expr, 0); }

static ExprId argument_at(const Program *program, const CallFact *call, uint32_t index) {
    return index < call->argument_count
               ? program_argument(program, (ArgumentId){call->first_argument + index})->value
               : FACT_NONE(ExprId);
}

static bool is_shared_file(const Program *program, ExprId expr, int depth, ExprId *path);

static bool is_path(const Program *program, ExprId expr, ExprId *path) {
    *path = expr;
    return is_fixed(program, expr, 0);
}

// open(PATH, "w"), PATH.open("w"), sqlite3.connect(PATH); csv.writer(file) and db.cursor() write to what they are of.
static bool gives_shared_file(const Program *program, const CallFact *call, int depth, ExprId *path) {
    const ExprFact *callee = program_expr(program, call->callee);
    ExprId first = argument_at(program, call, 0);
    bool stays = (call->flags & (CALL_CHANGES | CALL_REMOVES)) == CALL_CHANGES;
    if (stays && (call->flags & CALL_PATH_RECEIVER))
        return callee->kind == EXPR_ATTRIBUTE && is_path(program, callee->base, path);
    if ((call->flags & CALL_OPENS) || (stays && (call->flags & CALL_PATH_FIRST))) return is_path(program, first, path);
    if (fact_is(first) && is_shared_file(program, first, depth + 1, path)) return true;
    return callee->kind == EXPR_ATTRIBUTE && is_shared_file(program, callee->base, depth + 1, path);
}

// EXPR is a file at a fixed path, which stands at *PATH, or a local that has it.
static bool is_shared_file(const Program *program, ExprId expr, int depth, ExprId *path) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_NAME) {
        SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
        BindingId binding =
            fact_is(symbol) ? program_symbol(program, symbol)->first_binding : FACT_NONE(BindingId);
        if (!fact_is(binding) || !fact_is(program_binding(program, binding)->value)) return false;
        row = program_expr(program, program_binding(program, binding)->value);
    }
    if (row->kind == EXPR_AWAIT) row = program_expr(program, row->base);
    return row->kind == EXPR_CALL && depth < DEPTH_LIMIT &&
           gives_shared_file(program, program_call(program, row->call), depth, path);
}

static void add_written(Builder *builder, const CallFact *call, ExprId value, ExprId path) {
    FunctionId function =
        program_scope_function(builder->program, program_expr(builder->program, call->expr)->scope);
    if (!fact_is(function) || !fact_is(value)) return;
    vec_add(&builder->flow->stores, ((FlowStore){.value = flow_expr(builder->program, value),
                                                 .lasting = true,
                                                 .registers = true,
                                                 .at = call->expr,
                                                 .path = path,
                                                 .function = function}));
}

static void add_all_written(Builder *builder, const CallFact *call, ExprId path) {
    for (uint32_t i = 0; i < call->argument_count; i++)
        add_written(builder, call, argument_at(builder->program, call, i), path);
}

static bool prints_to_shared(const Program *program, const CallFact *call, ExprId *path) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *row = program_argument(program, (ArgumentId){call->first_argument + i});
        if (row->kind == ARGUMENT_KEYWORD && str_is(program_name(program, row->name), "file") &&
            is_shared_file(program, row->value, 0, path))
            return true;
    }
    return false;
}

// shelf[key] = value
static void add_items(Builder *builder) {
    const Program *program = builder->program;
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        FunctionId function = program_scope_function(program, binding->scope);
        if (!fact_is(binding->target) || !fact_is(binding->value) || !fact_is(function)) continue;
        const ExprFact *target = program_expr(program, binding->target);
        ExprId path = FACT_NONE(ExprId);
        if (target->kind != EXPR_SUBSCRIPT || !is_shared_file(program, target->base, 0, &path)) continue;
        vec_add(&builder->flow->stores, ((FlowStore){.value = flow_expr(program, binding->value),
                                                     .lasting = true,
                                                     .registers = true,
                                                     .key = target->first_child,
                                                     .at = binding->target,
                                                     .path = path,
                                                     .binding = {i},
                                                     .function = function}));
    }
}

void builder_add_files(Builder *builder) {
    const Program *program = builder->program;
    add_items(builder);
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        const ExprFact *callee = program_expr(program, call->callee);
        ExprId path = FACT_NONE(ExprId);
        if ((call->flags & CALL_WRITES) && callee->kind == EXPR_ATTRIBUTE &&
            ((call->flags & CALL_OPENS) ? is_path(program, callee->base, &path)
                                        : is_shared_file(program, callee->base, 0, &path)))
            add_all_written(builder, call, path);
        if ((call->flags & CALL_WRITES_TO) && call->argument_count > 1 &&
            is_shared_file(program, argument_at(program, call, 1), 0, &path))
            add_written(builder, call, argument_at(program, call, 0), path);
        if ((call->flags & CALL_PRINTS) && prints_to_shared(program, call, &path)) add_all_written(builder, call, path);
    }
}
