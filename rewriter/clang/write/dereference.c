// What was a structure is pointed to: E.cx -> editor->cx, &E -> editor, E -> (*editor). In: an expression, and the text
// "*POINTER" that takes its place. Out: the edit, as a person would write it.
#include "clang/write/write.h"

static bool is_white(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// A name with what may be behind it: editor, wt->repo, f(a)[1]. Nothing binds tighter.
static bool is_postfix(Str text) {
    uint32_t depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool arrow = c == '-' && i + 1 < text.length && text.data[i + 1] == '>';
        if (c == '(' || c == '[') depth++;
        if ((c == ')' || c == ']') && depth > 0) depth--;
        if (depth == 0 && !str_is_word_byte(c) && c != '.' && c != ')' && c != ']' && !arrow) return false;
        if (arrow) i++;
    }
    return text.length > 0;
}

static uint32_t skip_white(Str text, uint32_t at) {
    while (at < text.length && is_white(text.data[at])) at++;
    return at;
}

static uint32_t end_before(Str text, uint32_t at) {
    while (at > 0 && is_white(text.data[at - 1])) at--;
    return at;
}

// What ends at AT cannot be the left side of an operator: the sign behind it takes one operand.
static bool begins_operand(Str text, uint32_t at) {
    return at > 0 && str_find(STR("(,=[{};?:!"), text.data[at - 1]) >= 0;
}

// Offset of the & that stands for "the address of" before START; START when there is none, or that is not sure.
static uint32_t address_sign(Str text, uint32_t start) {
    uint32_t sign = end_before(text, start);
    if (sign == 0 || text.data[sign - 1] != '&') return start;
    return begins_operand(text, end_before(text, sign - 1)) ? sign - 1 : start;
}

static bool goes_on(Str text, uint32_t end) {
    uint32_t at = skip_white(text, end);
    bool twice = at + 1 < text.length && text.data[at + 1] == text.data[at];
    return at < text.length && (text.data[at] == '[' || text.data[at] == '(' ||
                                (twice && (text.data[at] == '+' || text.data[at] == '-')));
}

void dereference_replace(const Facts *facts, ExprId id, Str pointer, TextEdits *out) {
    const ExprFact *expr = facts_expr(facts, id);
    FileId file = facts_module_file(facts, facts_expr_module(facts, id));
    Str text = source_file(facts->sources, file)->text;
    TextEdit edit = {file, expr->start, expr->end, STR_NONE};
    bool address = str_starts_with(pointer, STR("&")) && is_postfix(str_slice(pointer, 1, pointer.length));
    uint32_t behind = skip_white(text, expr->end);
    bool member = behind < text.length && text.data[behind] == '.';
    if (address) { // *&E is E
        edit.text = str_slice(pointer, 1, pointer.length);
    } else if (member) {
        edit.end = behind + 1;
        edit.text = arena_format(out->arena, is_postfix(pointer) ? "%.*s->" : "(%.*s)->", STR_ARG(pointer));
    } else if (!goes_on(text, expr->end) && address_sign(text, expr->start) < expr->start) {
        edit.start = address_sign(text, expr->start);
        edit.text = pointer;
    } else {
        bool plain = !goes_on(text, expr->end) && begins_operand(text, end_before(text, expr->start));
        bool sure = plain && is_postfix(pointer);
        edit.text = arena_format(out->arena, sure ? "*%.*s" : is_postfix(pointer) ? "(*%.*s)" : "(*(%.*s))",
                                 STR_ARG(pointer));
    }
    vec_add(&out->list, edit);
}
