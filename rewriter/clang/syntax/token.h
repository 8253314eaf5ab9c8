// The tokens of a C file, whatever is configured: all branches of `#if` and the bodies of `#define` among them.
//
// A grammar would see less: the body of a macro is one opaque piece to it, and a branch that closes a brace which
// another one opens is an error.
#ifndef WEFT_CLANG_SYNTAX_TOKEN_H
#define WEFT_CLANG_SYNTAX_TOKEN_H

#include "base/str.h"
#include "base/vec.h"

typedef enum TokenKind {
    TOKEN_NAME,   // also keywords
    TOKEN_NUMBER,
    TOKEN_TEXT,   // string or character, with its quotes and prefix
    TOKEN_SIGN,   // operators and brackets; `sign` is the first byte, `->`, `++`, `==`... are one token
    TOKEN_IF,     // #if, #ifdef, #ifndef
    TOKEN_ELSE,   // #else, #elif...
    TOKEN_ENDIF,
    TOKEN_MACRO,  // #define NAME: start and end are those of NAME; its body is in Tokens.bodies
    TOKEN_INCLUDE,// #include: the path with its quotes
    TOKEN_END,    // behind the last one
} TokenKind;

typedef struct Token {
    TokenKind kind;
    char sign;
    uint32_t start, end;
    uint32_t body; // TOKEN_MACRO: index into Tokens.bodies
} Token;

typedef Vec(Token) TokenList;

typedef struct MacroBody {
    TokenList head;   // the brackets with the parameters, ended by TOKEN_END; empty when it takes none
    TokenList tokens; // of the body, ended by TOKEN_END
} MacroBody;

typedef struct Tokens {
    TokenList list; // ended by TOKEN_END
    Vec(MacroBody) bodies;
    bool unfinished; // a comment, a string or a character does not end; FAULT is where it begins
    uint32_t fault;
} Tokens;

// The tokens of TEXT, with the lines of the preprocessor among them.
void tokens_read(Str text, Tokens *tokens);
void tokens_release(Tokens *tokens);

// True for a sign of exactly these bytes.
bool token_is(Str text, const Token *token, const char *sign);
// True for the name of exactly these bytes.
bool token_names(Str text, const Token *token, const char *name);
static inline Str token_text(Str text, const Token *token) {
    return str_slice(text, token->start, token->end);
}

// True for a word of the language, which names nothing; and for one that is a type, or part of one.
bool token_is_keyword(Str word);
bool token_is_type_word(Str word);

#endif
