// One file to its facts. In: its text. Out: rows; E104 where a comment or a string does not end.
#include "clang/extract/extract.h"

#include "clang/extract/reader.h"

// ---- tokens --------------------------------------------------------------------------------------
bool reader_is_name(const Reader *reader, uint32_t at) {
    return reader_token(reader, at)->kind == TOKEN_NAME && !token_is_keyword(reader_text(reader, at));
}

// Of the branches of an `#if`, brackets of the first count: the others close what that one opened.
uint32_t reader_close(const Reader *reader, uint32_t at) {
    uint32_t depth = 0, other = 0, nested = 0;
    for (; reader_token(reader, at)->kind != TOKEN_END; at++) {
        const Token *token = reader_token(reader, at);
        if (token->kind == TOKEN_IF && other) nested++;
        if (token->kind == TOKEN_ELSE && nested == 0) other = 1;
        if (token->kind == TOKEN_ENDIF && nested == 0) other = 0;
        if (token->kind == TOKEN_ENDIF && nested > 0) nested--;
        if (token->kind != TOKEN_SIGN || other) continue;
        if (token->sign == '(' || token->sign == '[' || token->sign == '{') depth++;
        if ((token->sign == ')' || token->sign == ']' || token->sign == '}') && --depth == 0) return at;
    }
    return at;
}

// ---- rows ----------------------------------------------------------------------------------------
void reader_begin_statement(Reader *reader, StatementKind kind, uint32_t start) {
    reader->statement = (StatementId){reader->facts->statements.count};
    vec_add(&reader->facts->statements, ((StatementFact){.kind = kind,
                                                         .scope = reader->scope,
                                                         .parent = reader->around,
                                                         .start = start,
                                                         .end = start}));
}

void reader_end_statement(Reader *reader, uint32_t end) {
    if (fact_is(reader->statement)) facts_statement_row(reader->facts, reader->statement)->end = end;
    reader->statement = FACT_NONE(StatementId);
}

SymbolId reader_symbol(Reader *reader, ScopeId scope, Str text, uint32_t flags) {
    Facts *facts = reader->facts;
    Name name = intern(facts->names, text);
    SymbolId found = facts_symbol_in(facts, scope, name);
    if (fact_is(found)) {
        facts_symbol_row(facts, found)->flags |= flags;
        return found;
    }
    SymbolId id = {facts->symbols.count};
    vec_add(&facts->symbols, ((SymbolFact){.name = name,
                                           .scope = scope,
                                           .flags = flags,
                                           .next_in_scope = facts_scope(facts, scope)->first_symbol}));
    facts_scope_row(facts, scope)->first_symbol = id;
    facts_symbol_index(facts, id);
    return id;
}

void reader_bind(Reader *reader, BindingFact binding, uint32_t at) {
    Facts *facts = reader->facts;
    BindingId id = {facts->bindings.count};
    binding.start = reader_token(reader, at)->start;
    binding.end = reader_token(reader, at)->end;
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

// ---- directives ----------------------------------------------------------------------------------
static void read_include(Reader *reader, uint32_t at) {
    Facts *facts = reader->facts;
    const Token *token = reader_token(reader, at);
    Str path = str_slice(reader->text, token->start + 1, token->end - 1);
    uint32_t line = source_line_start(source_file(facts->sources, reader->file), token->start);
    StatementId outer = reader->statement, statement = {facts->statements.count};
    reader_begin_statement(reader, STATEMENT_IMPORT, line);
    reader_end_statement(reader, token->end);
    reader->statement = outer;
    vec_add(&facts->imports, ((ImportFact){.kind = IMPORT_ALL,
                                           .module = {1},
                                           .path = intern(facts->names, path),
                                           .at_top = true,
                                           .scope = {1},
                                           .statement = statement,
                                           .items = 1,
                                           .start = token->start,
                                           .end = token->end,
                                           .statement_start = line,
                                           .statement_end = token->end}));
    facts_module_row(facts, (ModuleId){1})->imports_end = token->end;
}

void reader_directive(Reader *reader, uint32_t at) {
    if (reader_token(reader, at)->kind == TOKEN_MACRO) reader_macro(reader, at);
    if (reader_token(reader, at)->kind == TOKEN_INCLUDE) read_include(reader, at);
}

// ---- the file ------------------------------------------------------------------------------------
// "builtin/add.c" -> "builtin.add"; a header and the source beside it have one name.
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

// A tab where most lines begin with one.
static Str find_indent(Str text) {
    uint32_t tabs = 0, spaces = 0;
    for (size_t i = 0; i + 2 < text.length; i++) {
        if (text.data[i] != '\n') continue;
        tabs += text.data[i + 1] == '\t';
        spaces += text.data[i + 1] == ' ' && text.data[i + 2] == ' ';
    }
    return tabs >= spaces && tabs > 0 ? STR("\t") : STR("    ");
}

bool clang_extract(const Sources *sources, FileId file, const PatternProgram *patterns, Facts *facts,
                   Diagnostics *diagnostics) {
    (void)patterns; // there are none for C
    const SourceFile *source = source_file(sources, file);
    Reader reader = {.facts = facts, .file = file, .text = source->text, .scope = {1}};
    tokens_read(source->text, &reader.tokens);
    if (reader.tokens.unfinished) {
        uint32_t fault = reader.tokens.fault;
        diagnostic_add(diagnostics, DIAGNOSTIC_E104, (Span){file, fault, fault + 1},
                       "'%.*s' does not parse: what begins here does not end", STR_ARG(source->path));
        tokens_release(&reader.tokens);
        return false;
    }
    vec_add(&facts->modules, ((ModuleFact){.file = file,
                                           .name = module_name(facts, source->path),
                                           .is_stub = str_ends_with(source->path, STR(".h")),
                                           .is_open = true,
                                           .scope = {1},
                                           .indent = find_indent(source->text)}));
    vec_add(&facts->scopes, ((ScopeFact){.kind = SCOPE_MODULE, .module = {1}}));
    reader.list = &reader.tokens.list;
    while (reader_token(&reader, reader.at)->kind != TOKEN_END) reader_item(&reader);
    tokens_release(&reader.tokens);
    return true;
}

// For expressions of rules: brackets that do not close, and nothing at all.
uint32_t clang_count_errors(Str text, uint32_t *first_error) {
    Tokens tokens;
    tokens_read(text, &tokens);
    StrBuf open = {0};
    uint32_t errors = tokens.unfinished;
    *first_error = tokens.fault;
    for (uint32_t i = 0; i < tokens.list.count; i++) {
        const Token *token = &tokens.list.items[i];
        char sign = token->sign, wanted = '\0';
        if (sign == '(' || sign == '[' || sign == '{') strbuf_add_char(&open, sign);
        if (sign == ')') wanted = '(';
        if (sign == ']') wanted = '[';
        if (sign == '}') wanted = '{';
        bool wrong = wanted && (open.length == 0 || open.data[open.length - 1] != wanted);
        if (wrong && errors++ == 0) *first_error = token->start;
        if (wanted && !wrong) open.data[--open.length] = '\0';
        if (sign == ';' && errors++ == 0) *first_error = token->start;
    }
    errors += open.length > 0;
    strbuf_release(&open);
    tokens_release(&tokens);
    return errors;
}
