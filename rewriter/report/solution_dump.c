// A solution as text. In: every decision. Out: lines whose order and spelling depend on the input
// only. Leaves out what was decided by default, never a decision.
#include "report/solution_dump.h"

#include "program/name.h"
#include "report/text.h"

typedef struct Dump {
    const Program *program;
    const Solution *solution;
    Arena arena;
    StrBuf text;
} Dump;

static const char *supply_name(Supply supply) {
    switch (supply) {
    case SUPPLY_NONE: return "none";
    case SUPPLY_PARAMETER: return "parameter";
    case SUPPLY_CARRIER: return "carrier";
    case SUPPLY_HELD: return "held";
    case SUPPLY_CLOSURE: return "closure";
    case SUPPLY_CREATED: return "created";
    case SUPPLY_BRIDGED: return "bridged";
    }
    return "";
}

static const char *call_supply_name(CallSupply supply) {
    switch (supply) {
    case CALL_UNCHANGED: return "unchanged";
    case CALL_PASSES: return "passes";
    case CALL_HAS_IT: return "has_it";
    case CALL_REFUSED: return "refused";
    }
    return "";
}

static void add_flag(Dump *dump, bool set, const char *name) {
    if (set) strbuf_addf(&dump->text, " %s", name);
}

static void add_code(Dump *dump, DiagnosticCode code) {
    if (code != 0) strbuf_addf(&dump->text, " code=%s", diagnostic_code_name(code));
}

static void add_origins(Dump *dump, uint32_t origins) {
    if (origins == 0) return;
    const char *separator = " origins=";
    for (int i = 0; i < ORIGIN_COUNT; i++) {
        if ((origins & (1u << i)) == 0) continue;
        strbuf_addf(&dump->text, "%s%s", separator, origin_name((Origin)(1 << i)));
        separator = ",";
    }
}

static void add_span(Dump *dump, Span span) {
    const SourceFile *file = source_file(dump->program->facts->sources, span.file);
    LineColumn at = source_line_column(file, span.start);
    text_add_shown(&dump->text, file->path);
    strbuf_addf(&dump->text, ":%u:%u", at.line, at.column);
}

static void add_place(Dump *dump, ExprId expr) {
    add_span(dump, program_expr_span(dump->program, expr));
}

static void add_name(Dump *dump, const char *label, Name name) {
    strbuf_add_text(&dump->text, label);
    text_add_shown(&dump->text, program_name(dump->program, name));
}

static void add_function(Dump *dump, uint32_t index) {
    const FunctionFact *function = program_function(dump->program, (FunctionId){index});
    const FunctionPlan *plan = &dump->solution->functions[index];
    if (plan->supply == SUPPLY_NONE && !plan->gains_parameter && !plan->has_parameter &&
        !plan->stores)
        return;
    add_name(dump, "  ", function->qualified);
    strbuf_addf(&dump->text, ": supply=%s", supply_name(plan->supply));
    add_flag(dump, plan->has_parameter, "has_parameter");
    add_flag(dump, plan->gains_parameter, "gains_parameter");
    add_flag(dump, plan->optional, "optional");
    add_flag(dump, plan->becomes_required, "becomes_required");
    add_flag(dump, plan->needs_value, "needs_value");
    add_flag(dump, plan->stores, "stores");
    if (fact_is(plan->carrier))
        add_name(dump, " carrier=", program_parameter(dump->program, plan->carrier)->name);
    if (plan->boundary != 0)
        strbuf_addf(&dump->text, " boundary=%.*s",
                    STR_ARG(dump->program->rules->boundaries.items[plan->boundary - 1].id));
    add_origins(dump, plan->origins);
    add_code(dump, plan->code);
    strbuf_add_char(&dump->text, '\n');
}

static void add_class(Dump *dump, uint32_t index) {
    const ClassPlan *plan = &dump->solution->classes[index];
    if (!plan->holds && !plan->inherits_holding && !plan->needs_constructor) return;
    add_name(dump, "  ", program_class(dump->program, (ClassId){index})->qualified);
    strbuf_add_char(&dump->text, ':');
    add_flag(dump, plan->holds, "holds");
    add_flag(dump, plan->inherits_holding, "inherits_holding");
    add_flag(dump, plan->needs_constructor, "needs_constructor");
    add_flag(dump, plan->process_lifetime, "process_lifetime");
    add_flag(dump, plan->may_hold, "may_hold");
    strbuf_add_char(&dump->text, '\n');
}

static void add_call(Dump *dump, const CallPlan *plan) {
    strbuf_add_text(&dump->text, "  ");
    add_place(dump, program_call(dump->program, plan->call)->expr);
    strbuf_addf(&dump->text, ": %s", call_supply_name(plan->supply));
    add_flag(dump, plan->ambient, "ambient");
    if (plan->inside_accessor != 0)
        strbuf_addf(&dump->text, " inside_accessor=%u", plan->inside_accessor);
    strbuf_add_char(&dump->text, '\n');
}

static void add_forward(Dump *dump, const ForwardPlan *plan) {
    strbuf_add_text(&dump->text, "  ");
    add_place(dump, plan->expr);
    strbuf_add_text(&dump->text, ": binds");
    add_flag(dump, plan->ambient, "ambient");
    if (plan->inside_accessor != 0)
        strbuf_addf(&dump->text, " inside_accessor=%u", plan->inside_accessor);
    strbuf_add_char(&dump->text, '\n');
}

static void add_accessor(Dump *dump, uint32_t index) {
    const Accessor *accessor = &dump->solution->accessors.items[index];
    strbuf_addf(&dump->text, "  %u ", index);
    text_add_shown(&dump->text, accessor->name);
    strbuf_addf(&dump->text, ": %s %s of ",
                family_name(&dump->program->rules->families, accessor->family),
                accessor->kind == ACCESSOR_GETTER ? "getter" : "instance");
    text_add_shown(&dump->text, program_symbol_name(&dump->arena, dump->program, accessor->symbol));
    strbuf_add_text(&dump->text, accessor->rule != 0 ? " named" : " found");
    add_flag(dump, accessor->passes_context, "passes_context");
    add_flag(dump, accessor->keeps_name, "keeps_name");
    add_flag(dump, accessor->removes_creator, "removes_creator");
    strbuf_add_char(&dump->text, '\n');
}

static void add_sink(Dump *dump, uint32_t index) {
    const Sink *sink = &dump->solution->sinks.items[index];
    strbuf_add_text(&dump->text, "  ");
    add_span(dump, sink_span(dump->program, sink));
    strbuf_addf(&dump->text, ": %s %s", family_name(&dump->program->rules->families, sink->family),
                outcome_name(sink->outcome));
    if (sink->accessor != 0) strbuf_addf(&dump->text, " accessor=%u", sink->accessor);
    if (sink->inside_accessor != 0)
        strbuf_addf(&dump->text, " inside_accessor=%u", sink->inside_accessor);
    if (outcome_row(sink->outcome)->doubtful) add_code(dump, sink->code);
    add_origins(dump, sink->origins);
    if (fact_is(sink->function))
        add_name(dump, " in ", program_function(dump->program, sink->function)->qualified);
    strbuf_add_char(&dump->text, '\n');
}

static void add_tables(Dump *dump) {
    const Solution *solution = dump->solution;
    strbuf_add_text(&dump->text, "functions\n");
    for (uint32_t i = 1; i < program_function_count(dump->program); i++) add_function(dump, i);
    strbuf_add_text(&dump->text, "classes\n");
    for (uint32_t i = 1; i < program_class_count(dump->program); i++) add_class(dump, i);
    strbuf_add_text(&dump->text, "calls\n");
    for (uint32_t i = 0; i < solution->calls.count; i++) add_call(dump, &solution->calls.items[i]);
    strbuf_add_text(&dump->text, "forwards\n");
    for (uint32_t i = 0; i < solution->forwards.count; i++)
        add_forward(dump, &solution->forwards.items[i]);
    strbuf_add_text(&dump->text, "accessors\n");
    for (uint32_t i = 1; i < solution->accessors.count; i++) add_accessor(dump, i);
    strbuf_add_text(&dump->text, "sinks\n");
    for (uint32_t i = 1; i < solution->sinks.count; i++) add_sink(dump, i);
}

void solution_dump(const Program *program, const Solution *solution, FILE *out) {
    Dump dump = {.program = program, .solution = solution};
    add_tables(&dump);
    fwrite(dump.text.data, 1, dump.text.length, out);
    strbuf_release(&dump.text);
    arena_release(&dump.arena);
}
