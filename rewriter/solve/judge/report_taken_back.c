// Says what weft's own check found in the changes that were taken back. Comes in: the decisions that are not made,
// each with the fault. Goes out: one W216 a place. The accesses there are refused with the same code, each by itself.
#include "solve/solver.h"

static Span span_of_decision(const Program *program, Decision decision) {
    switch (decision.kind) {
    case DECISION_SINK:
    case DECISION_FORWARD: return program_expr_span(program, (ExprId){decision.index});
    case DECISION_CALL:
        return program_expr_span(program, program_call(program, (CallId){decision.index})->expr);
    case DECISION_FUNCTION: {
        const FunctionFact *row = program_function(program, (FunctionId){decision.index});
        return (Span){program_module_file(program, row->module), row->name_start, row->name_end};
    }
    case DECISION_CLASS: {
        const ClassFact *row = program_class(program, (ClassId){decision.index});
        return (Span){program_module_file(program, row->module), row->name_start, row->name_end};
    }
    case DECISION_ACCESSOR: {
        SymbolId symbol = {decision.index};
        BindingId first = program_symbol(program, symbol)->first_binding;
        return program_expr_span(program, program_binding(program, first)->target);
    }
    case DECISION_IMPORTS:
        return (Span){program_module_file(program, (ModuleId){decision.index}), 0, 0};
    case DECISION_NONE: break;
    }
    return SPAN_NONE;
}

static const char *extent_of(DecisionKind kind) {
    switch (kind) {
    case DECISION_SINK: return "the access";
    case DECISION_FORWARD: return "what is handed over";
    case DECISION_CALL: return "the call";
    case DECISION_FUNCTION: return "the function";
    case DECISION_CLASS: return "the class";
    case DECISION_ACCESSOR: return "the singleton";
    case DECISION_IMPORTS: return "the file";
    case DECISION_NONE: break;
    }
    return "this";
}

// Faults that rules can have, too, before those that only weft has.
static const char *remedy_of(DiagnosticCode fault) {
    if (fault == DIAGNOSTIC_E505)
        return "let the context's module import modules of the tree inside its functions only";
    if (fault == DIAGNOSTIC_E508) return "define the name, or correct the rule that names it";
    if (fault == DIAGNOSTIC_E503) return "convert the file to UTF-8";
    if (fault == DIAGNOSTIC_E501)
        return "correct the file when the rules bring it, else send in what `weft explain --bug` "
               "writes";
    return "send in what `weft explain --bug` writes";
}

static void report(Solver *solver, const TakenBack *taken) {
    Span span = span_of_decision(solver->program, taken->decision);
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W216, span, "%s: %s stays as it is",
                   diagnostic_code_title(DIAGNOSTIC_W216), extent_of(taken->decision.kind));
    diagnostic_note(solver->diagnostics, "%s: %.*s%s%.*s", diagnostic_code_name(taken->fault),
                    STR_ARG(taken->what), taken->lines.length > 0 ? "; " : "",
                    STR_ARG(taken->lines));
    if (taken->span.file.index != 0 && taken->span.start != span.start)
        diagnostic_relate(solver->diagnostics, taken->span, "where that was found");
    diagnostic_help(solver->diagnostics, "%s; the rest of the change is made without it",
                    remedy_of(taken->fault));
}

void solver_report_taken_back(Solver *solver) {
    const TakenBacks *taken_back = &solver->solution->taken_back;
    for (uint32_t i = 0; i < taken_back->count; i++) report(solver, &taken_back->items[i]);
}
