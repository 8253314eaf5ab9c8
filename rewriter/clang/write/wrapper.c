// Functions under two names: the new one, which takes the context, and what the old one was. In: a function and its new
// name. Out: edits; and whether a function is such an old one.
//
//     int repo_count(struct repository *repo, int from)
//     {
//         ...
//     }
//
//     int count(int from)
//     {
//         return repo_count(the_repository, from);
//     }
//
// A function, and no macro: it has a value, a debugger and other languages find it, and no member changes its name.
#include "clang/syntax/token.h"
#include "clang/write/column.h"
#include "clang/write/write.h"

static void add_edit(const Facts *facts, ModuleId module, uint32_t start, uint32_t end, Str text, TextEdits *out) {
    TextEdit edit = {facts_module_file(facts, module), start, end, text};
    vec_add(&out->list, edit);
}

void wrapper_rename_function(const Facts *facts, FunctionId id, Str name, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    add_edit(facts, function->module, function->name_start, function->name_end, name, out);
    column_move(facts, function->module, function->open, function->close, out);
}

void wrapper_rename_use(const Facts *facts, ExprId id, Str name, TextEdits *out) {
    const ExprFact *expr = facts_expr(facts, id);
    add_edit(facts, facts_expr_module(facts, id), expr->start, expr->end, name, out);
    const ExprFact *around = facts_expr(facts, expr->parent);
    if (around->kind != EXPR_CALL || !fact_same(around->base, id)) return;
    const CallFact *call = facts_call(facts, around->call);
    column_move(facts, call->module, call->open, call->close, out);
}

// ---- the call ------------------------------------------------------------------------------------
// `void`, but no pointer to it, stands before the name.
static bool returns_nothing(const Facts *facts, const FunctionFact *function) {
    Str text = facts_text(facts, function->module, function->start, function->name_start);
    Tokens tokens;
    bool nothing = false, pointer = false;
    tokens_read(text, &tokens);
    for (uint32_t i = 0; i < tokens.list.count; i++) {
        nothing = nothing || token_names(text, &tokens.list.items[i], "void");
        pointer = pointer || token_is(text, &tokens.list.items[i], "*");
    }
    tokens_release(&tokens);
    return nothing && !pointer;
}

// NAME(a, AMBIENT, b); AMBIENT stands behind the first BEHIND parameters.
static void write_call(const Facts *facts, const FunctionFact *function, Str name, Str ambient, uint32_t behind,
                       StrBuf *out) {
    strbuf_addf(out, "%s%.*s(", returns_nothing(facts, function) ? "" : "return ", STR_ARG(name));
    for (uint32_t i = 0; i <= function->parameter_count; i++) {
        if (i == behind) strbuf_addf(out, "%s%.*s", i ? ", " : "", STR_ARG(ambient));
        if (i == function->parameter_count) break;
        Str parameter = facts_name(facts, facts->parameters.items[function->first_parameter + i].name);
        strbuf_addf(out, "%s%.*s", i || behind == 0 ? ", " : "", STR_ARG(parameter));
    }
    strbuf_add_text(out, ");");
}

// ---- beside ----------------------------------------------------------------------------------------
// The first of several that one declaration declares.
static bool begins_statement(const Facts *facts, FunctionId id) {
    const FunctionFact *function = facts_function(facts, id);
    return fact_is(function->statement) &&
           facts_statement(facts, function->statement)->start == function->start &&
           (id.index == 1 || !fact_same(facts_function(facts, (FunctionId){id.index - 1})->statement, function->statement));
}

static void declare_again(const Facts *facts, FunctionId id, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    if (!begins_statement(facts, id)) return;
    const StatementFact *statement = facts_statement(facts, function->statement);
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, function->module));
    Str text = facts_text(facts, function->module, statement->start, statement->end);
    add_edit(facts, function->module, statement->end, statement->end,
             arena_format(out->arena, "%.*s%.*s%.*s", STR_ARG(file->newline),
                          STR_ARG(source_line_indent(file, statement->start)), STR_ARG(text)),
             out);
}

void wrapper_add(const Facts *facts, FunctionId id, Str name, Str ambient, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    if (function->flags & FUNCTION_STUB) {
        declare_again(facts, id, out);
        return;
    }
    const ModuleFact *module = facts_module(facts, function->module);
    Str newline = source_file(facts->sources, module->file)->newline;
    Str header = facts_text(facts, function->module, function->start, function->header_end);
    StrBuf text = {0};
    strbuf_addf(&text, "%.*s%.*s%.*s%.*s%.*s", STR_ARG(newline), STR_ARG(newline), STR_ARG(header), STR_ARG(newline),
                STR_ARG(module->indent));
    write_call(facts, function, name, ambient, out->behind, &text);
    strbuf_addf(&text, "%.*s}", STR_ARG(newline));
    add_edit(facts, function->module, function->end, function->end, arena_copy(out->arena, strbuf_str(&text)), out);
    strbuf_release(&text);
}

// ---- and out again -----------------------------------------------------------------------------------
// White space between words counts as one space, other white space as none.
static void add_dense(StrBuf *out, Str text) {
    Tokens tokens;
    tokens_read(text, &tokens);
    for (uint32_t i = 0; i < tokens.list.count; i++)
        strbuf_addf(out, "%.*s ", STR_ARG(token_text(text, &tokens.list.items[i])));
    tokens_release(&tokens);
}

bool wrapper_is(const Facts *facts, FunctionId id, Str name, Str ambient) {
    const FunctionFact *function = facts_function(facts, id);
    StrBuf wanted = {0}, call = {0}, body = {0};
    add_dense(&body, facts_text(facts, function->module, function->header_end, function->end - 1));
    bool found = false;
    for (uint32_t behind = 0; !found && behind <= function->parameter_count; behind++) {
        strbuf_clear(&wanted);
        strbuf_clear(&call);
        write_call(facts, function, name, ambient, behind, &call);
        add_dense(&wanted, strbuf_str(&call));
        found = str_equal(strbuf_str(&wanted), strbuf_str(&body));
    }
    strbuf_release(&wanted);
    strbuf_release(&call);
    strbuf_release(&body);
    return found;
}

// With the white space before it, which came with it.
void wrapper_remove(const Facts *facts, FunctionId id, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    uint32_t start = function->start, end = function->end;
    if (function->flags & FUNCTION_STUB) {
        if (!begins_statement(facts, id)) return;
        end = facts_statement(facts, function->statement)->end;
    }
    Str text = source_file(facts->sources, facts_module_file(facts, function->module))->text;
    while (start > 0 && str_find(STR(" \t\r\n"), text.data[start - 1]) >= 0) start--;
    add_edit(facts, function->module, start, end, STR_NONE, out);
}
