// What the attributes of a function say by numbers of its parameters. In: a declaration that gains or loses one. Out: edits
// of the numbers behind it.
//
//     void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));     becomes (printf, 2, 3)
//
// Macros for them come from anywhere, and are known by what their names have in them: G_GNUC_PRINTF(1, 2).
#include "clang/syntax/token.h"
#include "clang/write/write.h"

static bool has_part(Str word, const char *part) {
    Str wanted = str_from(part);
    for (size_t i = 0; i + wanted.length <= word.length; i++) {
        size_t k = 0;
        while (k < wanted.length && (word.data[i + k] | 0x20) == (wanted.data[k] | 0x20)) k++;
        if (k == wanted.length) return true;
    }
    return false;
}

static bool is_macro_that_counts(Str text, const Token *token) {
    static const char *const parts[] = {"printf", "scanf", "strftime", "format", "_fmt", "fmt_", "nonnull", "alloc_size"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts && token->kind == TOKEN_NAME; i++)
        if (has_part(token_text(text, token), parts[i])) return true;
    return false;
}

static bool counts_parameters(Str text, const Token *token) {
    static const char *const words[] = {"format", "__format__", "nonnull", "__nonnull__", "alloc_size",
                                        "__alloc_size__", "format_arg", "__format_arg__"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_names(text, token, words[i])) return true;
    return is_macro_that_counts(text, token);
}

// A decimal number; 0 when it is none.
static uint32_t number_of(Str text) {
    uint32_t number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || number > 1000) return 0;
        number = number * 10 + (uint32_t)(text.data[i] - '0');
    }
    return number;
}

// Numbers above PLACE become greater by BY.
typedef struct Move {
    const Facts *facts;
    const FunctionFact *function;
    uint32_t place;
    int32_t by;
} Move;

static void move_number(const Move *move, Str text, uint32_t from, const Token *token, TextEdits *out) {
    uint32_t number = token->kind == TOKEN_NUMBER ? number_of(token_text(text, token)) : 0;
    if (number <= move->place) return;
    FileId file = facts_module_file(move->facts, move->function->module);
    TextEdit edit = {file, from + token->start, from + token->end,
                     arena_format(out->arena, "%d", (int32_t)number + move->by)};
    vec_add(&out->list, edit);
}

static void move_all(const Move *move, uint32_t from, uint32_t end, TextEdits *out) {
    Str text = facts_text(move->facts, move->function->module, from, end);
    Tokens tokens;
    tokens_read(text, &tokens);
    for (uint32_t i = 0; i + 1 < tokens.list.count; i++) {
        if (!counts_parameters(text, &tokens.list.items[i]) || tokens.list.items[i + 1].sign != '(') continue;
        for (i += 2; i < tokens.list.count && tokens.list.items[i].sign != ')'; i++)
            move_number(move, text, from, &tokens.list.items[i], out);
    }
    tokens_release(&tokens);
}

void attribute_move(const Facts *facts, FunctionId id, uint32_t place, int32_t by, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    uint32_t end = function->header_end;
    if ((function->flags & FUNCTION_STUB) && fact_is(function->statement))
        end = facts_statement(facts, function->statement)->end;
    if (function->flags & FUNCTION_POINTER || function->start >= function->name_start) return;
    Move move = {facts, function, place, by};
    move_all(&move, function->start, function->name_start, out);
    if (end > function->close) move_all(&move, function->close, end, out);
}
