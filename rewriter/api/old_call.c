// In: a program that stage expand has rewritten. Out: the calls that its next stage would break, as far as the tree shows
// them; what calls from outside is counted at run time (usage.h).
#include "api/old_call.h"

#include <stdlib.h>

#include "program/index.h"
#include "program/name.h"

static bool takes_optionally(const Program *program, const FunctionFact *function) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter =
            program_parameter(program, (ParameterId){function->first_parameter + i});
        if (str_equal(program_name(program, parameter->name), program->rules->context.parameter))
            return fact_is(parameter->default_value);
    }
    return false;
}

static bool may_pass(const Program *program, const CallFact *call) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument =
            program_argument(program, (ArgumentId){call->first_argument + i});
        if (argument->kind == ARGUMENT_KEYWORD_REST) return true;
        if (argument->kind == ARGUMENT_KEYWORD &&
            str_equal(program_name(program, argument->name), program->rules->context.parameter))
            return true;
    }
    return false;
}

static void add_call(const Program *program, Str api, const EdgeFact *edge, OldCalls *calls) {
    Span span = program_expr_span(program, edge->expr);
    const SourceFile *file = source_file(program->facts->sources, span.file);
    LineColumn place = source_line_column(file, span.start);
    list_add(&calls->arena, &calls->list, ((OldCall){api, file->path, place.line, place.column}));
}

static int compare_calls(const void *left, const void *right) {
    const OldCall *a = left, *b = right;
    int order = str_compare(a->api, b->api);
    if (order == 0) order = str_compare(a->path, b->path);
    if (order == 0) order = (a->line > b->line) - (a->line < b->line);
    return order != 0 ? order : (a->column > b->column) - (a->column < b->column);
}

void old_calls_find(const Program *program, OldCalls *calls) {
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        Str name = program_name(program, function->qualified);
        if (!takes_optionally(program, function) ||
            !program_names_match(program, &program->rules->public_api, name))
            continue;
        for (RowList rows = program_callers(program, (FunctionId){i}); rows.at < rows.end;
             rows.at++) {
            const EdgeFact *edge = program_edge(program, *rows.at);
            bool calls_it = edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT;
            if (calls_it && fact_is(edge->call) &&
                !may_pass(program, program_call(program, edge->call)))
                add_call(program, name, edge, calls);
        }
    }
    if (calls->list.count > 0)
        qsort(calls->list.items, calls->list.count, sizeof *calls->list.items, compare_calls);
}

void old_calls_release(OldCalls *calls) {
    arena_release(&calls->arena);
    *calls = (OldCalls){0};
}
