// Private to extract/: the state of one walk over the tokens of a file.
//
// Reading order: extract.c (the file), declaration.c (its top level), parameter.c, expression.c (bodies,
// initialisers and macros).
#ifndef WEFT_CLANG_EXTRACT_READER_H
#define WEFT_CLANG_EXTRACT_READER_H

#include "clang/extract/extract.h"

typedef struct Reader {
    Facts *facts;
    FileId file;
    Str text;
    Tokens tokens;
    const TokenList *list; // the file's, or that of a macro
    uint32_t at;           // in it
    ScopeId scope;
    StatementId around;    // the function's
    StatementId statement; // none: the next expression begins one
} Reader;

static inline const Token *reader_token(const Reader *reader, uint32_t at) {
    return &reader->list->items[at < reader->list->count ? at : reader->list->count - 1];
}
static inline bool reader_is(const Reader *reader, uint32_t at, const char *sign) {
    return token_is(reader->text, reader_token(reader, at), sign);
}
static inline bool reader_names(const Reader *reader, uint32_t at, const char *name) {
    return token_names(reader->text, reader_token(reader, at), name);
}
static inline Str reader_text(const Reader *reader, uint32_t at) {
    return token_text(reader->text, reader_token(reader, at));
}
// A directive, which stands between the tokens of the program.
static inline bool reader_is_directive(const Reader *reader, uint32_t at) {
    TokenKind kind = reader_token(reader, at)->kind;
    return kind >= TOKEN_IF && kind <= TOKEN_INCLUDE;
}
// The token is a name, and no word of the language.
bool reader_is_name(const Reader *reader, uint32_t at);
// Index of the bracket that closes the one at AT; that of the last token when none does.
uint32_t reader_close(const Reader *reader, uint32_t at);

// extract.c
void reader_begin_statement(Reader *reader, StatementKind kind, uint32_t start);
void reader_end_statement(Reader *reader, uint32_t end);
// The symbol NAME of SCOPE, new or known.
SymbolId reader_symbol(Reader *reader, ScopeId scope, Str name, uint32_t flags);
// BINDING of the name at AT, in the scope at hand.
void reader_bind(Reader *reader, BindingFact binding, uint32_t at);
// The directive at AT: a macro, an include.
void reader_directive(Reader *reader, uint32_t at);

// macro.c: the macro whose name is at AT, with its body.
void reader_macro(Reader *reader, uint32_t at);

// declaration.c: the item at READER.at of the file's top level; moves behind it.
void reader_item(Reader *reader);

// The function whose name is at NAME and whose parameters stand between OPEN and CLOSE: a prototype, or the beginning of
// a definition, or what says the parameters of functions.
FunctionId reader_function(Reader *reader, uint32_t first, uint32_t name, uint32_t open, uint32_t close, uint32_t flags);
// pointer.c: (*name)(int) at AT, which is no call, gets its row. The index of its last token; AT when it is something else.
uint32_t reader_pointer(Reader *reader, uint32_t at);
bool reader_is_pointer(const Reader *reader, uint32_t at);
// All of them between two tokens: in a structure, in a list of parameters.
void reader_pointers(Reader *reader, uint32_t from, uint32_t end);

// parameter.c: adds the parameters between the tokens OPEN and CLOSE; their symbols stand in its body.
void reader_parameters(Reader *reader, FunctionId function, uint32_t open, uint32_t close);

// expression.c: what is named and called from READER.at on, up to the token END.
void reader_expressions(Reader *reader, uint32_t end);

#endif
