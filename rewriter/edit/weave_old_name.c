// Old names of public API, when nobody is counted any more.
//
// In: the stand-ins that a solution names. Out: the statements of those that nothing uses go, with what imports them and
// passes them on; those that the tree itself needs count no more. What was read there counts as replaced, so that its
// imports go where nothing else reads them.
//
//     moods = legacy_instance("app.moods", get_isolated_moods)   ->   moods = ambient_instance(get_isolated_moods)
#include "edit/weave_internal.h"

static ModuleId module_of(const Weaving *weaving, const OldName *old) {
    const Program *program = weaving->program;
    return program_scope(program, program_symbol(program, old->symbol)->scope)->module;
}

// Of a stand-in that stays: up to the second argument of the call, or all of a call that has one.
static Span span_of(const Weaving *weaving, const OldName *old) {
    const Program *program = weaving->program;
    FileId file = program_module_file(program, module_of(weaving, old));
    const StatementFact *statement = program_statement(program, old->statement);
    if (!old->stays) return (Span){file, statement->start, statement->end};
    const ExprFact *counts = program_expr(program, old->counts);
    const CallFact *call = program_call(program, counts->call);
    uint32_t end = call->argument_count < 2
                       ? counts->end
                       : program_argument(program, (ArgumentId){call->first_argument + 1})->start;
    return (Span){file, counts->start, end};
}

void weave_mark_old_names(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 0; i < weaving->solution->old_names.count; i++) {
        const OldName *old = &weaving->solution->old_names.items[i];
        Span span = span_of(weaving, old);
        if (!old->stays) vec_add(&weaving->gone, span);
        const ModuleWork *work = &weaving->modules[module_of(weaving, old).index];
        for (uint32_t k = work->rows.exprs.first; k < work->rows.exprs.end; k++) {
            const ExprFact *expr = program_expr(program, (ExprId){k});
            if (span.start <= expr->start && expr->end <= span.end) weaving->replaced[k] = true;
        }
    }
}

// As it would be written where nobody is counted.
static void count_no_more(Weaving *weaving, const OldName *old) {
    const Program *program = weaving->program;
    const ContextRule *context = &program->rules->context;
    ModuleId module = module_of(weaving, old);
    const LanguageWriter *writer = weave_writer(weaving, module);
    const ExprFact *counts = program_expr(program, old->counts);
    bool getter = program_call(program, counts->call)->argument_count < 2;
    Span span = span_of(weaving, old);
    Site site = weave_site(weaving, old->counts);
    Str name = weave_name(weaving, site, getter ? context->ambient : context->ambient_instance);
    Str text = getter ? writer->call_text(&weaving->arena, name, STR_NONE)
                      : arena_format(&weaving->arena, "%.*s(", STR_ARG(name));
    writer->replace_range(program->facts, module, span.start, span.end, text, &weaving->texts);
}

void weave_write_old_names(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 0; i < weaving->solution->old_names.count; i++) {
        const OldName *old = &weaving->solution->old_names.items[i];
        ModuleId module = module_of(weaving, old);
        Name name = program_symbol(program, old->symbol)->name;
        const LanguageWriter *writer = weave_writer(weaving, module);
        if (old->stays) {
            count_no_more(weaving, old);
        } else {
            writer->remove_statement(program->facts, module, old->statement, &weaving->texts);
            writer->remove_export(program->facts, module, name, &weaving->texts);
        }
        weave_take(weaving, DECISION_IMPORTS, module.index, FAMILY_CONTEXT, SAFETY_SAFE,
                   "old name '%.*s'", STR_ARG(program_name(program, name)));
    }
}

bool weave_is_old_name(const Weaving *weaving, SymbolId symbol) {
    for (uint32_t i = 0; i < weaving->solution->old_names.count; i++) {
        const OldName *old = &weaving->solution->old_names.items[i];
        if (!old->stays && fact_same(old->symbol, symbol)) return true;
    }
    return false;
}
