// Statements at the top of a function, and constructors.
//
// In: a function or class and what it shall begin with. Out: insertions on lines of their own. The
// statements that were there keep their text; only a body on the header's line moves down.
#include "python/syntax/joined.h"
#include "python/write/first.h"
#include "python/write/layout.h"
#include "python/write/operations.h"

// ---- first statements ------------------------------------------------------------------------------
// Where the body's text begins (a docstring too), and whether that is on the header's line.
static uint32_t body_text(const SourceFile *file, uint32_t header_end, bool *on_header_line) {
    uint32_t at = joined_skip_blanks(file->text, header_end);
    *on_header_line = !layout_rest_is_blank(file, at);
    while (at < file->text.length && layout_rest_is_blank(file, at)) {
        uint32_t next = joined_skip_blanks(file->text, layout_next_line(file, at));
        if (next == at) break;
        at = next;
    }
    return at;
}

// Adds LINES, each behind a line end.
static void add_below(StrBuf *text, const Writing *writing, Str indent, const Str *lines,
                      uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        strbuf_add(text, writing->file->newline);
        layout_add_line(text, writing, indent, lines[i]);
    }
}

// After the docstring that ends at DOCSTRING_END; NEXT is the statement that follows it, or the same.
static void insert_after_docstring(const Writing *writing, uint32_t docstring_end, uint32_t next,
                                   Str indent, const Str *lines, uint32_t count) {
    const SourceFile *file = writing->file;
    StrBuf text = {0};
    add_below(&text, writing, indent, lines, count);
    if (next > docstring_end && next < joined_line_end(file, docstring_end)) {
        add_below(&text, writing, indent, &STR_NONE, 1);
        write_replace(writing, docstring_end, next, strbuf_str(&text));
    } else {
        write_insert(writing, joined_line_end(file, docstring_end), strbuf_str(&text));
    }
    strbuf_release(&text);
}

// `def f(): return g()`: the body goes to a line of its own, behind the new lines if it has no
// docstring.
static void open_single_line(const Writing *writing, const FunctionFact *function, uint32_t body,
                             const Str *lines, uint32_t count) {
    const SourceFile *file = writing->file;
    StrBuf indent = {0}, text = {0};
    strbuf_add(&indent, source_line_indent(file, function->keyword_start));
    strbuf_add(&indent, writing->indent);
    if (!function->docstring_end) add_below(&text, writing, strbuf_str(&indent), lines, count);
    add_below(&text, writing, strbuf_str(&indent), &STR_NONE, 1);
    write_replace(writing, function->header_end, body, strbuf_str(&text));
    if (function->docstring_end) {
        insert_after_docstring(writing, function->docstring_end, function->body_start,
                               strbuf_str(&indent), lines, count);
    }
    strbuf_release(&indent);
    strbuf_release(&text);
}

// End of the last of the statements about CONTEXT that the body begins with; 0 when there is none.
static uint32_t end_of_context(const Writing *writing, const FunctionFact *function, Str context) {
    const Facts *facts = writing->facts;
    StatementList children = {0};
    uint32_t end = 0;
    layout_children(facts, function->statement, &children);
    for (uint32_t i = 0; i < children.list.count; i++) {
        const StatementFact *row = facts_statement(facts, children.list.items[i]);
        if (row->start < function->docstring_end) continue;
        Str text = str_slice(writing->file->text, row->start, row->end);
        if (row->shares_line || !first_is_about(text, context)) break;
        end = row->end;
    }
    vec_release(&children.list);
    return end;
}

static void add_lines(const Facts *facts, FunctionId id, Str context, const Str *lines,
                      uint32_t count, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    Writing writing = writing_on(facts, function->module, out);
    const SourceFile *file = writing.file;
    uint32_t above = end_of_context(&writing, function, context);
    if (above > 0) {
        StrBuf text = {0};
        Str indent = source_line_indent(file, function->body_start);
        add_below(&text, &writing, indent, lines, count);
        write_insert(&writing, joined_line_end(file, above), strbuf_str(&text));
        strbuf_release(&text);
        return;
    }
    bool on_header_line;
    uint32_t body = body_text(file, function->header_end, &on_header_line);
    if (on_header_line) {
        open_single_line(&writing, function, body, lines, count);
        return;
    }
    Str indent = source_line_indent(file, body);
    if (function->docstring_end) {
        insert_after_docstring(&writing, function->docstring_end, function->body_start, indent,
                               lines, count);
        return;
    }
    StrBuf text = {0};
    for (uint32_t i = 0; i < count; i++) {
        layout_add_line(&text, &writing, indent, lines[i]);
        strbuf_add(&text, file->newline);
    }
    if (layout_begins_definition(file, function->body_start)) strbuf_add(&text, file->newline);
    write_insert(&writing, layout_with_comments(file, body), strbuf_str(&text));
    strbuf_release(&text);
}

void write_add_first_statements(const Facts *facts, FunctionId id, Str context,
                                const FirstStatement *statements, uint32_t count, TextEdits *out) {
    if ((facts_function(facts, id)->flags & FUNCTION_LAMBDA) || count == 0) return;
    FirstLines lines = {0};
    for (uint32_t i = 0; i < count; i++) first_lines(out->arena, &statements[i], &lines);
    add_lines(facts, id, context, lines.list.items, lines.list.count, out);
    vec_release(&lines.list);
}

// ---- constructors ----------------------------------------------------------------------------------
static void add_deeper(Arena *arena, const FirstStatement *statement, FirstLines *lines) {
    FirstLines inner = {0};
    first_lines(arena, statement, &inner);
    for (uint32_t i = 0; i < inner.list.count; i++)
        vec_add(&lines->list, arena_format(arena, "    %.*s", STR_ARG(inner.list.items[i])));
    vec_release(&inner.list);
}

static void constructor_lines(Arena *arena, const ContextText *context, bool optional,
                              FirstLines *lines) {
    Str name = context->parameter;
    vec_add(&lines->list,
            arena_format(arena, "def __init__(self, *, %.*s: %.*s%s) -> None:", STR_ARG(name),
                         STR_ARG(context->type), optional ? " | None = None" : ""));
    FirstStatement fallback = {.kind = FIRST_FALLBACK, .name = name};
    fallback.value = context->fallback;
    if (optional) add_deeper(arena, &fallback, lines);
    FirstStatement store = {.kind = FIRST_STORE, .name = name, .receiver = STR("self")};
    add_deeper(arena, &store, lines);
}

// Start of the first method with its decorators; false when the class has none.
static bool first_method(const Facts *facts, const ClassMethods *klass, uint32_t *start) {
    bool found = false;
    bool removed =
        facts_class(facts, klass->id)->flags & CLASS_SINGLETON; // its own __new__ goes
    for (uint32_t i = 0; i < klass->count; i++) {
        const FunctionFact *function = &facts->functions.items[klass->methods[i]];
        if (function->flags & FUNCTION_LAMBDA) continue;
        if (removed && (function->flags & FUNCTION_CREATOR)) continue;
        if (!found || function->start < *start) *start = function->start;
        found = true;
    }
    return found;
}

// Start of the statement of the class body that the first method stands in, which may be a compound one.
// False when the class has no method.
static bool first_with_method(const Facts *facts, const ClassMethods *klass, const StatementList *children,
                              uint32_t *start) {
    uint32_t method = 0;
    if (!first_method(facts, klass, &method)) return false;
    for (uint32_t i = 0; i < children->list.count; i++) {
        const StatementFact *child = facts_statement(facts, children->list.items[i]);
        if (child->start <= method) *start = child->start;
    }
    return true;
}

static bool has_constructor(const Facts *facts, const ClassMethods *klass) {
    for (uint32_t i = 0; i < klass->count; i++)
        if (facts->functions.items[klass->methods[i]].flags & FUNCTION_CONSTRUCTOR) return true;
    return false;
}

static void insert_before_method(const Writing *writing, uint32_t method, bool is_first, Str indent,
                                 const FirstLines *lines) {
    const SourceFile *file = writing->file;
    uint32_t at = layout_with_comments(file, method);
    StrBuf text = {0};
    if (!is_first && at > 0 && !layout_line_is_blank(file, at - 1))
        strbuf_add(&text, file->newline);
    for (uint32_t i = 0; i < lines->list.count; i++) {
        layout_add_line(&text, writing, indent, lines->list.items[i]);
        strbuf_add(&text, file->newline);
    }
    strbuf_add(&text, file->newline);
    write_insert(writing, at, strbuf_str(&text));
    strbuf_release(&text);
}

// After the last statement of a body without methods; a lone `pass` or `...` makes way.
static void append_to_body(const Writing *writing, const ClassFact *klass,
                           const StatementList *children, Str indent,
                           const FirstLines *lines) {
    const Facts *facts = writing->facts;
    const SourceFile *file = writing->file;
    const StatementFact *first = facts_statement(facts, children->list.items[0]);
    const StatementFact *last = &facts->statements.items[vec_last(&children->list)->index];
    bool filler =
        children->list.count == 1 && (first->kind == STATEMENT_PASS ||
                                      facts_expr(facts, first->value)->kind == EXPR_ELLIPSIS);
    uint32_t colon = first->start;
    while (layout_is_blank(file->text.data[colon - 1])) colon--;
    uint32_t from = klass->single_line ? colon : source_line_start(file, first->start);
    StrBuf text = {0};
    if (filler) {
        add_below(&text, writing, indent, lines->list.items, lines->list.count);
        Str added = strbuf_str(&text);
        if (!klass->single_line) added = str_slice(added, file->newline.length, added.length);
        write_replace(writing, from, first->end, added);
    } else {
        if (klass->single_line) {
            add_below(&text, writing, indent, &STR_NONE, 1);
            write_replace(writing, colon, first->start, strbuf_str(&text));
            strbuf_clear(&text);
        }
        strbuf_add(&text, file->newline);
        add_below(&text, writing, indent, lines->list.items, lines->list.count);
        write_insert(writing, joined_line_end(file, last->end), strbuf_str(&text));
    }
    strbuf_release(&text);
}

void write_add_constructor(const Facts *facts, const ClassMethods *methods, const ContextText *context,
                           bool optional, TextEdits *out) {
    const ClassFact *klass = facts_class(facts, methods->id);
    StatementList children = {0};
    layout_children(facts, klass->statement, &children);
    if (has_constructor(facts, methods) || children.list.count == 0) {
        vec_release(&children.list);
        return;
    }
    Writing writing = writing_on(facts, klass->module, out);
    FirstLines lines = {0};
    constructor_lines(out->arena, context, optional, &lines);
    uint32_t first = facts_statement(facts, children.list.items[0])->start;
    uint32_t method = first;
    StrBuf indent = {0};
    strbuf_add(&indent, source_line_indent(writing.file, first));
    if (klass->single_line) strbuf_add(&indent, writing.indent);
    if (first_with_method(facts, methods, &children, &method)) {
        insert_before_method(&writing, method, method <= first, strbuf_str(&indent), &lines);
    } else {
        append_to_body(&writing, klass, &children, strbuf_str(&indent), &lines);
    }
    strbuf_release(&indent);
    vec_release(&lines.list);
    vec_release(&children.list);
}
