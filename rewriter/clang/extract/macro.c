// A macro that takes arguments is a function as far as names go: what its body needs, whoever uses it can give.
//
//     #define option(x) (daemon->options[x])        #define option(ctx, x) ((ctx)->options[x])
//
// In: a directive. Out: its symbol; the function, when it has a list of parameters, whose body reads and calls; else
// what the body says happens in no function.
#include "clang/extract/reader.h"

// The macro whose name is at AT, between whose brackets the tokens HEAD are.
static FunctionId add_function(Reader *reader, uint32_t at, const TokenList *head, uint32_t end) {
    Facts *facts = reader->facts;
    const Token *name = reader_token(reader, at);
    Str text = token_text(reader->text, name);
    bool shared = facts_module(facts, (ModuleId){1})->is_stub;
    Str home = facts_name(facts, facts_module(facts, (ModuleId){1})->name);
    FunctionId id = {facts->functions.count};
    ScopeId body = {facts->scopes.count};
    uint32_t open = head->items[0].start, close = head->items[head->count - 2].start;
    vec_add(&facts->functions,
            ((FunctionFact){.name = intern(facts->names, text),
                            .qualified = intern(facts->names, shared ? text
                                                                     : arena_format(&facts->arena, "%.*s.%.*s",
                                                                                    STR_ARG(home), STR_ARG(text))),
                            .module = {1},
                            .scope = {1},
                            .body = body,
                            .statement = reader->statement,
                            .flags = FUNCTION_MACRO | (shared ? 0u : FUNCTION_FILE_LOCAL),
                            .start = name->start,
                            .keyword_start = name->start,
                            .name_start = name->start,
                            .name_end = name->end,
                            .open = open,
                            .close = close,
                            .header_end = close + 1,
                            .body_start = close + 1,
                            .end = end}));
    vec_add(&facts->scopes,
            ((ScopeFact){.kind = SCOPE_FUNCTION, .parent = {1}, .module = {1}, .function = id}));
    Reader inner = *reader;
    inner.list = head;
    inner.scope = body;
    reader_parameters(&inner, id, 0, head->count - 2);
    return id;
}

void reader_macro(Reader *reader, uint32_t at) {
    const Token *token = reader_token(reader, at);
    const MacroBody *macro = &reader->tokens.bodies.items[token->body];
    Reader inner = *reader;
    inner.list = &macro->tokens;
    inner.at = 0;
    inner.scope = (ScopeId){1};
    inner.around = FACT_NONE(StatementId);
    reader_begin_statement(&inner, STATEMENT_OTHER, token->start);
    uint32_t index = inner.statement.index, end = vec_last(&macro->tokens)->end;
    // Who includes a header has its macros.
    bool shared = facts_module(reader->facts, (ModuleId){1})->is_stub;
    SymbolId symbol = reader_symbol(&inner, inner.scope, token_text(reader->text, token),
                                    SYMBOL_MACRO | (shared ? 0 : SYMBOL_FILE_LOCAL));
    inner.list = reader->list;
    reader_bind(&inner, (BindingFact){.kind = BINDING_ASSIGN, .symbol = symbol, .element = -1}, at);
    if (macro->head.count > 2) {
        FunctionId id = add_function(&inner, at, &macro->head, end);
        inner.scope = facts_function(reader->facts, id)->body;
    }
    inner.list = &macro->tokens;
    reader_expressions(&inner, macro->tokens.count - 1);
    facts_statement_row(reader->facts, (StatementId){index})->end = end;
}
