// Paths, followed backward over the flow graph; see path_origin.h. Comes in: how the front end says that paths are
// joined (CALL_JOINS and the like), and settled sinks. Goes out: bits, with where the beginning of the path stands.
// Calls and returns are matched one call deep: what a helper gives of its argument is that of the call at hand.
#include "solve/escape/path_origin.h"

#include "base/bug.h"
#include "solve/escape/places.h"
#include "solve/escape/shared.h"

enum { DEPTH_LIMIT = 96, HINT_DEPTH = 8 };

// What is asked: of a node itself, or of what is in it.
typedef struct Ask {
    bool container;
    CallId call; // whose result it is, and whose arguments count; none: those of all calls
    int depth;
} Ask;

static const PathOrigin OTHER = {.bits = PATH_OTHER};

static PathOrigin ask(Paths *paths, uint32_t node, Ask how);

static Ask deeper(Ask how) { return (Ask){false, how.call, how.depth + 1}; }

static PathOrigin ask_expr(Paths *paths, ExprId expr, Ask how) {
    return fact_is(expr) ? ask(paths, flow_expr(paths->solver->program, expr), deeper(how)) : OTHER;
}

static PathOrigin ask_container(Paths *paths, ExprId expr, Ask how) {
    return ask(paths, flow_expr(paths->solver->program, expr), (Ask){true, how.call, how.depth + 1});
}

static void add_to(PathOrigin *all, PathOrigin one) {
    if (!fact_is(all->root) && (one.bits & PATH_FIXED)) all->root = one.root;
    all->bits |= one.bits;
}

static bool is_own(const Paths *paths, ExprId expr) {
    uint32_t found;
    return map_get(&paths->own, expr.index, &found);
}

// ---- parts of a path ---------------------------------------------------------------------------------
// Something in the text of EXPR is made for this once, or names the tenant: f"{md5(context.tenant_id)}-{uuid4()}".
static uint32_t hint(const Paths *paths, ExprId expr, int depth) {
    const Program *program = paths->solver->program;
    if (!fact_is(expr) || depth > HINT_DEPTH) return 0;
    const ExprFact *row = program_expr(program, expr);
    uint32_t bits = is_own(paths, expr) ? PATH_TENANT : 0;
    if (row->kind == EXPR_CALL) {
        const CallFact *call = program_call(program, row->call);
        if (call->flags & CALL_UNIQUE) bits |= PATH_UNIQUE;
        for (uint32_t i = 0; i < call->argument_count; i++)
            bits |= hint(paths, program_argument(program, (ArgumentId){call->first_argument + i})->value, depth + 1);
    }
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (row->kind == EXPR_NAME && fact_is(symbol)) {
        const SymbolFact *meant = program_symbol(program, symbol);
        const BindingFact *binding = program_binding(program, meant->first_binding);
        bool once = fact_same(meant->first_binding, meant->last_binding);
        if (once && binding->kind == BINDING_ASSIGN) bits |= hint(paths, binding->value, depth + 1);
    }
    if (fact_is(row->base)) bits |= hint(paths, row->base, depth + 1);
    for (ExprId child = row->first_child; fact_is(child); child = program_expr(program, child)->next_sibling)
        bits |= hint(paths, child, depth + 1);
    return bits;
}

// Whether a part that may come from several places does so in each of them.
static uint32_t part_bits(Paths *paths, ExprId expr, Ask how) {
    const uint32_t asked = PATH_TENANT | PATH_UNIQUE;
    if (places_names_tenant(paths->solver, expr)) return PATH_TENANT;
    uint32_t found = ask_expr(paths, expr, how).bits;
    if (found & (PATH_OTHER | PATH_FIXED)) found = 0;
    return (found | hint(paths, expr, 0)) & asked;
}

// A path that begins with BEGINNING, and has PARTS behind it.
static PathOrigin joined(PathOrigin beginning, uint32_t parts) {
    const uint32_t ends = PATH_FIXED | PATH_UNIQUE | PATH_OTHER;
    if (parts & PATH_TENANT)
        beginning.bits = (beginning.bits & ~ends) | PATH_TENANT;
    else if (parts & PATH_UNIQUE)
        beginning.bits = (beginning.bits & ~(uint32_t)(PATH_FIXED | PATH_OTHER)) | PATH_UNIQUE;
    return beginning;
}

static uint32_t children_bits(Paths *paths, ExprId first, Ask how) {
    uint32_t bits = 0;
    for (; fact_is(first); first = program_expr(paths->solver->program, first)->next_sibling)
        bits |= part_bits(paths, first, how);
    return bits;
}

// ---- kinds of expressions ----------------------------------------------------------------------------
static PathOrigin of_operands(Paths *paths, const ExprFact *row, Ask how) {
    PathOrigin beginning = ask_expr(paths, row->first_child, how);
    ExprId rest = program_expr(paths->solver->program, row->first_child)->next_sibling;
    return joined(beginning, fact_is(row->first_child) ? children_bits(paths, rest, how) : 0);
}

// "/" + path begins as anything may.
static bool is_separators(Str text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != '/' && text.data[i] != '.' && text.data[i] != '\\') return false;
    return true;
}

// "data/x", f"data/{x}", f"{ROOT}/x": what stands before the first part, quotes left out, is its beginning.
static PathOrigin of_string(Paths *paths, ExprId expr, const ExprFact *row, Ask how) {
    const Program *program = paths->solver->program;
    uint32_t end = fact_is(row->first_child) ? program_expr(program, row->first_child)->start - 1 : row->end - 1;
    if (end <= row->start) return OTHER; // a type in quotes, whose parts have its place
    Str text = program_text(program, program_expr_module(program, expr), row->start, end);
    size_t at = 0;
    while (at < text.length && text.data[at] != '"' && text.data[at] != '\'') at++;
    while (at < text.length && (text.data[at] == '"' || text.data[at] == '\'')) at++;
    if (at >= text.length)
        return fact_is(row->first_child) ? of_operands(paths, row, how) : OTHER;
    Str beginning = str_slice(text, at, text.length);
    if (is_separators(beginning)) return OTHER;
    uint32_t made = str_find(beginning, '/') >= 0 ? PATH_MADE : 0;
    return joined((PathOrigin){PATH_FIXED | made, expr}, children_bits(paths, row->first_child, how));
}

static uint32_t arguments_bits(Paths *paths, const CallFact *call, uint32_t from, Ask how) {
    uint32_t bits = 0;
    for (uint32_t i = from; i < call->argument_count; i++) {
        ArgumentId argument = {call->first_argument + i};
        bits |= part_bits(paths, program_argument(paths->solver->program, argument)->value, how);
    }
    return bits;
}

static PathOrigin of_call(Paths *paths, ExprId expr, const ExprFact *row, Ask how) {
    const Program *program = paths->solver->program;
    const CallFact *call = program_call(program, row->call);
    const ExprFact *callee = program_expr(program, call->callee);
    if (call->flags & CALL_UNIQUE) return (PathOrigin){.bits = PATH_UNIQUE};
    if (call->flags & CALL_SAME) return (PathOrigin){PATH_FIXED, expr};
    if ((call->flags & (CALL_JOINS | CALL_SHORTENS)) && call->argument_count) {
        ArgumentId first = {call->first_argument};
        PathOrigin beginning = ask_expr(paths, program_argument(program, first)->value, how);
        beginning.bits |= PATH_MADE;
        return joined(beginning, arguments_bits(paths, call, 1, how));
    }
    if (callee->kind != EXPR_ATTRIBUTE) return OTHER;
    if (call->flags & CALL_JOINS_RECEIVER)
        return joined(ask_expr(paths, callee->base, how), arguments_bits(paths, call, 0, how));
    if (call->flags & CALL_GIVES_PART)
        return ask_container(paths, callee->base, how);
    return OTHER;
}

// os.environ, __file__: of a module outside the tree, or of the language.
static bool is_outside(const Program *program, ExprId expr) {
    while (program_expr(program, expr)->kind == EXPR_ATTRIBUTE) expr = program_expr(program, expr)->base;
    if (program_expr(program, expr)->kind != EXPR_NAME) return false;
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    return !fact_is(symbol) ||
           program_binding(program, program_symbol(program, symbol)->first_binding)->kind == BINDING_IMPORT;
}

// What an object keeps that a rule gives each tenant its own of.
static bool is_of_own_object(const Paths *paths, const ExprFact *row) {
    const Program *program = paths->solver->program;
    const ClassReference *reference;
    return row->kind == EXPR_ATTRIBUTE &&
           flow_class_at(&paths->solver->flow, program, row->base, 0, &reference) && reference->instance &&
           paths->own_class[reference->klass.index];
}

// x.part of something that each tenant has its own of.
static bool is_read_of_own(const Paths *paths, ExprId expr) {
    const Program *program = paths->solver->program;
    for (int i = 0; i < HINT_DEPTH && fact_is(expr); i++) {
        if (is_own(paths, expr)) return true;
        const ExprFact *row = program_expr(program, expr);
        SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
        if (row->kind == EXPR_ATTRIBUTE || row->kind == EXPR_SUBSCRIPT) {
            expr = row->base;
        } else if (row->kind == EXPR_NAME && fact_is(symbol)) {
            const SymbolFact *meant = program_symbol(program, symbol);
            if (!fact_same(meant->first_binding, meant->last_binding)) return false;
            expr = program_binding(program, meant->first_binding)->value;
        } else if (row->kind == EXPR_CALL) {
            const ExprFact *callee = program_expr(program, row->base);
            expr = callee->kind == EXPR_ATTRIBUTE ? callee->base : FACT_NONE(ExprId);
        } else {
            return false;
        }
    }
    return false;
}

// A function that the rules call shared gives it.
static bool calls_shared(const Solver *solver, const ExprFact *row) {
    const Program *program = solver->program;
    if (row->kind != EXPR_CALL || !program->rules->shared_state.count) return false;
    for (RowList edges = program_call_edges(program, row->call); edges.at < edges.end; edges.at++) {
        FunctionId callee = program_edge(program, *edges.at)->callee;
        if (fact_is(callee) && program_names_match(program, &program->rules->shared_state,
                                                   program_name(program, program_function(program, callee)->qualified)))
            return true;
    }
    return false;
}

// What the place says by itself, whatever gets there.
static uint32_t said_by(const Paths *paths, ExprId expr) {
    uint8_t kind = program_expr(paths->solver->program, expr)->kind;
    if (is_read_of_own(paths, expr) || is_of_own_object(paths, program_expr(paths->solver->program, expr)))
        return PATH_TENANT;
    if (calls_shared(paths->solver, program_expr(paths->solver->program, expr))) return PATH_SHARED;
    if (kind != EXPR_NAME && kind != EXPR_ATTRIBUTE) return 0;
    if (shared_is_named(paths->solver, expr)) return PATH_SHARED;
    return places_names_tenant(paths->solver, expr) ? PATH_TENANT : 0;
}

static PathOrigin of_expr(Paths *paths, ExprId expr, Ask how) {
    const Solver *solver = paths->solver;
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    switch ((ExprKind)row->kind) {
    case EXPR_STRING: return of_string(paths, expr, row, how);
    case EXPR_CALL: return of_call(paths, expr, row, how);
    case EXPR_OTHER: return row->operator_ == OPERATOR_ARITHMETIC ? of_operands(paths, row, how) : OTHER;
    case EXPR_NAME:
    case EXPR_ATTRIBUTE:
        if (is_outside(program, expr)) return (PathOrigin){PATH_FIXED, expr};
        return row->kind == EXPR_ATTRIBUTE && !fact_is(program_symbol_of(program, expr)) &&
                       !solver->flow.references[row->base.index]
                   ? ask_expr(paths, row->base, how)
                   : OTHER;
    case EXPR_SUBSCRIPT:
        if (places_names_tenant(solver, row->first_child)) return (PathOrigin){.bits = PATH_TENANT};
        if (is_outside(program, row->base)) return (PathOrigin){PATH_FIXED, expr};
        return ask_container(paths, row->base, how);
    case EXPR_AWAIT: case EXPR_STAR: case EXPR_TUPLE: case EXPR_LIST: case EXPR_SET: case EXPR_DICT:
    case EXPR_CHOICE: case EXPR_UNION: case EXPR_LIST_COMPREHENSION: case EXPR_SET_COMPREHENSION:
    case EXPR_DICT_COMPREHENSION: case EXPR_GENERATOR: case EXPR_LAMBDA: case EXPR_WALRUS: case EXPR_YIELD:
    case EXPR_NUMBER: case EXPR_NONE: case EXPR_TRUTH: case EXPR_ELLIPSIS: break;
    }
    return OTHER;
}

// ---- the graph ---------------------------------------------------------------------------------------
typedef struct Step {
    bool goes;
    Ask how;
} Step;

// Whether what is at FROM may be followed over an edge of KINDS, and how.
static Step step(const Paths *paths, uint32_t from, uint32_t to, uint8_t kinds, Ask how) {
    const Program *program = paths->solver->program;
    const Step stays = {.goes = false};
    uint32_t found;
    Ask next = {how.container, how.call, how.depth + 1};
    if (flow_is_seen(kinds)) return stays;
    if (how.container && (kinds & FLOW_COPY) == FLOW_INSIDE) return (Step){true, deeper(how)};
    if (map_get(&paths->augments, from, &found)) return stays;
    if (from < program_expr_count(program) && solver_runs_in_test(paths->solver, (ExprId){from})) return stays;
    if (kinds & FLOW_ENTER) {
        FunctionId caller = flow_owner(program, from);
        if (fact_is(how.call) || (fact_is(caller) && !paths->runs[caller.index])) return stays;
    }
    if (kinds & FLOW_LEAVE)
        next.call = to < program_expr_count(program) ? program_expr(program, (ExprId){to})->call : FACT_NONE(CallId);
    if (kinds & FLOW_IDENTITY) return (Step){true, next};
    // What a loop or an unpacking takes out of a container.
    next.container = true;
    return (Step){(kinds & FLOW_PART) && from < program_expr_count(program), next};
}

// What the call at hand gives for the parameter at NODE; false when NODE is none of a function that it runs.
static bool of_argument(Paths *paths, uint32_t node, Ask how, PathOrigin *all) {
    const Program *program = paths->solver->program;
    if (!fact_is(how.call)) return false;
    const CallFact *call = program_call(program, how.call);
    bool found = false;
    for (RowList edges = program_call_edges(program, how.call); edges.at < edges.end; edges.at++) {
        for (uint32_t i = 0; i <= call->argument_count; i++) {
            uint32_t from;
            ParameterId parameter;
            if (!flow_argument(program, &paths->parameters, call, program_edge(program, *edges.at), i, &from,
                               &parameter) ||
                flow_symbol(program, program_parameter(program, parameter)->symbol) != node)
                continue;
            add_to(all, ask(paths, from, (Ask){how.container, FACT_NONE(CallId), how.depth + 1}));
            found = true;
        }
    }
    return found;
}

static PathOrigin of_sources(Paths *paths, uint32_t node, Ask how) {
    const Program *program = paths->solver->program;
    const FlowLinks *links = &paths->solver->flow.backward;
    bool is_expr = node < program_expr_count(program);
    PathOrigin all = {0};
    if (of_argument(paths, node, how, &all)) return all;
    // Another function's, or what all share: the call at hand says nothing of it.
    FunctionId owner = flow_owner(program, node);
    for (uint32_t i = links->first[node]; i < links->first[node + 1]; i++) {
        uint8_t kinds = links->kinds[i];
        if (is_expr && !how.container && !(kinds & FLOW_IDENTITY)) continue; // of_expr knows better
        Step next = step(paths, links->nodes[i], node, kinds, how);
        if (!(kinds & FLOW_LEAVE) && !fact_same(flow_owner(program, links->nodes[i]), owner))
            next.how.call = FACT_NONE(CallId);
        if (next.goes) add_to(&all, ask(paths, links->nodes[i], next.how));
    }
    return all;
}

static uint64_t key_of(uint32_t node, Ask how) {
    return map_key(how.call.index << 1 | (how.container ? 1u : 0u), node);
}

static PathOrigin ask(Paths *paths, uint32_t node, Ask how) {
    uint32_t row;
    if (!node || how.depth > DEPTH_LIMIT) return OTHER;
    if (map_get(&paths->memo, key_of(node, how), &row)) return paths->rows.items[row - 1];
    vec_add(&paths->rows, ((PathOrigin){0})); // what is asked on the way back here
    row = paths->rows.count;
    map_put(&paths->memo, key_of(node, how), row);
    bool is_expr = node < program_expr_count(paths->solver->program);
    PathOrigin found = {.bits = is_expr ? said_by(paths, (ExprId){node}) : 0};
    if (!found.bits) found = of_sources(paths, node, how);
    if (!how.container && is_expr && !found.bits) add_to(&found, of_expr(paths, (ExprId){node}, how));
    if (!found.bits) found = OTHER;
    paths->rows.items[row - 1] = found;
    return found;
}

// ---- beginning and end -------------------------------------------------------------------------------
void paths_begin(Paths *paths, const Solver *solver, const bool *runs) {
    const Program *program = solver->program;
    const Solution *solution = solver->solution;
    *paths = (Paths){.solver = solver, .runs = runs};
    paths->own_class = places_own_classes(solver);
    parameter_index_build(&paths->parameters, program->facts);
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        if (outcome_row(solution->sinks.items[i].outcome)->passed && fact_is(solution->sinks.items[i].expr))
            map_put(&paths->own, solution->sinks.items[i].expr.index, 1);
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        if (binding->kind == BINDING_AUGMENT && fact_is(binding->value))
            map_put(&paths->augments, flow_expr(program, binding->value), 1);
    }
}

void paths_release(Paths *paths) {
    map_release(&paths->own);
    free(paths->own_class);
    map_release(&paths->augments);
    map_release(&paths->memo);
    parameter_index_release(&paths->parameters);
    vec_release(&paths->rows);
}

PathOrigin paths_origin(Paths *paths, ExprId expr) {
    PathOrigin found = ask_expr(paths, expr, (Ask){0});
    if (places_names_tenant(paths->solver, expr)) found.bits = PATH_TENANT;
    return found;
}
