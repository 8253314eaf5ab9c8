// The rows of one walk as text. In: facts. Out: a line a row, in table order. Must never print a
// row number: golden files are read by people.
#include "facts/dump.h"

#define LENGTH(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

static const char *const SCOPES[] = {"module", "class", "function", "block"};
static const char *const BINDINGS[] = {
    "assign", "augment",     "declare", "iterate", "iterate_async",
    "enter",  "enter_async", "except",  "import",  "function",
    "class",  "parameter",   "match",   "delete",  "type_parameter",
};
static const char *const STATEMENTS[] = {
    "other",    "expression", "assign", "return", "if",   "loop",  "try",    "with",
    "function", "class",      "import", "scope",  "pass", "raise", "delete", "match",
    "while",    "assert",     "jump",
};
static const char *const PARAMETERS[] = {
    "positional_only", "positional", "rest", "keyword", "keyword_rest", "star_mark", "slash_mark",
};
static const char *const ARGUMENTS[] = {"positional", "keyword", "rest", "keyword_rest"};
static const char *const SYMBOL_FLAGS[] = {"parameter", "global", "nonlocal", "deleted"};
static const char *const CLASS_FLAGS[] = {
    "data",         "enum",         "tuple",     "typed_dict", "protocol",           "slots",
    "foreign_base", "unknown_base", "exception", "metaclass",  "dynamic_attributes",
};
static const char *const FUNCTION_FLAGS[] = {
    "async",
    "generator",
    "lambda",
    "static",
    "class",
    "property",
    "overload",
    "abstract",
    "special",
    "constructor",
    "single_line",
    "cached",
    "context_manager",
    "wrapped",
    "creator",
    "overrides_foreign",
    "stub",
};
static const char *const CALL_FLAGS[] = {"awaited", "generator_argument", "statement"};

void dump_flags(uint32_t flags, const char *const *names, uint32_t count, StrBuf *out) {
    for (uint32_t i = 0; i < count; i++)
        if (flags >> i & 1) strbuf_addf(out, " %s", names[i]);
}

void dump_position(const Facts *facts, ModuleId module, uint32_t offset, StrBuf *out) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    LineColumn at = source_line_column(file, offset);
    strbuf_addf(out, "%u:%u", at.line, at.column);
}

void dump_place(const Facts *facts, ModuleId module, uint32_t offset, StrBuf *out) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    strbuf_addf(out, "%.*s:", STR_ARG(file->path));
    dump_position(facts, module, offset, out);
}

// " label=line:column", nothing for offset 0.
static void add_offset(const Facts *facts, ModuleId module, const char *label, uint32_t offset,
                       StrBuf *out) {
    if (offset == 0) return;
    strbuf_addf(out, " %s=", label);
    dump_position(facts, module, offset, out);
}

static void add_range(const Facts *facts, ModuleId module, uint32_t start, uint32_t end,
                      StrBuf *out) {
    strbuf_add_char(out, ' ');
    dump_position(facts, module, start, out);
    strbuf_add_text(out, "..");
    dump_position(facts, module, end, out);
}

static void add_expr(const Facts *facts, const char *label, ExprId expr, StrBuf *out) {
    if (!fact_is(expr)) return;
    strbuf_addf(out, " %s=", label);
    facts_dump_expr(facts, expr, out);
}

static void add_exprs(const Facts *facts, const char *label, ExprId first, StrBuf *out) {
    for (ExprId e = first; fact_is(e); e = facts_expr(facts, e)->next_sibling)
        add_expr(facts, label, e, out);
}

static void add_name(const Facts *facts, const char *label, Name name, StrBuf *out) {
    if (name.index) strbuf_addf(out, " %s%.*s", label, STR_ARG(facts_name(facts, name)));
}

static void dump_module(const Facts *facts, ModuleId id, StrBuf *out) {
    const ModuleFact *row = facts_module(facts, id);
    const SourceFile *file = source_file(facts->sources, row->file);
    strbuf_addf(out, "module %.*s", STR_ARG(file->path));
    add_name(facts, "", row->name, out);
    if (row->is_package) strbuf_add_text(out, " package");
    if (row->is_stub) strbuf_add_text(out, " stub");
    if (row->runs_as_program) strbuf_add_text(out, " program");
    add_offset(facts, id, "imports_end", row->imports_end, out);
    add_offset(facts, id, "body_start", row->body_start, out);
    if (row->has_exports) strbuf_add_text(out, " exports:");
    for (uint32_t i = 0; i < row->exports.count; i++)
        add_name(facts, "", row->exports.items[i], out);
    strbuf_add_char(out, '\n');
}

static void dump_import(const Facts *facts, const ImportFact *row, StrBuf *out) {
    strbuf_add_text(out, "import ");
    dump_place(facts, row->module, row->start, out);
    strbuf_add_text(out, row->kind == IMPORT_MODULE ? " module " : " from ");
    strbuf_add_repeat(out, '.', row->level);
    strbuf_add(out, facts_name(facts, row->path));
    if (row->kind == IMPORT_ALL) strbuf_add_text(out, " import *");
    add_name(facts, "import ", row->name, out);
    add_name(facts, row->has_alias ? "as " : "binds ", row->bound, out);
    strbuf_addf(out, " item=%u/%u", row->item + 1, row->items);
    if (row->type_checking) strbuf_add_text(out, " type_checking");
    if (row->guarded) strbuf_add_text(out, " guarded");
    if (row->at_top) strbuf_add_text(out, " at_top");
    if (row->parenthesized) strbuf_add_text(out, " parenthesized");
    add_range(facts, row->module, row->statement_start, row->statement_end, out);
    strbuf_add_char(out, '\n');
}

static void dump_class(const Facts *facts, const ClassFact *row, StrBuf *out) {
    strbuf_add_text(out, "class ");
    dump_place(facts, row->module, row->start, out);
    add_name(facts, "", row->qualified, out);
    dump_flags(row->flags, CLASS_FLAGS, LENGTH(CLASS_FLAGS), out);
    if (row->single_line) strbuf_add_text(out, " single_line");
    add_offset(facts, row->module, "end", row->end, out);
    add_offset(facts, row->module, "name", row->name_start, out);
    add_offset(facts, row->module, "docstring_end", row->docstring_end, out);
    add_offset(facts, row->module, "body", row->body_start, out);
    add_exprs(facts, "decorator", row->first_decorator, out);
    add_exprs(facts, "base", row->first_base, out);
    add_exprs(facts, "keyword", row->first_keyword, out);
    strbuf_add_char(out, '\n');
}

static void dump_parameter(const Facts *facts, ModuleId module, const ParameterFact *row,
                           StrBuf *out) {
    strbuf_addf(out, "  parameter %s", PARAMETERS[row->kind]);
    add_name(facts, "", row->name, out);
    add_range(facts, module, row->start, row->end, out);
    add_offset(facts, module, "comma", row->comma, out);
    add_expr(facts, "annotation", row->annotation, out);
    add_expr(facts, "default", row->default_value, out);
    strbuf_add_char(out, '\n');
}

static void dump_function(const Facts *facts, const FunctionFact *row, StrBuf *out) {
    strbuf_add_text(out, "function ");
    dump_place(facts, row->module, row->start, out);
    add_name(facts, "", row->qualified, out);
    dump_flags(row->flags, FUNCTION_FLAGS, LENGTH(FUNCTION_FLAGS), out);
    add_offset(facts, row->module, "end", row->end, out);
    add_offset(facts, row->module, "keyword", row->keyword_start, out);
    add_offset(facts, row->module, "name", row->name_start, out);
    add_offset(facts, row->module, "open", row->open, out);
    add_offset(facts, row->module, "close", row->close, out);
    add_offset(facts, row->module, "header_end", row->header_end, out);
    add_offset(facts, row->module, "docstring_end", row->docstring_end, out);
    add_offset(facts, row->module, "body", row->body_start, out);
    add_exprs(facts, "decorator", row->first_decorator, out);
    add_expr(facts, "returns", row->returns, out);
    strbuf_add_char(out, '\n');
    for (uint32_t i = 0; i < row->parameter_count; i++)
        dump_parameter(facts, row->module, &facts->parameters.items[row->first_parameter + i], out);
}

static void dump_binding(const Facts *facts, ModuleId module, const BindingFact *row, StrBuf *out) {
    strbuf_addf(out, "    %s", BINDINGS[row->kind]);
    add_range(facts, module, row->start, row->end, out);
    if (row->element != -1) strbuf_addf(out, " element=%d", row->element);
    add_expr(facts, "value", row->value, out);
    add_expr(facts, "annotation", row->annotation, out);
    strbuf_add_char(out, '\n');
}

static void dump_symbol(const Facts *facts, ModuleId module, const SymbolFact *row, StrBuf *out) {
    strbuf_addf(out, "  symbol %.*s", STR_ARG(facts_name(facts, row->name)));
    dump_flags(row->flags, SYMBOL_FLAGS, LENGTH(SYMBOL_FLAGS), out);
    strbuf_add_char(out, '\n');
    BindingId b = row->first_binding;
    for (; fact_is(b); b = facts_binding(facts, b)->next_of_symbol)
        dump_binding(facts, module, facts_binding(facts, b), out);
}

static void dump_scope(const Facts *facts, const ScopeFact *row, StrBuf *out) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, row->module));
    strbuf_addf(out, "scope %.*s %s", STR_ARG(file->path), SCOPES[row->kind]);
    if (fact_is(row->function))
        add_name(facts, "", facts_function(facts, row->function)->qualified, out);
    if (fact_is(row->klass))
        add_name(facts, "", facts_class(facts, row->klass)->qualified, out);
    if (fact_is(row->parent))
        strbuf_addf(out, " in %s", SCOPES[facts_scope(facts, row->parent)->kind]);
    strbuf_add_char(out, '\n');
    SymbolId s = row->first_symbol;
    for (; fact_is(s); s = facts_symbol(facts, s)->next_in_scope)
        dump_symbol(facts, row->module, facts_symbol(facts, s), out);
}

// Bindings of attributes and items, which no symbol lists.
static void dump_place_binding(const Facts *facts, const BindingFact *row, StrBuf *out) {
    ModuleId module = facts_scope(facts, row->scope)->module;
    strbuf_add_text(out, "binding ");
    dump_place(facts, module, row->start, out);
    add_expr(facts, "target", row->target, out);
    strbuf_add_char(out, '\n');
    dump_binding(facts, module, row, out);
}

static void dump_statement(const Facts *facts, const StatementFact *row, StrBuf *out) {
    ModuleId module = facts_scope(facts, row->scope)->module;
    strbuf_add_text(out, "statement ");
    dump_place(facts, module, row->start, out);
    strbuf_addf(out, " %s", STATEMENTS[row->kind]);
    if (fact_is(row->parent)) {
        strbuf_add_text(out, " in=");
        dump_position(facts, module, facts_statement(facts, row->parent)->start, out);
    }
    if (row->branch) strbuf_addf(out, " branch=%u", row->branch);
    if (row->shares_line) strbuf_add_text(out, " shares_line");
    if (row->catches_all) strbuf_add_text(out, " catches_all");
    add_offset(facts, module, "end", row->end, out);
    add_expr(facts, "value", row->value, out);
    strbuf_add_char(out, '\n');
}

static void dump_call(const Facts *facts, const CallFact *row, StrBuf *out) {
    strbuf_add_text(out, "call ");
    dump_place(facts, row->module, facts_expr(facts, row->expr)->start, out);
    add_expr(facts, "callee", row->callee, out);
    dump_flags(row->flags, CALL_FLAGS, LENGTH(CALL_FLAGS), out);
    add_offset(facts, row->module, "open", row->open, out);
    add_offset(facts, row->module, "close", row->close, out);
    strbuf_add_char(out, '\n');
    for (uint32_t i = 0; i < row->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[row->first_argument + i];
        strbuf_addf(out, "  argument %s", ARGUMENTS[argument->kind]);
        add_name(facts, "", argument->name, out);
        add_range(facts, row->module, argument->start, argument->end, out);
        add_offset(facts, row->module, "comma", argument->comma, out);
        add_expr(facts, "value", argument->value, out);
        strbuf_add_char(out, '\n');
    }
}

void facts_dump(const Facts *facts, StrBuf *out) {
    for (uint32_t i = 1; i < facts->modules.count; i++) dump_module(facts, (ModuleId){i}, out);
    for (uint32_t i = 1; i < facts->imports.count; i++)
        dump_import(facts, &facts->imports.items[i], out);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        dump_class(facts, &facts->classes.items[i], out);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        dump_function(facts, &facts->functions.items[i], out);
    for (uint32_t i = 1; i < facts->scopes.count; i++)
        dump_scope(facts, &facts->scopes.items[i], out);
    for (uint32_t i = 1; i < facts->bindings.count; i++) {
        const BindingFact *row = &facts->bindings.items[i];
        if (!fact_is(row->symbol)) dump_place_binding(facts, row, out);
    }
    for (uint32_t i = 1; i < facts->statements.count; i++)
        dump_statement(facts, &facts->statements.items[i], out);
    for (uint32_t i = 1; i < facts->calls.count; i++) dump_call(facts, &facts->calls.items[i], out);
    dump_resolution(facts, out);
}
