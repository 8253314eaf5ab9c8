// The top level of a file. In: tokens from the beginning of a declaration. Out: functions and prototypes,
// variables, structures, the names of types; what their initialisers and bodies say is read by expression.c.
//
// What is followed by parentheses is a function when something that may be its type stands before; a macro that is
// called where a declaration may stand has nothing before it.
#include "clang/extract/reader.h"

typedef struct Item {
    uint32_t first;     // token
    uint32_t function;  // the name that has parameters, and where these end; 0: none so far
    uint32_t close;
    uint32_t last_name; // of a variable, or of a type
    bool is_static, is_extern, is_typedef;
    bool has_type;      // something stands before
} Item;

// ---- rows ----------------------------------------------------------------------------------------
static void add_class(Reader *reader, uint32_t at) {
    Facts *facts = reader->facts;
    Name name = intern(facts->names, reader_text(reader, at));
    const Token *token = reader_token(reader, at);
    ScopeId body = {facts->scopes.count};
    vec_add(&facts->scopes, ((ScopeFact){.kind = SCOPE_CLASS,
                                         .parent = {1},
                                         .module = {1},
                                         .klass = {facts->classes.count}}));
    vec_add(&facts->classes, ((ClassFact){.name = name,
                                          .qualified = name,
                                          .module = {1},
                                          .scope = {1},
                                          .body = body,
                                          .statement = reader->statement,
                                          .start = token->start,
                                          .end = token->end,
                                          .name_start = token->start,
                                          .name_end = token->end}));
}

// What the whole program knows has one name in all files.
static Name qualified_name(Facts *facts, Str name, uint32_t flags) {
    if (!(flags & (FUNCTION_FILE_LOCAL | FUNCTION_POINTER))) return intern(facts->names, name);
    Str home = facts_name(facts, facts_module(facts, (ModuleId){1})->name);
    bool pointer = flags & FUNCTION_POINTER;
    return intern(facts->names, arena_format(&facts->arena, pointer ? "%.*s.(*%.*s)" : "%.*s.%.*s", STR_ARG(home),
                                             STR_ARG(name)));
}

FunctionId reader_function(Reader *reader, uint32_t first, uint32_t name, uint32_t open, uint32_t close,
                           uint32_t flags) {
    Facts *facts = reader->facts;
    FunctionId id = {facts->functions.count};
    ScopeId body = {facts->scopes.count}, outer = reader->scope;
    Str text = reader_text(reader, name);
    FunctionFact function = {.name = intern(facts->names, text),
                             .module = {1},
                             .scope = {1},
                             .body = body,
                             .statement = reader->statement,
                             .flags = flags};
    function.qualified = qualified_name(facts, text, flags);
    function.start = function.keyword_start = reader_token(reader, first)->start;
    function.name_start = reader_token(reader, name)->start;
    function.name_end = reader_token(reader, name)->end;
    function.open = reader_token(reader, open)->start;
    function.close = reader_token(reader, close)->start;
    function.end = function.header_end = function.body_start = reader_token(reader, close)->end;
    vec_add(&facts->functions, function);
    vec_add(&facts->scopes, ((ScopeFact){.kind = SCOPE_FUNCTION,
                                         .parent = {1},
                                         .module = {1},
                                         .function = id}));
    if (!(flags & FUNCTION_POINTER)) {
        reader->scope = (ScopeId){1};
        SymbolId symbol = reader_symbol(reader, reader->scope, text, 0);
        reader_bind(reader, (BindingFact){.kind = BINDING_FUNCTION, .symbol = symbol, .function = id}, name);
    }
    reader->scope = body;
    reader_parameters(reader, id, open, close);
    reader_pointers(reader, open + 1, close); // rows of their own, behind those of this one
    reader->scope = outer;
    return id;
}

static void add_variable(Reader *reader, const Item *item, bool has_value) {
    uint32_t flags = item->is_static ? SYMBOL_FILE_LOCAL : 0;
    SymbolId symbol = reader_symbol(reader, reader->scope, reader_text(reader, item->last_name), flags);
    BindingKind kind = has_value || !item->is_extern ? BINDING_ASSIGN : BINDING_DECLARE;
    reader_bind(reader, (BindingFact){.kind = kind, .symbol = symbol, .element = -1}, item->last_name);
}

// ---- one declaration -------------------------------------------------------------------------------
// f(a, b) int a; char *b; { }: the types of its parameters follow.
static bool is_old_style(const Reader *reader, const Item *item, uint32_t at) {
    bool plain = item->close > item->function + 2;
    for (uint32_t i = item->function + 2; i < item->close; i++)
        plain = plain && ((i - item->function) % 2 ? reader_is(reader, i, ",") : reader_is_name(reader, i));
    return plain && at > item->close + 1 && !reader_is(reader, at, ",");
}

// The system calls `main`, with what it has.
static uint32_t function_flags(const Reader *reader, const Item *item, bool defines) {
    uint32_t fixed = reader_names(reader, item->function, "main") && !item->is_static ? FUNCTION_FIXED_SIGNATURE : 0;
    return fixed | (defines ? 0u : FUNCTION_STUB) | (item->is_static ? FUNCTION_FILE_LOCAL : 0u);
}

static uint32_t read_body(Reader *reader, const Item *item, uint32_t brace, uint32_t flags) {
    facts_statement_row(reader->facts, reader->statement)->kind = STATEMENT_FUNCTION;
    FunctionId id =
        reader_function(reader, item->first, item->function, item->function + 1, item->close, flags);
    FunctionFact *function = facts_function_row(reader->facts, id);
    uint32_t close = reader_close(reader, brace);
    function->header_end = function->body_start = reader_token(reader, brace)->end;
    function->end = reader_token(reader, close)->end;
    StatementId statement = reader->statement;
    reader->around = statement;
    reader->statement = FACT_NONE(StatementId);
    reader->scope = function->body;
    reader->at = brace + 1;
    reader_expressions(reader, close);
    reader_end_statement(reader, reader_token(reader, close)->start);
    reader->scope = (ScopeId){1};
    reader->around = FACT_NONE(StatementId);
    reader->statement = statement;
    return close;
}

// The end of a declarator: what it declares.
static void declare(Reader *reader, Item *item, bool has_value) {
    if (item->function) // of a typedef: a type of functions
        reader_function(reader, item->first, item->function, item->function + 1, item->close,
                        item->is_typedef ? FUNCTION_STUB | FUNCTION_POINTER : function_flags(reader, item, false));
    else if (item->last_name && item->is_typedef)
        add_class(reader, item->last_name);
    else if (item->last_name && item->has_type)
        add_variable(reader, item, has_value);
    item->function = item->last_name = 0;
}

static uint32_t end_of_value(const Reader *reader, uint32_t at) {
    uint32_t end = at;
    while (reader_token(reader, end)->kind != TOKEN_END && !reader_is(reader, end, ";") &&
           !reader_is(reader, end, ",")) {
        bool opens = reader_is(reader, end, "(") || reader_is(reader, end, "[") || reader_is(reader, end, "{");
        end = opens ? reader_close(reader, end) + 1 : end + 1;
    }
    return end;
}

static void read_names(Reader *reader, uint32_t from, uint32_t end) {
    uint32_t at = reader->at;
    reader->at = from;
    reader_expressions(reader, end);
    reader->at = at;
}

static bool is_attribute(const Reader *reader, uint32_t at) {
    static const char *const words[] = {"__attribute__", "__declspec", "_Alignas", "typeof", "__typeof__",
                                        "__asm__", "asm", "_Static_assert"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (reader_names(reader, at, words[i])) return true;
    return false;
}

// enum { NAME, NAME = value }: names of the whole program, or of the file.
static void read_enumerators(Reader *reader, uint32_t brace, uint32_t close) {
    bool shared = facts_module(reader->facts, (ModuleId){1})->is_stub;
    bool begins = true;
    for (uint32_t i = brace + 1; i < close; i++) {
        if (begins && reader_is_name(reader, i)) {
            SymbolId symbol = reader_symbol(reader, reader->scope, reader_text(reader, i),
                                            SYMBOL_CONSTANT | (shared ? 0 : SYMBOL_FILE_LOCAL));
            reader_bind(reader, (BindingFact){.kind = BINDING_ASSIGN, .symbol = symbol, .element = -1}, i);
        }
        if (reader_is(reader, i, "(")) i = reader_close(reader, i);
        if (!reader_is_directive(reader, i)) begins = reader_is(reader, i, ",");
    }
}

// struct NAME { fields }; struct NAME. The index of its last token.
static uint32_t read_tag(Reader *reader, Item *item, uint32_t at) {
    uint32_t tag = at + 1;
    while (is_attribute(reader, tag)) tag = reader_close(reader, tag + 1) + 1;
    bool named = reader_is_name(reader, tag);
    uint32_t brace = named ? tag + 1 : tag;
    bool forward = named && reader_is(reader, brace, ";") && !item->has_type;
    item->has_type = true;
    if (named && !reader_names(reader, at, "enum") && (forward || reader_is(reader, brace, "{")))
        add_class(reader, tag);
    if (reader_is(reader, brace, "{")) {
        uint32_t close = reader_close(reader, brace);
        if (reader_names(reader, at, "enum"))
            read_enumerators(reader, brace, close);
        else
            reader_pointers(reader, brace + 1, close);
        return close;
    }
    return named ? tag : at;
}

static void read_specifier(Reader *reader, Item *item, uint32_t at) {
    item->is_static = item->is_static || reader_names(reader, at, "static");
    item->is_extern = item->is_extern || reader_names(reader, at, "extern");
    item->is_typedef = item->is_typedef || reader_names(reader, at, "typedef");
    item->has_type = item->has_type || !reader_names(reader, at, "typedef");
}

// EXTERN(int) name(list); EXTERN(int) name(list) { }: what a macro called up to CLOSE gives is a type.
static bool is_type_macro(const Reader *reader, uint32_t close) {
    uint32_t name = close + 1;
    while (reader_is(reader, name, "*")) name++;
    if (!reader_is_name(reader, name) || !reader_is(reader, name + 1, "(")) return false;
    uint32_t end = reader_close(reader, name + 1) + 1;
    return reader_is(reader, end, ";") || reader_is(reader, end, "{") || is_attribute(reader, end);
}

// A name with parentheses behind it; the index of its last token.
static uint32_t read_called(Reader *reader, Item *item, uint32_t at) {
    uint32_t close = reader_close(reader, at + 1);
    bool pointer = reader_is(reader, at + 2, "*"); // type_t (*name)(int)
    if (pointer) {
        item->has_type = true;
        return at;
    }
    if (item->has_type && !item->function) {
        item->function = at;
        item->close = close;
    } else { // a macro, before a declaration, behind a function or in place of one
        read_names(reader, at, close + 1);
        item->has_type = item->has_type || is_type_macro(reader, close);
    }
    return close;
}

static uint32_t read_word(Reader *reader, Item *item, uint32_t at) {
    if (is_attribute(reader, at)) return reader_close(reader, at + 1);
    if (reader_names(reader, at, "struct") || reader_names(reader, at, "union") ||
        reader_names(reader, at, "enum"))
        return read_tag(reader, item, at);
    if (!reader_is_name(reader, at)) {
        read_specifier(reader, item, at);
        return at;
    }
    if (reader_is(reader, at + 1, "(")) return read_called(reader, item, at);
    bool type_follows = reader_is_name(reader, at + 1) || reader_is(reader, at + 1, "*");
    if (!item->function && !type_follows) item->last_name = at;
    item->has_type = true;
    return at;
}

// A `{` that no structure has: a body, or that of a function which a macro makes.
static uint32_t read_brace(Reader *reader, const Item *item, uint32_t at) {
    if (item->function) return read_body(reader, item, at, function_flags(reader, item, true));
    uint32_t close = reader_close(reader, at);
    read_names(reader, at + 1, close);
    return close;
}

// K&R: its parameters have no types in the list, so that nothing can be added to it.
static bool read_old_style(Reader *reader, const Item *item, uint32_t at, uint32_t *last) {
    if (!item->function || !is_old_style(reader, item, at)) return false;
    while (reader_token(reader, at)->kind != TOKEN_END && !reader_is(reader, at, "{")) at++;
    *last = read_body(reader, item, at, function_flags(reader, item, true) | FUNCTION_FIXED_SIGNATURE);
    return true;
}

// int (*name)(int): the name of the variable stands inside.
static uint32_t read_group(Reader *reader, Item *item, uint32_t at) {
    uint32_t close = reader_close(reader, at);
    for (uint32_t i = at + 1; i < close && !item->last_name && !item->function; i++)
        if (reader_is_name(reader, i) && reader_is(reader, at + 1, "*")) item->last_name = i;
    if (reader_is_pointer(reader, at)) return reader_pointer(reader, at);
    return close;
}

static uint32_t read_sign(Reader *reader, Item *item, uint32_t at, bool *done) {
    uint32_t last = at;
    if (reader_is(reader, at, "{")) {
        *done = true;
        return read_brace(reader, item, at);
    }
    if (reader_is(reader, at, ";")) {
        *done = true;
        if (!read_old_style(reader, item, at, &last)) declare(reader, item, false);
    } else if (reader_is(reader, at, ",")) {
        declare(reader, item, false);
    } else if (reader_is(reader, at, "=")) {
        last = end_of_value(reader, at + 1) - 1;
        declare(reader, item, true);
        read_names(reader, at + 1, last + 1);
    } else if (reader_is(reader, at, "(")) {
        last = read_group(reader, item, at);
    } else if (reader_is(reader, at, "[")) {
        last = reader_close(reader, at);
    }
    return last;
}

static void read_declaration(Reader *reader) {
    Item item = {.first = reader->at};
    bool done = false;
    uint32_t i = reader->at;
    reader_begin_statement(reader, STATEMENT_OTHER, reader_token(reader, i)->start);
    for (; !done && reader_token(reader, i)->kind != TOKEN_END; i++) {
        if (reader_is_directive(reader, i))
            reader_directive(reader, i);
        else if (reader_token(reader, i)->kind == TOKEN_NAME)
            i = read_word(reader, &item, i);
        else if (reader_token(reader, i)->kind == TOKEN_SIGN)
            i = read_sign(reader, &item, i, &done);
    }
    reader_end_statement(reader, reader_token(reader, i > 0 ? i - 1 : 0)->end);
    reader->at = i;
}

void reader_item(Reader *reader) {
    bool linkage = reader_names(reader, reader->at, "extern") &&
                   reader_token(reader, reader->at + 1)->kind == TOKEN_TEXT &&
                   reader_is(reader, reader->at + 2, "{");
    if (reader_is_directive(reader, reader->at))
        reader_directive(reader, reader->at++);
    else if (linkage) // extern "C" {
        reader->at += 3;
    else if (reader_is(reader, reader->at, ";") || reader_is(reader, reader->at, "}"))
        reader->at++;
    else
        read_declaration(reader);
}
