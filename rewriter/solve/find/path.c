// Places on disk that rules put elsewhere, to sinks. Comes in: rules of kind `path`. Goes out: sinks whose expression
// gives the path, or the first part of it that says all of what the rule names; what replaces it keeps its text.
//
//     EMOJI = os.path.join("data", "emoji")       at import: stays
//     def clean():
//         for name in os.listdir(EMOJI): ...      path: data/emoji       the sink is EMOJI
//     f"data/emoji/{name}"                        the same               the sink is the whole text
//     data_folder()                               path: app.data_folder  the sink is the call
//
// Texts are put together over constants, joins and names that are bound once; what is not known of them matches
// nothing, but a path may begin below it: os.path.join(ROOT, "data", "emoji").
#include "solve/solver.h"

#include "base/bug.h"

enum { DEPTH_LIMIT = 12 };

#define UNKNOWN '\x01' // stands in a text for what is not known of it

// ---- the text of a path ------------------------------------------------------------------------------
static void add_text(const Solver *solver, ExprId expr, int depth, StrBuf *out);

static void add_joined(const Solver *solver, ExprId expr, int depth, StrBuf *out) {
    StrBuf part = {0};
    add_text(solver, expr, depth, &part);
    bool absolute = part.length > 0 && part.data[0] == '/';
    bool slash = out->length > 0 && out->data[out->length - 1] == '/';
    if (out->length > 0 && !slash && !absolute) strbuf_add_char(out, '/');
    if (absolute) strbuf_clear(out);
    strbuf_add(out, strbuf_str(&part));
    strbuf_release(&part);
}

// What stands before the first part of an f-string; the quotes are left out.
static Str head_of(const Program *program, ExprId expr, const ExprFact *row) {
    Str text = program_text(program, program_expr_module(program, expr), row->start,
                            program_expr(program, row->first_child)->start);
    size_t at = 0;
    while (at < text.length && text.data[at] != '"' && text.data[at] != '\'') at++;
    while (at < text.length && (text.data[at] == '"' || text.data[at] == '\'')) at++;
    ptrdiff_t end = str_find(str_slice(text, at, text.length), '{');
    return str_slice(text, at, end < 0 ? text.length : at + (size_t)end);
}

static void add_string(const Solver *solver, ExprId expr, const ExprFact *row, int depth, StrBuf *out) {
    const Program *program = solver->program;
    if (!fact_is(row->first_child)) {
        if (row->name.index)
            strbuf_add(out, program_name(program, row->name));
        else
            strbuf_add_char(out, UNKNOWN);
        return;
    }
    Str head = head_of(program, expr, row);
    strbuf_add(out, head);
    if (head.length == 0) add_text(solver, row->first_child, depth + 1, out);
    Str rest = head;
    if (head.length == 0) { // f"{ROOT}/x": what follows up to the next part
        const ExprFact *first = program_expr(program, row->first_child);
        uint32_t end = fact_is(first->next_sibling) ? program_expr(program, first->next_sibling)->start : row->end;
        rest = program_text(program, program_expr_module(program, expr), first->end, end);
        ptrdiff_t close = str_find(rest, '}');
        rest = str_slice(rest, close < 0 ? rest.length : (size_t)close + 1, rest.length);
        size_t stop = 0;
        while (stop < rest.length && rest.data[stop] != '{' && rest.data[stop] != '"' && rest.data[stop] != '\'')
            stop++;
        strbuf_add(out, str_slice(rest, 0, stop));
        if (!fact_is(first->next_sibling)) return;
    }
    strbuf_add_char(out, UNKNOWN);
}

// What stands between two operands, without white space and brackets: '/', '+' or another.
static char operator_between(const Program *program, ExprId left, ExprId right) {
    Str text = program_text(program, program_expr_module(program, left), program_expr(program, left)->end,
                            program_expr(program, right)->start);
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] == '/' || text.data[i] == '+' || text.data[i] == '%') return text.data[i];
    return '\0';
}

static void add_operands(const Solver *solver, const ExprFact *row, int depth, StrBuf *out) {
    const Program *program = solver->program;
    ExprId left = row->first_child;
    add_text(solver, left, depth + 1, out);
    for (ExprId right = program_expr(program, left)->next_sibling; fact_is(right);
         left = right, right = program_expr(program, right)->next_sibling) {
        char between = operator_between(program, left, right);
        if (between == '/') {
            add_joined(solver, right, depth + 1, out);
        } else if (between == '+') {
            add_text(solver, right, depth + 1, out);
        } else { // "data/%s" % name
            ptrdiff_t hole = str_find(strbuf_str(out), '%');
            if (hole >= 0) out->length = (size_t)hole;
            strbuf_add_char(out, UNKNOWN);
        }
    }
}

static void add_call(const Solver *solver, const ExprFact *row, int depth, StrBuf *out) {
    const Program *program = solver->program;
    const CallFact *call = program_call(program, row->call);
    const ExprFact *callee = program_expr(program, call->callee);
    bool by_receiver = (call->flags & CALL_JOINS_RECEIVER) && callee->kind == EXPR_ATTRIBUTE;
    if (!by_receiver && (!(call->flags & CALL_JOINS) || !call->argument_count)) {
        strbuf_add_char(out, UNKNOWN);
        return;
    }
    if (by_receiver) add_text(solver, callee->base, depth + 1, out);
    ptrdiff_t hole = str_find(strbuf_str(out), '{'); // "data/{}".format(name)
    if (by_receiver && hole >= 0) {
        out->length = (size_t)hole;
        strbuf_add_char(out, UNKNOWN);
        return;
    }
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + i});
        if (argument->kind == ARGUMENT_POSITIONAL) add_joined(solver, argument->value, depth + 1, out);
    }
}

// The class attribute that `self.FOLDER` or `Album.FOLDER` reads; none when objects have one of their own.
static SymbolId class_constant(const Solver *solver, const ExprFact *row) {
    const Program *program = solver->program;
    const ClassReference *reference;
    if (row->kind != EXPR_ATTRIBUTE || !flow_class_at(&solver->flow, program, row->base, 0, &reference))
        return FACT_NONE(SymbolId);
    const ClassFact *klass = program_class(program, reference->klass);
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(program, klass->first_ancestor + i);
        SymbolId symbol = program_symbol_in(program, program_class(program, ancestor)->body, row->name);
        if (fact_is(symbol)) return symbol;
    }
    return FACT_NONE(SymbolId);
}

// The name of a module or a class that EXPR reads; none for locals and the rest.
static SymbolId constant_of(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    SymbolId symbol = flow_meant(program, program_symbol_of(program, expr));
    if (!fact_is(symbol)) symbol = class_constant(solver, row);
    if (!fact_is(symbol)) return symbol;
    ScopeKind kind = program_scope(program, program_symbol(program, symbol)->scope)->kind;
    return kind == SCOPE_MODULE || kind == SCOPE_CLASS ? symbol : FACT_NONE(SymbolId);
}

static void add_bound(const Solver *solver, SymbolId symbol, int depth, StrBuf *out) {
    const Program *program = solver->program;
    const SymbolFact *row = program_symbol(program, symbol);
    const BindingFact *binding = program_binding(program, row->first_binding);
    bool known = fact_is(symbol) && fact_same(row->first_binding, row->last_binding) &&
                 binding->kind == BINDING_ASSIGN && binding->element == -1 && fact_is(binding->value);
    if (known)
        add_text(solver, binding->value, depth + 1, out);
    else
        strbuf_add_char(out, UNKNOWN);
}

static void add_text(const Solver *solver, ExprId expr, int depth, StrBuf *out) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    if (depth > DEPTH_LIMIT) {
        strbuf_add_char(out, UNKNOWN);
    } else if (row->kind == EXPR_STRING) {
        add_string(solver, expr, row, depth, out);
    } else if (row->kind == EXPR_CALL) {
        add_call(solver, row, depth, out);
    } else if (row->kind == EXPR_OTHER && row->operator_ == OPERATOR_ARITHMETIC && fact_is(row->first_child)) {
        add_operands(solver, row, depth, out);
    } else if (row->kind == EXPR_NAME || row->kind == EXPR_ATTRIBUTE) {
        SymbolId symbol = constant_of(solver, expr);
        if (!fact_is(symbol) && row->kind == EXPR_NAME) symbol = flow_meant(program, program_symbol_of(program, expr));
        add_bound(solver, symbol, depth, out);
    } else {
        strbuf_add_char(out, UNKNOWN);
    }
}

// ---- which rule means it -----------------------------------------------------------------------------
static bool begins_with(Str text, Str path) {
    if (str_starts_with(text, STR("./"))) text = str_slice(text, 2, text.length);
    bool below_unknown = text.length > 1 && text.data[0] == UNKNOWN && text.data[1] == '/';
    if (below_unknown && path.data[0] != '/') text = str_slice(text, 2, text.length);
    while (below_unknown && str_starts_with(text, STR("../"))) text = str_slice(text, 3, text.length);
    return str_starts_with(text, path) && (text.length == path.length || text.data[path.length] == '/');
}

// The rule with the longest path that EXPR begins with: 1 + its index; 0 none.
static uint32_t rule_of(const Solver *solver, ExprId expr) {
    const Rules *rules = solver->program->rules;
    const ExprFact *row = program_expr(solver->program, expr);
    StrBuf made = {0};
    uint32_t found = 0;
    size_t longest = 0;
    bool plain = row->kind == EXPR_STRING && !fact_is(row->first_child) && row->name.index;
    if (!plain) add_text(solver, expr, 0, &made);
    Str text = plain ? program_name(solver->program, row->name) : strbuf_str(&made);
    for (uint32_t i = 0; i < rules->sinks.count; i++) {
        const SinkRule *rule = &rules->sinks.items[i];
        if (rule->kind != SINK_PATH || !rule->path_is_text || rule->target.text.length <= longest) continue;
        if (!begins_with(text, rule->target.text)) continue;
        found = i + 1;
        longest = rule->target.text.length;
    }
    strbuf_release(&made);
    return found;
}

// The part that a path is made of and begins with; none when it is no such path.
static ExprId beginning_of(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_OTHER || row->kind == EXPR_STRING) return row->first_child;
    if (row->kind != EXPR_CALL) return FACT_NONE(ExprId);
    const CallFact *call = program_call(program, row->call);
    const ExprFact *callee = program_expr(program, call->callee);
    if ((call->flags & CALL_JOINS_RECEIVER) && callee->kind == EXPR_ATTRIBUTE) return callee->base;
    return (call->flags & CALL_JOINS) && call->argument_count
               ? program_argument(program, (ArgumentId){call->first_argument})->value
               : FACT_NONE(ExprId);
}

static bool is_path_kind(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_CALL) return program_call(program, row->call)->flags & (CALL_JOINS | CALL_JOINS_RECEIVER);
    return row->kind == EXPR_STRING || (row->kind == EXPR_OTHER && row->operator_ == OPERATOR_ARITHMETIC);
}

static bool has_separator(const Solver *solver, ExprId expr) {
    StrBuf text = {0};
    add_text(solver, expr, 0, &text);
    bool found = str_find(strbuf_str(&text), '/') >= 0;
    strbuf_release(&text);
    return found;
}

static bool may_be_path(const Solver *solver, ExprId expr) {
    const uint32_t elsewhere = EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING | EXPR_STORED | EXPR_DELETED | EXPR_IN_DECORATOR;
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->flags & elsewhere) return false;
    if (!fact_is(program_scope_function(program, row->scope)) && !(row->flags & EXPR_IN_DEFAULT)) return false;
    switch ((ExprKind)row->kind) {
    case EXPR_STRING: // a docstring is none
        return fact_is(row->parent) || program_statement(program, row->statement)->kind != STATEMENT_EXPRESSION;
    case EXPR_CALL: case EXPR_OTHER: return is_path_kind(program, expr);
    case EXPR_NAME: case EXPR_ATTRIBUTE: return fact_is(constant_of(solver, expr));
    case EXPR_SUBSCRIPT: case EXPR_AWAIT: case EXPR_STAR: case EXPR_NUMBER: case EXPR_NONE: case EXPR_TRUTH:
    case EXPR_TUPLE: case EXPR_LIST: case EXPR_SET: case EXPR_DICT: case EXPR_CHOICE: case EXPR_UNION:
    case EXPR_LIST_COMPREHENSION: case EXPR_SET_COMPREHENSION: case EXPR_DICT_COMPREHENSION: case EXPR_GENERATOR:
    case EXPR_LAMBDA: case EXPR_WALRUS: case EXPR_YIELD: case EXPR_ELLIPSIS: break;
    }
    return false;
}

// tenant_path(EXPR, ...): an earlier run, or a person, has done it.
static bool is_put_elsewhere(const Solver *solver, ExprId expr, const SinkRule *rule) {
    const Program *program = solver->program;
    for (expr = program_expr(program, expr)->parent; fact_is(expr); expr = program_expr(program, expr)->parent) {
        const ExprFact *row = program_expr(program, expr);
        if (row->kind == EXPR_CALL &&
            program_is_named(program, str_slice(rule->replace, 0, (size_t)str_find(rule->replace, '(')),
                             program_name(program, program_call(program, row->call)->dotted)))
            return true;
    }
    return false;
}

// The expression that EXPR is the beginning of, or another part of; none when it stands by itself.
static ExprId path_around(const Solver *solver, ExprId expr, bool *begins) {
    const Program *program = solver->program;
    ExprId around = program_expr(program, expr)->parent;
    *begins = false;
    if (!fact_is(around)) return around;
    if (program_expr(program, around)->kind == EXPR_ATTRIBUTE) { // (a / b).joinpath(c)
        ExprId call = program_expr(program, around)->parent;
        if (fact_is(call) && fact_same(program_expr(program, call)->base, around)) around = call;
    }
    *begins = fact_same(beginning_of(solver->program, around), expr);
    bool joins = fact_is(beginning_of(program, around));
    if (!joins || !is_path_kind(program, around)) return FACT_NONE(ExprId);
    return around;
}

// A part of a path that is put together around it, but for its beginning; or of a longer path of another rule.
static bool is_part(const Solver *solver, ExprId expr, uint32_t rule) {
    bool begins;
    for (ExprId around = path_around(solver, expr, &begins); fact_is(around);
         around = path_around(solver, around, &begins))
        if (!begins || rule_of(solver, around) != rule) return true;
    return false;
}

// One word may mean anything; where a path is asked for, or made, it is one.
static bool is_place(const Solver *solver, ExprId expr, uint32_t rule) {
    const uint32_t asks = CALL_ASKS_PATH | CALL_CHANGES | CALL_OPENS | CALL_JOINS;
    const Program *program = solver->program;
    Str path = program->rules->sinks.items[rule - 1].target.text;
    const ExprFact *row = program_expr(program, expr);
    bool is_word = str_find(path, '/') < 0 && (row->kind == EXPR_STRING ? !has_separator(solver, expr) : row->kind != EXPR_CALL);
    if (!is_word) return true;
    const ExprFact *around = program_expr(program, row->parent);
    if (!fact_is(row->parent)) return false;
    if (around->kind == EXPR_CALL) return program_call(program, around->call)->flags & asks;
    bool begins;
    return fact_is(path_around(solver, expr, &begins)) && begins;
}

static void add_site(Solver *solver, ExprId expr, uint32_t rule) {
    const SinkRule *row = &solver->program->rules->sinks.items[rule];
    if (solver_in_runtime(solver, expr) || solver_is_exempt_place(solver, expr, row) ||
        is_put_elsewhere(solver, expr, row))
        return;
    vec_add(&solver->path_sites, ((PathSite){expr, rule}));
}

// ---- texts -------------------------------------------------------------------------------------------
// The first part that says all of the path: not what is made of it, nor a part of a longer path of another rule.
static void find_texts(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        ExprId expr = {i};
        uint32_t rule = may_be_path(solver, expr) ? rule_of(solver, expr) : 0;
        if (!rule) continue;
        ExprId beginning = beginning_of(program, expr);
        if (fact_is(beginning) && rule_of(solver, beginning) == rule) continue;
        if (!is_part(solver, expr, rule) && is_place(solver, expr, rule)) add_site(solver, expr, rule - 1);
    }
}

// ---- names -------------------------------------------------------------------------------------------
static void find_reads(Solver *solver, SymbolId symbol, uint32_t rule) {
    const uint32_t elsewhere = EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING | EXPR_STORED | EXPR_DELETED | EXPR_IN_DECORATOR;
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        if ((row->kind != EXPR_NAME && row->kind != EXPR_ATTRIBUTE) || (row->flags & elsewhere)) continue;
        if (!fact_is(program_scope_function(program, row->scope)) && !(row->flags & EXPR_IN_DEFAULT)) continue;
        if (fact_same(constant_of(solver, (ExprId){i}), symbol)) add_site(solver, (ExprId){i}, rule);
    }
}

static void find_calls(Solver *solver, FunctionId function, uint32_t rule) {
    const Program *program = solver->program;
    for (RowList callers = program_callers(program, function); callers.at < callers.end; callers.at++) {
        const EdgeFact *edge = program_edge(program, *callers.at);
        const ExprFact *row = program_expr(program, edge->expr);
        bool runs = fact_is(program_scope_function(program, row->scope)) || (row->flags & EXPR_IN_DEFAULT);
        if (edge->kind == EDGE_CALL && row->kind == EXPR_CALL && runs) add_site(solver, edge->expr, rule);
    }
}

static SymbolId class_symbol(const Program *program, Str dotted) {
    ptrdiff_t dot = str_find_last(dotted, '.');
    ClassId klass = dot > 0 ? program_find_class(program, str_slice(dotted, 0, (size_t)dot)) : FACT_NONE(ClassId);
    Name name = intern_find(program->facts->names, str_slice(dotted, (size_t)dot + 1, dotted.length));
    return fact_is(klass) && name.index ? program_symbol_in(program, program_class(program, klass)->body, name)
                                        : FACT_NONE(SymbolId);
}

static void find_named(Solver *solver, uint32_t index) {
    const Program *program = solver->program;
    Str target = program->rules->sinks.items[index].target.text;
    FunctionId function = program_find_function(program, target);
    if (fact_is(function)) {
        find_calls(solver, function, index);
        return;
    }
    SymbolId symbol = program_find_symbol(program, target);
    if (!fact_is(symbol)) symbol = class_symbol(program, target);
    if (fact_is(symbol)) find_reads(solver, symbol, index);
}

// ---- all ---------------------------------------------------------------------------------------------
void solver_find_paths(Solver *solver) {
    const Rules *rules = solver->program->rules;
    bool texts = false;
    for (uint32_t i = 0; i < rules->sinks.count; i++) {
        if (rules->sinks.items[i].kind != SINK_PATH) continue;
        if (rules->sinks.items[i].path_is_text)
            texts = true;
        else
            find_named(solver, i);
    }
    if (texts) find_texts(solver);
}

void solver_add_paths(Solver *solver, uint32_t rule) {
    for (uint32_t i = 0; i < solver->path_sites.count; i++)
        if (solver->path_sites.items[i].rule == rule)
            solver_add_sink(solver, solver->path_sites.items[i].expr, rule, 0,
                            solver->program->rules->sinks.items[rule].family);
}

bool solver_has_path(const Solver *solver, uint32_t rule) {
    for (uint32_t i = 0; i < solver->path_sites.count; i++)
        if (solver->path_sites.items[i].rule == rule) return true;
    for (uint32_t i = 1; i < solver->solution->sinks.count; i++)
        if (solver->solution->sinks.items[i].migrated && solver->solution->sinks.items[i].rule == rule) return true;
    return false;
}
