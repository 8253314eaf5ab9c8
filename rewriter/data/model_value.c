// Expressions of models as values, as far as the text alone says what they are.
#include "data/model_internal.h"

ExprId model_keyword(const Program *program, CallId call, const char *name) {
    const CallFact *row = program_call(program, call);
    for (uint32_t i = 0; name != NULL && i < row->argument_count; i++) {
        const ArgumentFact *argument =
            program_argument(program, (ArgumentId){row->first_argument + i});
        if (argument->kind == ARGUMENT_KEYWORD &&
            str_is(program_name(program, argument->name), name))
            return argument->value;
    }
    return (ExprId){0};
}

ExprId model_positional(const Program *program, CallId call, uint32_t index) {
    const CallFact *row = program_call(program, call);
    for (uint32_t i = 0; i < row->argument_count; i++) {
        const ArgumentFact *argument =
            program_argument(program, (ArgumentId){row->first_argument + i});
        if (argument->kind == ARGUMENT_REST) break;
        if (argument->kind == ARGUMENT_POSITIONAL && index-- == 0) return argument->value;
    }
    return (ExprId){0};
}

Known model_truth(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind != EXPR_TRUTH) return KNOWN_NOT;
    Str text = program_text(program, program_expr_module(program, expr), row->start, row->end);
    return str_is(text, "True") ? KNOWN_YES : KNOWN_NO;
}

bool model_text(const Program *program, ExprId expr, Str *text) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind != EXPR_STRING || row->name.index == 0 || row->first_child.index != 0)
        return false;
    *text = program_name(program, row->name);
    return true;
}

bool model_texts(const ModelReader *reader, ExprId expr, StrItems *texts) {
    const ExprFact *row = program_expr(reader->program, expr);
    if (row->kind != EXPR_TUPLE && row->kind != EXPR_LIST) return false;
    for (ExprId item = row->first_child; item.index != 0;
         item = program_expr(reader->program, item)->next_sibling) {
        Str text;
        if (!model_text(reader->program, item, &text)) return false;
        list_add(reader->arena, texts, text);
    }
    return true;
}

bool model_choices(const ModelReader *reader, ExprId expr, StrItems *texts) {
    const ExprFact *row = program_expr(reader->program, expr);
    Str text;
    if (model_text(reader->program, expr, &text)) list_add(reader->arena, texts, text);
    if (row->kind != EXPR_CHOICE) return texts->count > 0;
    for (ExprId item = row->first_child; item.index != 0;
         item = program_expr(reader->program, item)->next_sibling)
        if (!(program_expr(reader->program, item)->flags & EXPR_CONDITION))
            model_choices(reader, item, texts);
    return texts->count > 0;
}

CallId model_call(const Program *program, ExprId expr) {
    const ExprFact *row = program_expr(program, expr);
    return row->kind == EXPR_CALL ? row->call : (CallId){0};
}

// Through what imports give the first part of a chain.
Str model_dotted(const ModelReader *reader, ExprId expr) {
    const Program *program = reader->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_ATTRIBUTE) {
        Str base = model_dotted(reader, row->base), name = program_name(program, row->name);
        if (base.length == 0) return STR_NONE;
        return arena_format(reader->arena, "%.*s.%.*s", STR_ARG(base), STR_ARG(name));
    }
    if (row->kind != EXPR_NAME) return STR_NONE;
    SymbolId symbol = program_symbol_of(program, expr);
    BindingId binding = program_symbol(program, symbol)->first_binding;
    ImportId import = program_binding(program, binding)->import_;
    if (import.index != 0) return program_name(program, program_import(program, import)->dotted);
    return program_name(program, row->name);
}

// The class of the tree that the call makes an instance of, none when it makes none.
static ClassId made_class(const Program *program, CallId call) {
    for (RowList rows = program_call_edges(program, call); rows.at < rows.end; rows.at++)
        if (program_edge(program, *rows.at)->kind == EDGE_CONSTRUCT)
            return program_edge(program, *rows.at)->klass;
    return (ClassId){0};
}

// The base outside the tree by which CLASS is a field of ORM.
static Str foreign_field(const ModelReader *reader, const Orm *orm, ClassId klass) {
    const ClassFact *row = program_class(reader->program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(reader->program, row->first_ancestor + i);
        for (ExprId base = program_class(reader->program, ancestor)->first_base; base.index != 0;
             base = program_expr(reader->program, base)->next_sibling) {
            Str dotted = model_dotted(reader, base);
            if (orm_field(orm, dotted) != NULL) return dotted;
        }
    }
    return STR_NONE;
}

Str model_called(const ModelReader *reader, const Orm *orm, CallId call) {
    const Program *program = reader->program;
    Str dotted = program_name(program, program_call(program, call)->dotted);
    if (orm_field(orm, dotted) != NULL) return dotted;
    ClassId made = made_class(program, call);
    if (made.index != 0) {
        Str field = foreign_field(reader, orm, made);
        if (field.length > 0) return field;
    }
    return dotted.length > 0 ? dotted : model_dotted(reader, program_call(program, call)->callee);
}
