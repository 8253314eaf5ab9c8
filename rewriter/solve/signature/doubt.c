// What a person should look at when signatures change. In: a settled plan. Out: W311 for tests that say with which
// arguments a function is called that gains one, and for what a test puts in its place without our seeing what it takes.
#include "base/bug.h"
#include "solve/signature/spread.h"

// By name: some function that is called so gains it.
static bool *gaining_names(const Spread *spread) {
    const Program *program = spread->program;
    bool *names = memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *names);
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (spread->rows[i] > 0) names[program_function(program, (FunctionId){i})->name.index] = true;
    names[0] = false;
    return names;
}

static bool is_meant(const Spread *spread, const bool *names, const Replacement *row) {
    if (fact_is(row->function)) return spread->rows[row->function.index] > 0;
    return !fact_is(row->klass) && names[row->name.index];
}

void spread_report_doubts(Spread *spread) {
    const Program *program = spread->program;
    bool *names = gaining_names(spread);
    CallId last = FACT_NONE(CallId); // the rows of a call come one after another
    for (uint32_t i = 0; i < program_replacement_count(program); i++) {
        const Replacement *row = program_replacement(program, i);
        bool asserted = row->kind == REPLACED_BY_MOCK && row->asserted;
        if (fact_same(row->call, last) || (!asserted && row->kind != REPLACED_BY_OTHER)) continue;
        if (!is_meant(spread, names, row)) continue;
        last = row->call;
        Str name = fact_is(row->function) ? spread_name(spread, row->function) : program_name(program, row->name);
        Span span = program_expr_span(program, program_call(program, row->call)->expr);
        diagnostic_add(spread->diagnostics, DIAGNOSTIC_W311, span,
                       asserted
                           ? "the test says with which arguments '%.*s' is called, and it is passed '%.*s' as well"
                           : "'%.*s' is passed '%.*s', which what the test puts in its place may not take",
                       STR_ARG(name), STR_ARG(spread->request->parameter));
    }
    free(names);
}
