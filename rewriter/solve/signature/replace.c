// What becomes the parameter in functions that have it. In: the text of a request: "app.current()", "app.state.user".
// Out: the expressions that mean it, wherever they stand. Without functions in the request those around them are
// the ones that gain the parameter.
#include "program/name.h"
#include "solve/signature/spread.h"

static bool is_same_text(Str a, Str b) {
    size_t i = 0, k = 0;
    for (;;) { // blanks do not count
        while (i < a.length && a.data[i] == ' ') i++;
        while (k < b.length && b.data[k] == ' ') k++;
        if (i == a.length || k == b.length) return i == a.length && k == b.length;
        if (a.data[i++] != b.data[k++]) return false;
    }
}

// ARGUMENTS is what stands between the parentheses; "...": anything.
static bool is_call_of(const Program *program, ExprId id, Str dotted, Str arguments) {
    const ExprFact *expr = program_expr(program, id);
    if (expr->kind != EXPR_CALL || !fact_is(expr->call)) return false;
    const CallFact *call = program_call(program, expr->call);
    if (!program_is_named(program, dotted, program_name(program, call->dotted))) return false;
    return str_is(str_trim(arguments), "...") ||
           is_same_text(arguments, program_text(program, call->module, call->open + 1, call->close));
}

static bool is_read_of(const Program *program, ExprId id, SymbolId symbol) {
    const ExprFact *expr = program_expr(program, id);
    const uint32_t other = EXPR_STORED | EXPR_DELETED | EXPR_IN_ANNOTATION;
    if ((expr->kind != EXPR_NAME && expr->kind != EXPR_ATTRIBUTE) || (expr->flags & other)) return false;
    SymbolId read = program_symbol_of(program, id);
    return fact_is(symbol) && fact_is(read) && fact_same(program_definition_of(program, read), symbol);
}

// The function whose parameter it would read: one inside another reads that of the outer one.
static FunctionId home_of(const Program *program, ExprId expr) {
    FunctionId function = program_scope_function(program, program_expr(program, expr)->scope);
    while (fact_is(function)) {
        const FunctionFact *row = program_function(program, function);
        FunctionId outer = row->enclosing;
        bool inner = fact_is(outer) && !(program_function(program, outer)->flags & FUNCTION_DECORATES);
        if (!inner) break;
        function = outer;
    }
    return function;
}

// load(key, tenant=app.current()): it is passed there already.
static bool is_passed(const Spread *spread, ExprId id) {
    const Program *program = spread->program;
    const ExprFact *parent = program_expr(program, program_expr(program, id)->parent);
    if (!spread->parameter.index || parent->kind != EXPR_CALL || !fact_is(parent->call)) return false;
    const CallFact *call = program_call(program, parent->call);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + i});
        if (fact_same(argument->value, id) && name_equal(argument->name, spread->parameter)) return true;
    }
    return false;
}

// The function around it is one that a request without functions means.
static bool asks_home(const Spread *spread, ExprId id, FunctionId home) {
    if (spread->request->functions.count > 0 || !fact_is(home)) return false;
    return spread->source[home.index] == 0 && !is_passed(spread, id);
}

bool spread_find_replaced(Spread *spread) {
    const Program *program = spread->program;
    Str text = str_trim(spread->request->replace);
    if (text.length == 0) return true;
    ptrdiff_t open = str_find(text, '(');
    bool call = open > 0 && str_ends_with(text, STR(")"));
    Str dotted = call ? str_slice(text, 0, (size_t)open) : text;
    Str arguments = call ? str_slice(text, (size_t)open + 1, text.length - 1) : STR_NONE;
    SymbolId symbol = call ? FACT_NONE(SymbolId) : program_find_symbol(program, dotted);
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        ExprId id = {i};
        if (call ? !is_call_of(program, id, dotted, arguments) : !is_read_of(program, id, symbol)) continue;
        if (spread_is_left_alone(program, program_expr_module(program, id))) continue;
        vec_add(&spread->replaced, id);
        spread->goes[i] = true;
        FunctionId home = home_of(program, id);
        if (asks_home(spread, id, home)) vec_add(&spread->targets, home);
    }
    bool known = program_defines(program, dotted) || program_mentions(program, dotted);
    if (spread->replaced.count > 0 || (known && spread->request->functions.count > 0)) return true; // it was here before
    diagnostic_add(spread->diagnostics, DIAGNOSTIC_E512, SPAN_NONE, "nothing in the tree reads '%.*s'",
                   STR_ARG(text));
    diagnostic_help(spread->diagnostics,
                    "--replace takes a dotted name of the tree, or a call of one: 'app.user', 'app.current()', "
                    "'app.enabled(...)' for any arguments");
    return false;
}
