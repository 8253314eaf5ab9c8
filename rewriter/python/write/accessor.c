// Singletons become accessors.
//
// In: the binding or the getter that makes the one instance. Out: a function around the same
// construction; the construction's own bytes stay (its lines move right), so edits inside it still
// apply.
#include "python/syntax/joined.h"
#include "python/write/layout.h"
#include "python/write/operations.h"

// Blank lines around a function: two at the margin, one deeper.
static uint32_t blank_lines(Str indent) { return indent.length == 0 ? 2 : 1; }

static const char *quote_of(const Writing *writing) {
    return writing->facts->sources->single_quotes ? "'" : "\"";
}

// A type that is defined further down stands in quotes.
static void add_type(StrBuf *text, const Writing *writing, const AccessorText *accessor) {
    const char *quote = accessor->returns_later ? quote_of(writing) : "";
    if (accessor->returns.length > 0)
        strbuf_addf(text, " -> %s%.*s%s", quote, STR_ARG(accessor->returns), quote);
}

// Decorator and header, each line but the first behind INDENT; ends with the header's colon.
static void add_header(StrBuf *text, const Writing *writing, Str indent, const ContextText *context,
                       const AccessorText *accessor) {
    const char *quote = quote_of(writing);
    strbuf_addf(text, "@%.*s(", STR_ARG(accessor->decorator));
    for (uint32_t i = 0; i < accessor->key_count; i++)
        strbuf_addf(text, "%s%s%.*s%s", i ? ", " : "", quote, STR_ARG(accessor->keys[i]), quote);
    strbuf_add_char(text, ')');
    strbuf_add(text, writing->file->newline);
    strbuf_add(text, indent);
    strbuf_addf(text, "def %.*s(%.*s: %.*s)", STR_ARG(accessor->name), STR_ARG(context->parameter),
                STR_ARG(context->type));
    add_type(text, writing, accessor);
    strbuf_add_char(text, ':');
}

static void add_return(StrBuf *text, const Writing *writing, Str indent) {
    strbuf_add(text, writing->file->newline);
    layout_add_line(text, writing, indent, STR("    return "));
}

// ---- x = Class(...) --------------------------------------------------------------------------------
// After the '=' that follows the target (or its annotation).
static uint32_t after_equals(const Facts *facts, const SourceFile *file,
                             const BindingFact *binding) {
    ExprId before = fact_is(binding->annotation) ? binding->annotation : binding->target;
    uint32_t at = facts_expr(facts, before)->end;
    while (file->text.data[at] != '=') at++;
    return joined_skip_blanks(file->text, at + 1);
}

static void add_stand_in(const Writing *writing, const BindingFact *binding, Str indent,
                         const AccessorText *accessor, StrBuf *text) {
    const SourceFile *file = writing->file;
    for (uint32_t i = 0; i <= blank_lines(indent); i++) strbuf_add(text, file->newline);
    strbuf_add(text, indent);
    uint32_t end = binding->end;
    if (fact_is(binding->annotation)) {
        end = after_equals(writing->facts, file, binding);
        while (file->text.data[end - 1] != '=') end--;
        end--;
        while (layout_is_blank(file->text.data[end - 1])) end--;
    }
    strbuf_add(text, str_slice(file->text, binding->start, end));
    strbuf_addf(text, " = %.*s(", STR_ARG(accessor->stand_in));
    if (accessor->counted.length > 0)
        strbuf_addf(text, "\"%.*s\", ", STR_ARG(accessor->counted));
    strbuf_addf(text, "%.*s)", STR_ARG(accessor->name));
}

void write_accessor_from_instance(const Facts *facts, BindingId id, const ContextText *context,
                                  const AccessorText *accessor, TextEdits *out) {
    const BindingFact *binding = facts_binding(facts, id);
    const StatementFact *statement = facts_statement(facts, binding->statement);
    Writing writing = writing_on(facts, facts_scope(facts, binding->scope)->module, out);
    const SourceFile *file = writing.file;
    Str indent = source_line_indent(file, statement->start);
    StrBuf text = {0};
    bool first = layout_first_on_line(file, statement->start);
    if (first) {
        uint32_t top = layout_with_comments(file, statement->start);
        layout_blank_lines_above(&writing, top, blank_lines(indent));
    } else {
        strbuf_add(&text, file->newline);
        strbuf_add(&text, indent);
    }
    add_header(&text, &writing, indent, context, accessor);
    add_return(&text, &writing, indent);
    uint32_t kept = after_equals(facts, file, binding);
    write_replace(&writing, statement->start, kept, strbuf_str(&text));
    layout_indent_lines(&writing, kept, statement->end, 1);
    strbuf_clear(&text);

    uint32_t after = joined_skip_blanks(file->text, statement->end);
    bool another = !layout_rest_is_blank(file, after);
    if (accessor->stand_in.length > 0) add_stand_in(&writing, binding, indent, accessor, &text);
    if (another) {
        for (uint32_t i = 0; i <= blank_lines(indent); i++) strbuf_add(&text, file->newline);
        strbuf_add(&text, indent);
        uint32_t next = joined_skip_blanks(file->text, after + 1);
        write_replace(&writing, statement->end, next, strbuf_str(&text));
    } else if (text.length > 0) {
        write_insert(&writing, joined_line_end(file, statement->end), strbuf_str(&text));
    } else {
        layout_blank_lines_below(&writing, statement->end, blank_lines(indent));
    }
    strbuf_release(&text);
}

// ---- def get_x(): ... return x -----------------------------------------------------------------------
// Takes the lines of `x = None` out.
static void remove_state(const Writing *writing, BindingId state) {
    const Facts *facts = writing->facts;
    const SourceFile *file = writing->file;
    const StatementFact *statement =
        facts_statement(facts, facts_binding(facts, state)->statement);
    if (statement->shares_line || !layout_first_on_line(file, statement->start)) return;
    uint32_t above, next = layout_next_line(file, joined_line_end(file, statement->end));
    if (layout_previous_text(file, statement->start, &above)) {
        layout_remove_lines(writing, statement->start, statement->end, false);
        return;
    }
    // The accessor's imports will stand here, with a blank line below.
    if (next < file->text.length && layout_line_is_blank(file, next)) {
        next = layout_next_line(file, next);
    }
    write_replace(writing, 0, next, STR_NONE);
}

// A callee over several lines would end the return statement early.
static bool breaks_before_call(const Facts *facts, const SourceFile *file, const ExprFact *expr) {
    uint32_t open = facts_call(facts, expr->call)->open;
    return str_find(str_slice(file->text, expr->start, open), '\n') >= 0;
}

static void add_old_getter(StrBuf *text, const Writing *writing, Str indent, Str name,
                           const AccessorText *accessor) {
    for (uint32_t i = 0; i <= blank_lines(indent); i++)
        strbuf_add(text, writing->file->newline);
    strbuf_add(text, indent);
    strbuf_addf(text, "def %.*s()", STR_ARG(name));
    add_type(text, writing, accessor);
    strbuf_add_char(text, ':');
    add_return(text, writing, indent);
    const char *quote = accessor->counted.length > 0 ? "\"" : "";
    strbuf_addf(text, "%.*s(%.*s(%s%.*s%s))", STR_ARG(accessor->name), STR_ARG(accessor->stand_in),
                quote, STR_ARG(accessor->counted), quote);
}

void write_accessor_from_getter(const Facts *facts, FunctionId id, ExprId construction,
                                BindingId state, bool remove, const ContextText *context,
                                const AccessorText *accessor, TextEdits *out) {
    const FunctionFact *getter = facts_function(facts, id);
    const ExprFact *made = facts_expr(facts, construction);
    Writing writing = writing_on(facts, getter->module, out);
    const SourceFile *file = writing.file;
    Str indent = source_line_indent(file, getter->start);
    bool breaks = breaks_before_call(facts, file, made);
    StrBuf text = {0};
    add_header(&text, &writing, indent, context, accessor);
    uint32_t from = getter->start;
    if (getter->docstring_end) {
        write_replace(&writing, from, getter->header_end, strbuf_str(&text));
        strbuf_clear(&text);
        from = getter->docstring_end;
    }
    add_return(&text, &writing, indent);
    if (breaks) strbuf_add_char(&text, '(');
    write_replace(&writing, from, made->start, strbuf_str(&text));
    strbuf_clear(&text);
    if (breaks) strbuf_add_char(&text, ')');
    if (accessor->stand_in.length > 0) {
        add_old_getter(&text, &writing, indent, facts_name(facts, getter->name), accessor);
    }
    write_replace(&writing, made->end, getter->end, strbuf_str(&text));
    int32_t depth = facts_statement_depth(facts, made->statement, getter->statement);
    if (depth != 1) layout_indent_lines(&writing, made->start, made->end, 1 - depth);
    if (remove && fact_is(state)) remove_state(&writing, state);
    strbuf_release(&text);
}
