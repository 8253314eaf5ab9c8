// Old names that nothing uses any more, taken out.
//
// In: the stand-ins that a solution names. Out: their statements go, with what imports them and passes them on; what they
// read counts as replaced, so that its imports go where nothing else reads them.
#include "edit/weave_internal.h"

static Span span_of(const Weaving *weaving, const OldName *old) {
    const Program *program = weaving->program;
    const StatementFact *statement = program_statement(program, old->statement);
    ScopeId scope = program_symbol(program, old->symbol)->scope;
    return (Span){program_module_file(program, program_scope(program, scope)->module),
                  statement->start, statement->end};
}

void weave_mark_old_names(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 0; i < weaving->solution->old_names.count; i++) {
        const OldName *old = &weaving->solution->old_names.items[i];
        Span span = span_of(weaving, old);
        vec_add(&weaving->gone, span);
        ModuleId module =
            program_scope(program, program_symbol(program, old->symbol)->scope)->module;
        const ModuleWork *work = &weaving->modules[module.index];
        for (uint32_t k = work->rows.exprs.first; k < work->rows.exprs.end; k++) {
            const ExprFact *expr = program_expr(program, (ExprId){k});
            if (span.start <= expr->start && expr->end <= span.end) weaving->replaced[k] = true;
        }
    }
}

void weave_write_old_names(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 0; i < weaving->solution->old_names.count; i++) {
        const OldName *old = &weaving->solution->old_names.items[i];
        const SymbolFact *symbol = program_symbol(program, old->symbol);
        ModuleId module = program_scope(program, symbol->scope)->module;
        const LanguageWriter *writer = weave_writer(weaving, module);
        writer->remove_statement(program->facts, module, old->statement, &weaving->texts);
        writer->remove_export(program->facts, module, symbol->name, &weaving->texts);
        weave_take(weaving, DECISION_IMPORTS, module.index, FAMILY_CONTEXT, SAFETY_SAFE,
                   "old name '%.*s'", STR_ARG(program_name(program, symbol->name)));
    }
}

bool weave_is_old_name(const Weaving *weaving, SymbolId symbol) {
    for (uint32_t i = 0; i < weaving->solution->old_names.count; i++)
        if (fact_same(weaving->solution->old_names.items[i].symbol, symbol)) return true;
    return false;
}
