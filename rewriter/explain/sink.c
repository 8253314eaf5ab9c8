// Sink symbols, single accesses and calls explained. In: rules, accessors, sinks and call plans. Out:
// one subject each.
#include "explain/explainer.h"

// ---- symbols -------------------------------------------------------------------------------------
static void add_keys(StrBuf *out, const Str *names, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        strbuf_addf(out, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
}

static void add_accessor(Explainer *explainer, Subject *subject, const Accessor *accessor) {
    const SinkRule *rule =
        accessor->rule ? &explainer->program->rules->sinks.items[accessor->rule - 1] : NULL;
    StrBuf keys = {0};
    if (rule)
        add_keys(&keys, rule->keyed_by.items, rule->keyed_by.count);
    else
        add_keys(&keys, explainer->program->rules->singleton_dimensions.items,
                 explainer->program->rules->singleton_dimensions.count);
    subject_change(explainer, subject, "becomes the accessor %.*s, with one object for each %s",
                   STR_ARG(accessor->name), keys.length ? keys.data : "context");
    strbuf_release(&keys);
    if (accessor->keeps_name)
        subject_change(explainer, subject,
                       "keeps its old name as a stand-in that follows the ambient context");
    if (!rule)
        subject_reason(explainer, subject,
                       "it was found: one object for all, and its class %.*s needs the context",
                       STR_ARG(explain_class_name(explainer, accessor->klass)));
}

// Which rule, and of which pack.
static void add_naming(Explainer *explainer, Subject *subject, const SinkRule *rule) {
    subject_reason(explainer, subject, "rule '%.*s' of %.*s names it (family %s)", STR_ARG(rule->id),
                   STR_ARG(rules_pack_at(explainer->program->rules, rule->span)), explain_family(explainer, rule->family));
}

static void add_rule(Explainer *explainer, Subject *subject, const SinkRule *rule) {
    add_naming(explainer, subject, rule);
    if (rule->kind == SINK_CONSTRUCT)
        subject_change(explainer, subject, "is made with the context, which the object holds");
    else if (rule->kind == SINK_FUNCTION)
        subject_change(explainer, subject, "takes the parameter, whatever it reads");
    else if (rule->replace.length)
        subject_change(explainer, subject, "each access becomes %.*s", STR_ARG(rule->replace));
}

static void add_sites(Explainer *explainer, Subject *subject, SymbolId symbol) {
    subject->site_title = "accesses";
    for (uint32_t i = 1; i < explainer->solution->sinks.count; i++) {
        const Sink *sink = &explainer->solution->sinks.items[i];
        if (!fact_same(explain_sink_symbol(explainer, sink), symbol)) continue;
        Str where = explain_sink_where(explainer, sink);
        bool left = outcome_row(sink->outcome)->doubtful;
        vec_add(&subject->sites,
                ((ExplainSite){.place = explain_sink_place(explainer, sink),
                               .where = where,
                               .brief = explain_brief(explainer, where),
                               .outcome = outcome_name(sink->outcome),
                               .has_code = left,
                               .code = sink->code ? sink->code : DIAGNOSTIC_W301}));
        subject->origins |= sink->origins;
    }
}

static const Accessor *accessor_of(const Explainer *explainer, SymbolId symbol) {
    for (uint32_t i = 1; i < explainer->solution->accessors.count; i++)
        if (fact_same(explainer->solution->accessors.items[i].symbol, symbol))
            return &explainer->solution->accessors.items[i];
    return NULL;
}

void explain_symbol(Explainer *explainer, SymbolId symbol, bool list) {
    const SymbolFact *row = program_symbol(explainer->program, symbol);
    const BindingFact *binding = program_binding(explainer->program, row->first_binding);
    const Accessor *accessor = accessor_of(explainer, symbol);
    Str name = explain_symbol_name(explainer, symbol);
    FileId file = program_module_file(explainer->program,
                                      program_scope(explainer->program, row->scope)->module);
    Subject *subject = explain_add(explainer, SUBJECT_SYMBOL, accessor ? "singleton" : "sink", name,
                                   explain_place(explainer, file, binding->start));
    subject->decision = accessor ? "accessor" : "replaced";
    if (list) return;
    for (uint32_t i = 0; i < explainer->program->rules->sinks.count; i++)
        if (fact_same(explainer->rule_symbol[i], symbol))
            add_rule(explainer, subject, &explainer->program->rules->sinks.items[i]);
    if (accessor) add_accessor(explainer, subject, accessor);
    add_sites(explainer, subject, symbol);
    if (!subject->changes.count) subject_change(explainer, subject, "is not changed");
}

// ---- one access ----------------------------------------------------------------------------------
static const char *outcome_words(const Sink *sink) {
    if (!fact_is(sink->expr) && sink->outcome == OUTCOME_THREADED) return "takes the parameter";
    const OutcomeRow *row = outcome_row(sink->outcome);
    if (sink->keeps_text && !row->accepted)
        return "stays: the old name becomes a stand-in for the ambient context";
    return row->change;
}

static void add_stop(Explainer *explainer, Subject *subject, Span span, const char *what) {
    const SourceFile *file = source_file(explainer->input->sources, span.file);
    Str text = str_trim(source_line(file, source_line_column(file, span.start).line));
    vec_add(&subject->sites,
            ((ExplainSite){.place = explain_place(explainer, span.file, span.start),
                           .where = text,
                           .brief = text,
                           .outcome = what}));
}

// The value stays for whichever tenant comes next: the lines from the access to the place.
static void add_leak(Explainer *explainer, Subject *subject, const Sink *sink) {
    const Leak *leak = &explainer->solution->leaks.items[sink->leak - 1];
    subject_change(explainer, subject, "its value is kept for whichever tenant comes next");
    if (!subject->has_code) explain_set_code(explainer, subject, DIAGNOSTIC_W310);
    subject->site_title = "lines that the value goes by";
    add_stop(explainer, subject, sink_span(explainer->program, sink), "read");
    for (uint32_t i = 0; i < sink->way_count; i++)
        add_stop(explainer, subject, sink->way[i], "passes");
    add_stop(explainer, subject, leak->span, "kept");
}

void explain_access(Explainer *explainer, uint32_t index, bool with_chains) {
    const Sink *sink = &explainer->solution->sinks.items[index];
    const SinkRule *rule = explain_sink_rule(explainer, sink);
    Subject *subject =
        explain_add(explainer, SUBJECT_ACCESS, "access", explain_sink_name(explainer, sink),
                    explain_sink_place(explainer, sink));
    subject->decision = outcome_name(sink->outcome);
    subject->origins = sink->origins;
    subject_change(explainer, subject, "%s", outcome_words(sink));
    if (sink->inside_accessor)
        subject_reason(explainer, subject, "it is part of what the accessor %.*s makes",
                       STR_ARG(explainer->solution->accessors.items[sink->inside_accessor].name));
    if (rule)
        add_naming(explainer, subject, rule);
    else
        subject_reason(explainer, subject, "its singleton was found (family %s)",
                       explain_family(explainer, sink->family));
    if (fact_is(sink->expr))
        subject_reason(explainer, subject, "it runs in %.*s",
                       STR_ARG(explain_sink_where(explainer, sink)));
    if (sink->ignore)
        subject_reason(explainer, subject, "the comment gives the reason: %.*s",
                       STR_ARG(ignore_reason(explainer->solution, sink)));
    const FunctionPlan *plan = &explainer->solution->functions[sink->function.index];
    bool left = outcome_row(sink->outcome)->doubtful;
    if (left && (plan->reads_ambient || plan->supply == SUPPLY_BRIDGED))
        explain_bridge(explainer, subject, sink->function);
    if (left) explain_set_code(explainer, subject, sink->code ? sink->code : DIAGNOSTIC_W301);
    if (sink->leak) add_leak(explainer, subject, sink);
    if (!with_chains || !fact_is(sink->function) || sink->inside_accessor) return;
    explain_chains_up(explainer, sink->function, FACT_NONE(ClassId), sink->origins, subject);
    for (uint32_t i = 0; i < subject->chains.count; i++)
        vec_add(&subject->chains.items[i].steps, explain_access_step(explainer, sink));
}

// ---- one call ------------------------------------------------------------------------------------
static void add_call_change(Explainer *explainer, Subject *subject, const EdgeFact *edge) {
    Str parameter = explainer->program->rules->context.parameter;
    uint32_t index = edge->kind == EDGE_ESCAPE ? 0 : explainer->call_plan[edge->call.index];
    const CallPlan *plan = index ? &explainer->solution->calls.items[index - 1] : NULL;
    bool bound = explainer->forwarded[edge->expr.index];
    subject->decision = bound ? "binds" : "unchanged";
    if (bound) {
        subject_change(explainer, subject, "is handed over with '%.*s' bound to it",
                       STR_ARG(parameter));
    } else if (plan && plan->supply == CALL_REFUSED) {
        subject->decision = "refused";
        subject_change(explainer, subject, "does not pass the context");
        explain_set_code(explainer, subject, DIAGNOSTIC_W305);
    } else if (plan && plan->supply == CALL_HAS_IT) {
        subject->decision = "has_it";
        subject_change(explainer, subject, "passes the context already");
    } else if (plan && plan->supply == CALL_PASSES) {
        subject->decision = "passes";
        subject_change(explainer, subject, "passes '%.*s'%s", STR_ARG(parameter),
                       plan->ambient ? ", read from the ambient context" : "");
    } else {
        subject_change(explainer, subject, "is not changed");
    }
}

void explain_call(Explainer *explainer, uint32_t index) {
    const EdgeFact *edge = program_edge(explainer->program, index);
    bool makes = edge->kind == EDGE_CONSTRUCT;
    Str name = makes ? explain_class_name(explainer, edge->klass)
                     : explain_function_name(explainer, edge->callee);
    Subject *subject = explain_add(explainer, SUBJECT_CALL, makes ? "construction" : "call", name,
                                   explain_expr_place(explainer, edge->expr));
    add_call_change(explainer, subject, edge);
    subject_reason(explainer, subject, "%s is known by %s", makes ? "the class" : "the function",
                   evidence_words(edge->evidence));
    FunctionId caller = program_edge_caller(explainer->program, index);
    if (fact_is(caller)) subject->origins = explainer->solution->functions[caller.index].origins;
    ExplainChain down;
    FunctionId callee = makes ? FACT_NONE(FunctionId) : edge->callee;
    ClassId klass = makes ? edge->klass : FACT_NONE(ClassId);
    bool found = explain_chain_down(explainer, callee, klass, &down);
    if (!found && makes && fact_is(edge->callee))
        found = explain_chain_down(explainer, edge->callee, FACT_NONE(ClassId), &down);
    if (found) vec_add(&subject->chains, down);
}
