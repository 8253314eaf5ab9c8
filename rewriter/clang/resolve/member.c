// Arguments that are a member of something: f(d->privdata), f((d)->privdata). In: arguments and marks. Out: which field
// of which structure each one is, and what it belongs to.
#include "clang/resolve/member.h"

#include "clang/syntax/token.h"
#include "clang/unit/mark.h"

// name, (anything), and calls, elements and members of such: nothing that binds less than `->`.
static bool is_postfix(Str text) {
    Tokens tokens;
    tokens_read(text, &tokens);
    uint32_t depth = 0;
    bool good = tokens.list.count > 1, operand = false;
    for (uint32_t i = 0; good && i + 1 < tokens.list.count; i++) {
        const Token *token = &tokens.list.items[i];
        bool opens = token->sign == '(' || token->sign == '[', closes = token->sign == ')' || token->sign == ']';
        if (closes) good = depth-- > 0;
        if (depth == 0 && token->kind == TOKEN_NAME) {
            good = !operand;
            operand = true;
        } else if (depth == 0 && (token_is(text, token, "->") || token_is(text, token, "."))) {
            good = operand;
            operand = false;
        } else if (depth == 0 && !opens && !closes) {
            good = false;
        }
        if (depth == 0 && closes) operand = true;
        if (opens) depth++;
    }
    tokens_release(&tokens);
    return good && operand;
}

// The structure that declares what stands at OFFSET of MODULE.
static Name structure_at(const Facts *facts, ModuleId module, uint32_t offset) {
    uint32_t low = 1, high = facts->classes.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (facts->classes.items[middle].module.index < module.index)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < facts->classes.count && fact_same(facts->classes.items[low].module, module); low++) {
        const StatementFact *statement = facts_statement(facts, facts->classes.items[low].statement);
        if (statement->start <= offset && offset < statement->end) return facts->classes.items[low].name;
    }
    return (Name){0};
}

static void read_member(const Names *names, ArgumentFact *argument) {
    Facts *facts = names->facts;
    ModuleId module = facts_call(facts, argument->call)->module;
    Str text = facts_text(facts, module, argument->start, argument->end);
    size_t name = text.length;
    while (name > 0 && str_is_word_byte(text.data[name - 1])) name--;
    Str before = str_trim(str_slice(text, 0, name));
    if (name == text.length || !str_ends_with(before, STR("->"))) return;
    Str owner = str_trim(str_slice(before, 0, before.length - 2));
    const MarkFact *mark = marks_find(facts, facts_module_file(facts, module), argument->start + (uint32_t)name);
    if (!mark || mark->kind != MARK_OTHER || !mark->home.index || !is_postfix(owner)) return;
    Name structure = structure_at(facts, names->module_of[mark->home.index], mark->at);
    if (!structure.index) return;
    argument->member = intern(facts->names, arena_format(&facts->arena, "%.*s.%.*s", STR_ARG(facts_name(facts, structure)),
                                                         STR_ARG(str_slice(text, name, text.length))));
    argument->owner_end = argument->start + (uint32_t)owner.length;
}

void member_resolve(const Names *names) {
    for (uint32_t i = 1; i < names->facts->arguments.count; i++) read_member(names, &names->facts->arguments.items[i]);
}
