// Text to facts, by recursive descent. In: one file. Out: its tables; or E104 at the first byte that is not
// Slip.
#include "toy.h"

typedef struct Reader {
    Facts *facts;
    FileId file;
    Str text;
    uint32_t at;
    bool failed;
    uint32_t fault; // offset of the first error
    bool declares;  // a .slipd file
    ScopeId scope;
    StatementId statement, around;
} Reader;

// ---- words ---------------------------------------------------------------------------------------
static void fail(Reader *reader) {
    if (!reader->failed) reader->fault = reader->at;
    reader->failed = true;
}

static bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static char peek(Reader *reader) {
    Str text = reader->text;
    while (reader->at < text.length) {
        if (text.data[reader->at] == '#')
            while (reader->at < text.length && text.data[reader->at] != '\n') reader->at++;
        else if (is_white(text.data[reader->at]))
            reader->at++;
        else
            return text.data[reader->at];
    }
    return '\0';
}

static bool take(Reader *reader, char c) {
    if (peek(reader) != c) return false;
    reader->at++;
    return true;
}

static uint32_t want(Reader *reader, char c) {
    uint32_t at = (peek(reader), reader->at);
    if (!take(reader, c)) fail(reader);
    return at;
}

static Str word(Reader *reader) {
    peek(reader);
    uint32_t start = reader->at;
    while (reader->at < reader->text.length && str_is_word_byte(reader->text.data[reader->at]))
        reader->at++;
    if (reader->at == start) fail(reader);
    return str_slice(reader->text, start, reader->at);
}

static bool keyword(Reader *reader, const char *text) {
    uint32_t start = (peek(reader), reader->at);
    if (str_is_word_byte(peek(reader)) && str_is(word(reader), text)) return true;
    reader->at = start;
    return false;
}

static uint32_t offset_of(const Reader *reader, Str part) {
    return (uint32_t)(part.data - reader->text.data);
}

// ---- rows ----------------------------------------------------------------------------------------
static SymbolId add_symbol(Reader *reader, ScopeId scope, Str text, uint32_t flags) {
    Facts *facts = reader->facts;
    Name name = intern(facts->names, text);
    SymbolId found = facts_symbol_in(facts, scope, name);
    if (fact_is(found)) return found;
    SymbolId id = {facts->symbols.count};
    vec_add(&facts->symbols, ((SymbolFact){.name = name,
                                           .scope = scope,
                                           .flags = flags,
                                           .next_in_scope = facts_scope(facts, scope)->first_symbol}));
    facts_scope_row(facts, scope)->first_symbol = id;
    facts_symbol_index(facts, id);
    return id;
}

static void add_binding(Reader *reader, BindingFact binding, Str name) {
    Facts *facts = reader->facts;
    BindingId id = {facts->bindings.count};
    binding.start = offset_of(reader, name);
    binding.end = binding.start + (uint32_t)name.length;
    binding.scope = reader->scope;
    binding.statement = reader->statement;
    vec_add(&facts->bindings, binding);
    SymbolFact *symbol = facts_symbol_row(facts, binding.symbol);
    if (fact_is(symbol->last_binding))
        facts_binding_row(facts, symbol->last_binding)->next_of_symbol = id;
    else
        symbol->first_binding = id;
    symbol->last_binding = id;
}

static void begin_statement(Reader *reader, StatementKind kind) {
    peek(reader);
    reader->statement = (StatementId){reader->facts->statements.count};
    vec_add(&reader->facts->statements, ((StatementFact){.kind = kind,
                                                         .scope = reader->scope,
                                                         .parent = reader->around,
                                                         .start = reader->at}));
}

static void end_statement(Reader *reader, ExprId value) {
    StatementFact *row = facts_statement_row(reader->facts, reader->statement);
    row->value = value;
    row->end = reader->at;
}

// ---- expressions ---------------------------------------------------------------------------------
static ExprId read_expression(Reader *reader, ExprId parent);

static ExprId add_expr(Reader *reader, ExprKind kind, ExprId parent, uint32_t start) {
    ExprId id = {reader->facts->exprs.count};
    vec_add(&reader->facts->exprs, ((ExprFact){.kind = (uint8_t)kind,
                                               .parent = parent,
                                               .scope = reader->scope,
                                               .statement = reader->statement,
                                               .start = start,
                                               .end = reader->at}));
    return id;
}

// The arguments of a call are rows of their own, one behind the other: those of calls inside them come
// first.
static void read_arguments(Reader *reader, ExprId call_expr, CallFact *call) {
    Vec(ArgumentFact) arguments = {0};
    while (!reader->failed && peek(reader) != ')') {
        uint32_t start = reader->at;
        ExprId value = read_expression(reader, call_expr);
        ArgumentFact argument = {.kind = ARGUMENT_POSITIONAL, .value = value, .start = start};
        argument.end = facts_expr(reader->facts, value)->end;
        if (peek(reader) == ',') argument.comma = reader->at++;
        vec_add(&arguments, argument);
    }
    call->first_argument = reader->facts->arguments.count;
    call->argument_count = arguments.count;
    for (uint32_t i = 0; i < arguments.count; i++) {
        arguments.items[i].call = (CallId){reader->facts->calls.count};
        vec_add(&reader->facts->arguments, arguments.items[i]);
    }
    vec_release(&arguments);
}

static ExprId read_call(Reader *reader, ExprId parent, Str name, uint32_t start, uint32_t end) {
    Facts *facts = reader->facts;
    ExprId id = add_expr(reader, EXPR_CALL, parent, start);
    ExprId callee = add_expr(reader, EXPR_NAME, id, start);
    facts_expr_row(facts, callee)->name = intern(facts->names, name);
    facts_expr_row(facts, callee)->end = end;
    CallFact call = {.expr = id, .callee = callee, .module = {1}, .open = want(reader, '(')};
    read_arguments(reader, id, &call);
    call.close = want(reader, ')');
    ExprFact *row = facts_expr_row(facts, id);
    row->base = callee;
    row->call = (CallId){facts->calls.count};
    row->end = reader->at;
    vec_add(&facts->calls, call);
    return id;
}

static ExprId read_expression(Reader *reader, ExprId parent) {
    uint32_t start = (peek(reader), reader->at);
    if (take(reader, '"')) {
        while (reader->at < reader->text.length && reader->text.data[reader->at] != '"')
            reader->at++;
        want(reader, '"');
        return add_expr(reader, EXPR_STRING, parent, start);
    }
    Str name = word(reader);
    bool number = name.length && name.data[0] >= '0' && name.data[0] <= '9';
    uint32_t end = reader->at;
    if (!number && peek(reader) == '(') return read_call(reader, parent, name, start, end);
    ExprId id = add_expr(reader, number ? EXPR_NUMBER : EXPR_NAME, parent, start);
    facts_expr_row(reader->facts, id)->end = end;
    if (!number) facts_expr_row(reader->facts, id)->name = intern(reader->facts->names, name);
    return id;
}

// ---- statements and definitions ------------------------------------------------------------------
static void read_statement(Reader *reader) {
    bool binds = keyword(reader, "let");
    bool returns = !binds && keyword(reader, "return");
    begin_statement(reader, binds     ? STATEMENT_ASSIGN
                            : returns ? STATEMENT_RETURN
                                      : STATEMENT_EXPRESSION);
    Str name = binds ? word(reader) : STR_NONE;
    if (binds) want(reader, '=');
    ExprId value = read_expression(reader, FACT_NONE(ExprId));
    if (binds && !reader->failed)
        add_binding(reader,
                    (BindingFact){.kind = BINDING_ASSIGN,
                                  .symbol = add_symbol(reader, reader->scope, name, 0),
                                  .value = value,
                                  .element = -1},
                    name);
    want(reader, ';');
    end_statement(reader, value);
}

static void read_parameters(Reader *reader, FunctionId id) {
    Facts *facts = reader->facts;
    while (!reader->failed && peek(reader) != ')') {
        Str name = word(reader);
        ParameterId parameter = {facts->parameters.count};
        uint32_t start = offset_of(reader, name);
        SymbolId symbol = add_symbol(reader, reader->scope, name, SYMBOL_PARAMETER);
        vec_add(&facts->parameters, ((ParameterFact){.kind = PARAMETER_POSITIONAL,
                                                     .name = intern(facts->names, name),
                                                     .function = id,
                                                     .symbol = symbol,
                                                     .start = start,
                                                     .end = reader->at}));
        if (peek(reader) == ',') facts_parameter_row(facts, parameter)->comma = reader->at++;
        add_binding(
            reader,
            (BindingFact){.kind = BINDING_PARAMETER, .symbol = symbol, .parameter = parameter},
            name);
        facts_function_row(facts, id)->parameter_count++;
    }
}

static void read_function(Reader *reader, uint32_t start) {
    Facts *facts = reader->facts;
    FunctionId id = {facts->functions.count};
    ScopeId module = reader->scope, body = {facts->scopes.count};
    Str name = word(reader);
    FunctionFact function = {.name = intern(facts->names, name), .module = {1}, .scope = module};
    Str home = facts_name(facts, facts_module(facts, (ModuleId){1})->name);
    Str qualified = arena_format(&facts->arena, "%.*s.%.*s", STR_ARG(home), STR_ARG(name));
    function.qualified = intern(facts->names, qualified);
    function.body = body;
    function.statement = reader->statement;
    function.start = function.keyword_start = start;
    function.name_start = offset_of(reader, name);
    function.name_end = reader->at;
    function.first_parameter = facts->parameters.count;
    function.flags = reader->declares ? FUNCTION_STUB : 0;
    function.open = want(reader, '(');
    vec_add(&facts->functions, function);
    add_binding(reader,
                (BindingFact){.kind = BINDING_FUNCTION,
                              .symbol = add_symbol(reader, module, name, 0),
                              .function = id},
                name);
    vec_add(&facts->scopes,
            ((ScopeFact){
                .kind = SCOPE_FUNCTION, .parent = module, .module = {1}, .function = id}));
    StatementId statement = reader->statement;
    reader->scope = body;
    read_parameters(reader, id);
    facts_function_row(facts, id)->close = want(reader, ')');
    want(reader, reader->declares ? ';' : '{');
    FunctionFact *row = facts_function_row(facts, id);
    row->header_end = row->body_start = reader->at;
    reader->around = statement;
    while (!reader->declares && !reader->failed && !take(reader, '}')) read_statement(reader);
    reader->around = FACT_NONE(StatementId);
    reader->scope = module;
    reader->statement = statement;
    facts_function_row(facts, id)->end = reader->at;
    end_statement(reader, FACT_NONE(ExprId));
}

static void read_use(Reader *reader, uint32_t start) {
    Facts *facts = reader->facts;
    want(reader, '"');
    Str path = word(reader);
    want(reader, '"');
    want(reader, ';');
    end_statement(reader, FACT_NONE(ExprId));
    vec_add(&facts->imports, ((ImportFact){.kind = IMPORT_ALL,
                                           .module = {1},
                                           .path = intern(facts->names, path),
                                           .at_top = true,
                                           .scope = reader->scope,
                                           .statement = reader->statement,
                                           .items = 1,
                                           .statement_start = start,
                                           .statement_end = reader->at}));
    facts_module_row(facts, (ModuleId){1})->imports_end = reader->at;
}

static void read_item(Reader *reader) {
    uint32_t start = (peek(reader), reader->at);
    bool use = keyword(reader, "use");
    bool variable = !use && reader->declares && keyword(reader, "var");
    begin_statement(reader, use ? STATEMENT_IMPORT : variable ? STATEMENT_OTHER : STATEMENT_FUNCTION);
    facts_statement_row(reader->facts, reader->statement)->start = start;
    if (use) {
        read_use(reader, start);
    } else if (variable) {
        Str name = word(reader);
        want(reader, ';');
        end_statement(reader, FACT_NONE(ExprId));
        add_binding(reader,
                    (BindingFact){.kind = BINDING_DECLARE,
                                  .symbol = add_symbol(reader, reader->scope, name, 0)},
                    name);
    } else if (keyword(reader, "fn")) {
        read_function(reader, start);
    } else {
        fail(reader);
    }
}

// "src/settings.slipd" -> "src.settings"
static Name module_name(Facts *facts, Str path) {
    StrBuf name = {0};
    ptrdiff_t dot = str_find_last(path, '.');
    strbuf_add(&name, str_slice(path, 0, (size_t)dot));
    for (size_t i = 0; i < name.length; i++)
        if (name.data[i] == '/') name.data[i] = '.';
    Name interned = intern(facts->names, strbuf_str(&name));
    strbuf_release(&name);
    return interned;
}

bool slip_extract(const Sources *sources, FileId file, const PatternProgram *patterns, Facts *facts,
                  Diagnostics *diagnostics) {
    (void)patterns;
    const SourceFile *source = source_file(sources, file);
    Reader reader = {.facts = facts, .file = file, .text = source->text, .scope = {1}};
    reader.declares = str_ends_with(source->path, STR(".slipd"));
    vec_add(&facts->modules, ((ModuleFact){.file = file,
                                           .name = module_name(facts, source->path),
                                           .is_stub = reader.declares,
                                           .scope = {1},
                                           .indent = STR("    ")}));
    vec_add(&facts->scopes, ((ScopeFact){.kind = SCOPE_MODULE, .module = {1}}));
    while (!reader.failed && peek(&reader) != '\0') read_item(&reader);
    if (!reader.failed) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E104, (Span){file, reader.fault, reader.fault},
                   "'%.*s' does not parse", STR_ARG(source->path));
    facts_release(facts);
    facts_init(facts, sources);
    return false;
}

// For expressions of rules: TEXT is one.
uint32_t slip_count_errors(Str text, uint32_t *first_error) {
    Facts facts;
    facts_init(&facts, NULL);
    Reader reader = {.facts = &facts, .text = text};
    bool closes = take(&reader, '(');
    read_expression(&reader, FACT_NONE(ExprId));
    if (closes) want(&reader, ')');
    if (peek(&reader) != '\0') fail(&reader);
    *first_error = reader.fault;
    facts_release(&facts);
    return reader.failed;
}
