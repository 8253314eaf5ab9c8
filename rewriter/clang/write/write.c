// Writing C. In: facts and decisions. Out: edits. What C has no words for (classes, accessors, optional parameters,
// bound arguments) is never asked for.
//
// What is added is the first parameter and the first argument, or the last ones. Where the line would grow over the limit and what
// follows may go to the next one, it does, below what is first; so do most projects by hand.
#include "clang/syntax/token.h"
#include "clang/write/column.h"
#include "clang/write/unread.h"
#include "clang/write/write.h"

#include "base/bug.h"

enum { DEFAULT_LIMIT = 80, MOST_BEHIND = 8 };

static void insert(const Facts *facts, ModuleId module, uint32_t at, Str text, TextEdits *out) {
    TextEdit edit = {facts_module_file(facts, module), at, at, text};
    vec_add(&out->list, edit);
}

static void replace_range(const Facts *facts, ModuleId module, uint32_t start, uint32_t end, Str text,
                          TextEdits *out) {
    if (str_equal(facts_text(facts, module, start, end), text)) return; // it reads so already
    TextEdit edit = {facts_module_file(facts, module), start, end, arena_copy(out->arena, text)};
    vec_add(&out->list, edit);
}

// ---- lists -----------------------------------------------------------------------------------------
// A column behind the name that grows, of what is written.
static uint32_t grown(uint32_t column, const TextEdits *out) {
    return (int64_t)column + out->wider > 0 ? (uint32_t)((int64_t)column + out->wider) : 0;
}

static uint32_t line_limit(const Facts *facts) {
    return facts->sources->c_line_limit ? facts->sources->c_line_limit : DEFAULT_LIMIT;
}

// f(a,b): what separates the elements of a list, as its first two are.
static Str usual_space(Str inner) {
    uint32_t depth = 0;
    for (size_t i = 0; i + 1 < inner.length; i++) {
        char c = inner.data[i];
        if (c == '"' || c == '\'') break; // who knows where it ends
        if (c == '(' || c == '[' || c == '{') depth++;
        if (c == ')' || c == ']' || c == '}') depth--;
        if (c == ',' && depth == 0) return str_find(STR(" \t\r\n"), inner.data[i + 1]) < 0 ? STR_NONE : STR(" ");
    }
    return STR(" ");
}

// The list of another call is open at the end of LINE: that one has line ends, too, where it is too long.
static bool is_nested(Str line) {
    uint32_t depth = 0, calls = 0; // a bit for each bracket that is open
    for (size_t i = 0; i < line.length && depth < 32; i++) {
        size_t start = i;
        while (start > 0 && str_is_word_byte(line.data[start - 1])) start--;
        Str name = str_slice(line, start, i);
        if (line.data[i] == '(') calls |= (uint32_t)(name.length > 0 && !token_is_keyword(name)) << depth++;
        if (line.data[i] == ')' && depth > 0) calls &= ~(1u << --depth);
    }
    return calls != 0;
}

// A line of a directive goes on only where it ends in a backslash.
static bool is_in_directive(const SourceFile *file, uint32_t offset) {
    uint32_t start = source_line_start(file, offset);
    Str before = str_trim(str_slice(file->text, 0, start > 0 ? start - 1 : 0));
    Str line = str_trim(str_slice(file->text, start, offset));
    return str_starts_with(line, STR("#")) || (before.length > 0 && before.data[before.length - 1] == '\\');
}

// What stands between the new first element of a list, which opens at OPEN, and the one after it: a space, or a
// line end where the line would be too long with it.
static Str separator(const Facts *facts, ModuleId module, uint32_t open, uint32_t close, Str added,
                     const TextEdits *out) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    uint32_t limit = line_limit(facts);
    uint32_t start = source_line_start(file, open), end = source_line_end(file, open);
    uint32_t before = grown(column_of(facts, module, end, out), out);
    uint32_t column = grown(column_of(facts, module, open + 1, out), out);
    bool ends = close > end || end - close <= MOST_BEHIND; // what follows may go on below
    ends = ends && !is_in_directive(file, open);
    bool fits = before + column_width(added, 0) + 2 <= limit ||
                (before > limit && is_nested(str_slice(file->text, start, open)));
    if (fits || !ends) return usual_space(facts_text(facts, module, open + 1, close));
    return arena_format(out->arena, "%.*s%.*s", STR_ARG(file->newline),
                        STR_ARG(column_white(facts, module, open, column, out->arena)));
}

// The bytes between the brackets of an empty list, comments apart.
static bool is_empty_list(Str inner) {
    inner = str_trim(inner);
    return inner.length == 0 || str_is(inner, "void");
}

// f(
//     a, b): on a line of its own above what was first.
static bool add_above(const Facts *facts, ModuleId module, uint32_t open, Str inner, Str text, TextEdits *out) {
    size_t first = 0;
    while (first < inner.length && (inner.data[first] == ' ' || inner.data[first] == '\t')) first++;
    if (first == inner.length || (inner.data[first] != '\n' && inner.data[first] != '\r')) return false;
    while (first < inner.length && (str_find(STR(" \t\r\n"), inner.data[first]) >= 0)) first++;
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    uint32_t at = open + 1 + (uint32_t)first;
    insert(facts, module, at,
           arena_format(out->arena, "%.*s,%.*s%.*s", STR_ARG(text), STR_ARG(file->newline),
                        STR_ARG(source_line_indent(file, at))),
           out);
    return true;
}

static void add_first(const Facts *facts, ModuleId module, uint32_t open, uint32_t close, Str text, bool alone,
                      TextEdits *out) {
    Str inner = facts_text(facts, module, open + 1, close);
    if (is_empty_list(inner)) {
        replace_range(facts, module, open + 1, close, text, out);
        return;
    }
    if (add_above(facts, module, open, inner, text, out)) return;
    Str rest = alone ? STR_NONE : separator(facts, module, open, close, text, out);
    insert(facts, module, open + 1,
           arena_format(out->arena, "%.*s%s%.*s", STR_ARG(text), alone ? "" : ",", STR_ARG(rest)), out);
}

// The bytes of its line before START are white.
static bool begins_line(const SourceFile *file, uint32_t start) {
    return str_trim(str_slice(file->text, source_line_start(file, start), start)).length == 0;
}

// Behind the one from START to END: in a line of its own where that one is in one, and where the line would be
// too long; below the first, or that one.
static void add_behind(const Facts *facts, ModuleId module, uint32_t open, uint32_t close, Span before, Str text,
                       TextEdits *out) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    uint32_t limit = line_limit(facts);
    uint32_t end = before.end, start = source_line_start(file, end), line_end = source_line_end(file, end);
    bool opened_here = source_line_start(file, open) == start;
    uint32_t width = column_of(facts, module, line_end, out);
    if (opened_here) width = grown(width, out);
    Str rest = usual_space(facts_text(facts, module, open + 1, close));
    bool ends = line_end < close || line_end - close <= MOST_BEHIND;
    ends = ends && !is_in_directive(file, open);
    bool fits = width + column_width(text, 0) + 2 <= limit || !ends;
    bool alone = begins_line(file, before.start) && line_end < close && line_end - end <= 1;
    alone = alone && !is_in_directive(file, open);
    if ((!fits || alone) && opened_here)
        rest = arena_format(out->arena, "%.*s%.*s", STR_ARG(file->newline),
                            STR_ARG(column_white(facts, module, open,
                                             grown(column_of(facts, module, open + 1, out), out),
                                             out->arena)));
    else if (!fits || alone)
        rest = arena_format(out->arena, "%.*s%.*s", STR_ARG(file->newline), STR_ARG(source_line_indent(file, end)));
    insert(facts, module, end, arena_format(out->arena, ",%.*s%.*s", STR_ARG(rest), STR_ARG(text)), out);
}

// "struct repository *" and "repo" are joined without a space, "ctx_t" and "ctx" with one.
static Str declaration(Arena *arena, Str type, Str name) {
    bool pointer = type.length > 0 && type.data[type.length - 1] == '*';
    return arena_format(arena, "%.*s%s%.*s", STR_ARG(type), pointer ? "" : " ", STR_ARG(name));
}

static void add_parameter(const Facts *facts, FunctionId id, const ContextText *context, bool optional,
                          TextEdits *out) {
    BUG_UNLESS(!optional);
    const FunctionFact *function = facts_function(facts, id);
    bool macro = function->flags & FUNCTION_MACRO;
    Str text = macro ? context->parameter : declaration(out->arena, context->type, context->parameter);
    Str first = context->mark_before ? context->mark : text, second = context->mark_before ? text : context->mark;
    UnusedParameter unread = context->unread && !macro && context->mark.length == 0 ? unread_wants(facts, function->module)
                                                                                  : UNUSED_MAY_STAY;
    if (unread == UNUSED_NEEDS_STATEMENT) unread_add_statement(facts, id, context->parameter, out);
    if (unread == UNUSED_NEEDS_ATTRIBUTE)
        text = arena_format(out->arena, "%.*s __attribute__((unused))", STR_ARG(text));
    if (context->mark.length > 0) text = arena_format(out->arena, "%.*s %.*s", STR_ARG(first), STR_ARG(second));
    if (!macro) attribute_move(facts, id, out->behind, 1, out);
    if (out->behind > 0) {
        const ParameterFact *before = &facts->parameters.items[function->first_parameter + out->behind - 1];
        add_behind(facts, function->module, function->open, function->close, (Span){{0}, before->start, before->end},
                   text, out);
    } else {
        add_first(facts, function->module, function->open, function->close, text, false, out);
    }
}

static void add_argument(const Facts *facts, CallId id, Str name, Str value, TextEdits *out) {
    (void)name; // by position
    const CallFact *call = facts_call(facts, id);
    if (out->behind > 0) {
        const ArgumentFact *before = &facts->arguments.items[call->first_argument + out->behind - 1];
        add_behind(facts, call->module, call->open, call->close, (Span){{0}, before->start, before->end}, value, out);
        return;
    }
    add_first(facts, call->module, call->open, call->close, value, call->argument_count == 0, out);
}

// ---- bodies ----------------------------------------------------------------------------------------
static void add_first_statements(const Facts *facts, FunctionId id, Str context,
                                 const FirstStatement *statements, uint32_t count, TextEdits *out) {
    (void)context;
    const FunctionFact *function = facts_function(facts, id);
    const ModuleFact *module = facts_module(facts, function->module);
    Str newline = source_file(facts->sources, module->file)->newline;
    StrBuf text = {0};
    for (uint32_t i = 0; i < count; i++) {
        BUG_UNLESS(statements[i].kind == FIRST_VALUE);
        Str declared = declaration(out->arena, statements[i].type, statements[i].name);
        strbuf_addf(&text, "%.*s%.*s%.*s = %.*s;", STR_ARG(newline), STR_ARG(module->indent),
                    STR_ARG(declared), STR_ARG(statements[i].value));
    }
    insert(facts, function->module, function->header_end, arena_copy(out->arena, strbuf_str(&text)), out);
    strbuf_release(&text);
}

static void replace_expression(const Facts *facts, ExprId id, Str text, TextEdits *out) {
    const ExprFact *expr = facts_expr(facts, id);
    if (str_starts_with(text, STR("*")))
        dereference_replace(facts, id, arena_copy(out->arena, str_slice(text, 1, text.length)), out);
    else
        replace_range(facts, facts_expr_module(facts, id), expr->start, expr->end, text, out);
}

static Str call_text(Arena *arena, Str callee, Str argument) {
    return arena_format(arena, "%.*s(%.*s)", STR_ARG(callee), STR_ARG(argument));
}

static Str member_text(Arena *arena, Str object, Str name) {
    return arena_format(arena, "%.*s->%.*s", STR_ARG(object), STR_ARG(name));
}

// ---- types -----------------------------------------------------------------------------------------
// The tag of "struct repository *"; empty when the type is no structure by its tag.
static Str tag_of(Str type) {
    Str prefix = STR("struct ");
    ptrdiff_t at = str_find_str(type, prefix);
    if (at < 0) return STR_NONE;
    Str tag = str_trim(str_slice(type, (size_t)at + prefix.length, type.length));
    size_t end = 0;
    while (end < tag.length && str_is_word_byte(tag.data[end])) end++;
    return str_slice(tag, 0, end);
}

// Nothing is ever taken out: who knows what else an included file is there for?
static void edit_imports(const Facts *facts, ModuleId module, const ImportNeed *needs, uint32_t need_count,
                         const ImportChange *changes, uint32_t change_count, TextEdits *out) {
    (void)changes;
    (void)change_count;
    Str newline = source_file(facts->sources, facts_module_file(facts, module))->newline, header = STR_NONE;
    for (uint32_t i = 0; i < need_count && !facts_module(facts, module)->is_stub; i++)
        if (needs[i].include.length > 0) header = needs[i].include;
    for (uint32_t i = 0; i < need_count; i++) {
        Str tag = tag_of(needs[i].name);
        bool again = false;
        for (uint32_t k = 0; k < i; k++) again = again || str_equal(needs[k].name, needs[i].name);
        if (needs[i].name.length == 0 && !again)
            include_needed(facts, module, needs[i].include, needs[i].define, out);
        uint32_t at = 0;
        if (again || tag.length == 0 || !visible_needs_tag(facts, module, tag, header, &at)) continue;
        insert(facts, module, at,
               arena_format(out->arena, "struct %.*s;%.*s%.*s", STR_ARG(tag), STR_ARG(newline),
                            STR_ARG(newline)),
               out);
    }
}

const LanguageWriter clang_writer = {
    .add_parameter = add_parameter,
    .add_argument = add_argument,
    .remove_parameter = remove_parameter,
    .remove_argument = remove_argument,
    .add_first_statements = add_first_statements,
    .is_compiled = unread_is_compiled,
    .replace_expression = replace_expression,
    .replace_range = replace_range,
    .is_untyped = retype_is_untyped,
    .retype_parameter = retype_parameter,
    .rename_function = wrapper_rename_function,
    .rename_use = wrapper_rename_use,
    .add_wrapper = wrapper_add,
    .is_wrapper = wrapper_is,
    .remove_wrapper = wrapper_remove,
    .visible_type = visible_type,
    .edit_imports = edit_imports,
    .call_text = call_text,
    .member_text = member_text,
};
