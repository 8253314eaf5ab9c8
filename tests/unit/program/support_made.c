// Rows of facts, each as a front end that resolves would have filled it.
#include "support_made.h"

#include "rule/load.h"

enum { TEXT_SIZE = 4096 };

static const char RULES[] =
    "version: 1\n"
    "context: { parameter: context, type: app.Context, ambient: app.current }\n"
    "sinks:\n"
    "  - id: settings\n"
    "    family: config_system\n"
    "    symbol: app.settings\n"
    "    replace: app.settings_of({context})\n";

static const Language LANGUAGE = {.name = "made",
                                  .traits = {.named_arguments = true, .optional_parameters = true}};

static Name name_of(Made *made, const char *text) {
    return intern(made->facts.names, str_from(text));
}

static Name qualified(Made *made, const char *inside, const char *text) {
    return intern(made->facts.names, arena_format(&made->facts.arena, "%s.%s", inside, text));
}

static uint32_t next_position(Made *made) { return made->position += 4; }

static ScopeId add_scope(Made *made, ScopeKind kind, ScopeId parent) {
    ScopeId id = {made->facts.scopes.count};
    vec_add(&made->facts.scopes,
            ((ScopeFact){.kind = kind, .parent = parent, .module = made->module}));
    return id;
}

static StatementId add_statement(Made *made, StatementKind kind, ScopeId scope) {
    StatementId id = {made->facts.statements.count};
    uint32_t start = next_position(made);
    vec_add(&made->facts.statements,
            ((StatementFact){.kind = kind, .scope = scope, .start = start, .end = start + 3}));
    return id;
}

static SymbolId add_symbol(Made *made, ScopeId scope, Name name, BindingFact binding) {
    Facts *facts = &made->facts;
    SymbolId id = {facts->symbols.count};
    BindingId bound = {facts->bindings.count};
    vec_add(&facts->symbols, ((SymbolFact){.name = name,
                                           .scope = scope,
                                           .next_in_scope = facts_scope(facts, scope)->first_symbol,
                                           .first_binding = bound,
                                           .last_binding = bound}));
    facts_scope_row(facts, scope)->first_symbol = id;
    facts_symbol_index(facts, id);
    binding.symbol = id;
    binding.scope = scope;
    binding.start = next_position(made);
    binding.end = binding.start + 1;
    vec_add(&facts->bindings, binding);
    return id;
}

void made_open(Made *made, const char *boundaries, const char *more) {
    *made = (Made){0};
    char text[TEXT_SIZE];
    memset(text, ' ', sizeof text);
    FileId file = sources_add_auxiliary(&made->sources, STR("app"), (Str){text, sizeof text});
    facts_init(&made->facts, &made->sources);
    StrBuf rules = {0};
    strbuf_add(&rules, str_from(RULES));
    if (*boundaries) strbuf_add(&rules, STR("boundaries:\n"));
    strbuf_add(&rules, str_from(boundaries));
    strbuf_add(&rules, str_from(more));
    assert_true(rules_load_text(&made->sources, STR("rules.yml"), strbuf_str(&rules), &made->rules,
                                &made->diagnostics));
    strbuf_release(&rules);

    vec_add(&made->facts.edges, (EdgeFact){0}); // row 0 means "none", as in every table of facts
    made->module = (ModuleId){made->facts.modules.count};
    vec_add(&made->facts.modules,
            ((ModuleFact){.file = file, .language = &LANGUAGE, .name = name_of(made, "app")}));
    made->module_scope = add_scope(made, SCOPE_MODULE, (ScopeId){0});
    facts_module_row(&made->facts, made->module)->scope = made->module_scope;
    StatementId statement = add_statement(made, STATEMENT_ASSIGN, made->module_scope);
    made->settings = add_symbol(made, made->module_scope, name_of(made, "settings"),
                                (BindingFact){.kind = BINDING_ASSIGN, .statement = statement});
}

void made_close(Made *made) {
    if (made->release) made->release(made);
    program_release(&made->program);
    facts_release(&made->facts);
    rules_release(&made->rules);
    diagnostics_release(&made->diagnostics);
    sources_release(&made->sources);
}

// ---- definitions ---------------------------------------------------------------------------------
static FunctionId add_function(Made *made, ScopeId scope, Name name, Name full, ClassId klass) {
    Facts *facts = &made->facts;
    FunctionId id = {facts->functions.count};
    StatementId statement = add_statement(made, STATEMENT_FUNCTION, scope);
    ScopeId body = add_scope(made, SCOPE_FUNCTION, scope);
    facts_scope_row(facts, body)->function = id;
    uint32_t start = next_position(made);
    vec_add(&facts->functions, ((FunctionFact){.name = name,
                                               .qualified = full,
                                               .module = made->module,
                                               .scope = scope,
                                               .body = body,
                                               .statement = statement,
                                               .klass = klass,
                                               .first_parameter = facts->parameters.count,
                                               .start = start,
                                               .name_start = start,
                                               .name_end = start + 1,
                                               .end = start + 3,
                                               .family = id.index}));
    add_symbol(made, scope, name,
               (BindingFact){.kind = BINDING_FUNCTION, .statement = statement, .function = id});
    return id;
}

FunctionId made_function(Made *made, const char *name) {
    return add_function(made, made->module_scope, name_of(made, name), qualified(made, "app", name),
                        (ClassId){0});
}

ClassId made_class(Made *made, const char *name) {
    Facts *facts = &made->facts;
    ClassId id = {facts->classes.count};
    StatementId statement = add_statement(made, STATEMENT_CLASS, made->module_scope);
    ScopeId body = add_scope(made, SCOPE_CLASS, made->module_scope);
    facts_scope_row(facts, body)->klass = id;
    uint32_t start = next_position(made);
    vec_add(&facts->classes, ((ClassFact){.name = name_of(made, name),
                                          .qualified = qualified(made, "app", name),
                                          .module = made->module,
                                          .scope = made->module_scope,
                                          .body = body,
                                          .statement = statement,
                                          .start = start,
                                          .name_start = start,
                                          .name_end = start + 1,
                                          .end = start + 3,
                                          .first_ancestor = facts->ancestors.count,
                                          .ancestor_count = 1}));
    vec_add(&facts->ancestors, id);
    add_symbol(made, made->module_scope, name_of(made, name),
               (BindingFact){.kind = BINDING_CLASS, .statement = statement, .klass = id});
    return id;
}

ClassId made_subclass(Made *made, const char *name, ClassId base) {
    Facts *facts = &made->facts;
    ClassId id = made_class(made, name);
    const ClassFact *above = facts_class(facts, base);
    uint32_t first = above->first_ancestor, count = above->ancestor_count;
    for (uint32_t i = 0; i < count; i++) {
        ClassId ancestor = facts->ancestors.items[first + i];
        vec_add(&facts->ancestors, ancestor);
    }
    facts_class_row(facts, id)->ancestor_count += count;
    return id;
}

static ParameterId add_parameter(Made *made, FunctionId function, ParameterKind kind, Name name) {
    Facts *facts = &made->facts;
    FunctionFact *row = facts_function_row(facts, function);
    ParameterId id = {facts->parameters.count};
    // The rows of a function's parameters stand together: all are made before those of the next function.
    assert_int_equal(row->first_parameter + row->parameter_count, id.index);
    row->parameter_count++;
    SymbolId symbol = add_symbol(made, row->body, name,
                                 (BindingFact){.kind = BINDING_PARAMETER, .parameter = id});
    facts_symbol_row(facts, symbol)->flags = SYMBOL_PARAMETER;
    uint32_t start = next_position(made);
    vec_add(&facts->parameters, ((ParameterFact){.kind = kind,
                                                 .name = name,
                                                 .function = function,
                                                 .symbol = symbol,
                                                 .start = start,
                                                 .end = start + 1}));
    return id;
}

FunctionId made_method(Made *made, ClassId klass, const char *name) {
    const ClassFact *fact = facts_class(&made->facts, klass);
    Str full = arena_format(&made->facts.arena, "%.*s.%s",
                            STR_ARG(facts_name(&made->facts, fact->qualified)), name);
    FunctionId id =
        add_function(made, fact->body, name_of(made, name), intern(made->facts.names, full), klass);
    add_parameter(made, id, PARAMETER_POSITIONAL, name_of(made, "self"));
    if (strcmp(name, "__init__") == 0) {
        facts_function_row(&made->facts, id)->flags |= FUNCTION_CONSTRUCTOR;
        facts_class_row(&made->facts, klass)->constructor = id;
    }
    return id;
}

static ExprId add_expr(Made *made, FunctionId function, ExprKind kind) {
    Facts *facts = &made->facts;
    ScopeId scope = fact_is(function) ? facts_function(facts, function)->body : made->module_scope;
    StatementId statement = add_statement(made, STATEMENT_EXPRESSION, scope);
    ExprId id = {facts->exprs.count};
    uint32_t start = next_position(made);
    vec_add(&facts->exprs, ((ExprFact){.kind = (uint8_t)kind,
                                       .scope = scope,
                                       .statement = statement,
                                       .start = start,
                                       .end = start + 1}));
    facts_statement_row(facts, statement)->value = id;
    while (facts->expr_symbols.count < facts->exprs.count)
        vec_add(&facts->expr_symbols, ((SymbolId){0}));
    return id;
}

void made_context_parameter(Made *made, FunctionId function, bool optional) {
    ParameterId id = add_parameter(made, function, PARAMETER_KEYWORD, name_of(made, "context"));
    if (!optional) return;
    ExprId none = add_expr(made, function, EXPR_NONE);
    facts_parameter_row(&made->facts, id)->default_value = none;
}

void made_family(Made *made, FunctionId first, FunctionId second) {
    facts_function_row(&made->facts, second)->family = facts_function(&made->facts, first)->family;
}

// ---- what runs -----------------------------------------------------------------------------------
ExprId made_read(Made *made, FunctionId function) {
    ExprId id = add_expr(made, function, EXPR_NAME);
    facts_expr_row(&made->facts, id)->name = name_of(made, "settings");
    made->facts.expr_symbols.items[id.index] = made->settings;
    return id;
}

static CallId add_call(Made *made, FunctionId caller) {
    Facts *facts = &made->facts;
    ExprId callee = add_expr(made, caller, EXPR_NAME), expr = add_expr(made, caller, EXPR_CALL);
    CallId id = {facts->calls.count};
    facts_expr_row(facts, callee)->parent = expr;
    facts_expr_row(facts, expr)->base = callee;
    facts_expr_row(facts, expr)->call = id;
    vec_add(&facts->calls, ((CallFact){.expr = expr,
                                       .callee = callee,
                                       .module = made->module,
                                       .first_argument = facts->arguments.count}));
    return id;
}

static void add_edge(Made *made, EdgeKind kind, CallId call, ExprId expr, FunctionId callee,
                     ClassId klass) {
    vec_add(&made->facts.edges, ((EdgeFact){.kind = kind,
                                            .evidence = EVIDENCE_IMPORT,
                                            .call = call,
                                            .expr = expr,
                                            .callee = callee,
                                            .klass = klass}));
}

CallId made_call(Made *made, FunctionId caller, FunctionId callee) {
    CallId call = add_call(made, caller);
    add_edge(made, EDGE_CALL, call, facts_call(&made->facts, call)->expr, callee, (ClassId){0});
    return call;
}

CallId made_call_of_either(Made *made, FunctionId caller, FunctionId first, FunctionId second) {
    CallId call = made_call(made, caller, first);
    add_edge(made, EDGE_CALL, call, facts_call(&made->facts, call)->expr, second, (ClassId){0});
    return call;
}

CallId made_construction(Made *made, FunctionId caller, ClassId klass) {
    CallId call = add_call(made, caller);
    add_edge(made, EDGE_CONSTRUCT, call, facts_call(&made->facts, call)->expr,
             facts_class(&made->facts, klass)->constructor, klass);
    return call;
}

void made_escape(Made *made, FunctionId caller, FunctionId function) {
    ExprId expr = add_expr(made, caller, EXPR_NAME);
    add_edge(made, EDGE_ESCAPE, (CallId){0}, expr, function, (ClassId){0});
}

void made_unknown_call(Made *made, FunctionId caller, FunctionId function) {
    CallId call = add_call(made, caller);
    Name name = facts_function(&made->facts, function)->name;
    vec_add(&made->facts.unresolved, ((UnresolvedCall){.call = call, .name = name}));
}

// ---- the program ---------------------------------------------------------------------------------
void made_build(Made *made) {
    Facts *facts = &made->facts;
    facts->symbol_definitions.count = 0;
    for (uint32_t i = 0; i < facts->symbols.count; i++)
        vec_add(&facts->symbol_definitions, ((SymbolId){i}));
    program_build(&made->program, facts, &made->rules);
}
