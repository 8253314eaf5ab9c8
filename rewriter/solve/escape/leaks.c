// Which accesses leak their value; see leaks.h. Comes in: settled sinks and the flow graph. Goes out:
// Solution.leaks. Forward from the accesses to the stores that outlive a context, then backward from
// those stores to every access that reaches one.
#include "solve/escape/leaks.h"

#include "base/message.h"
#include "base/bug.h"
#include "solve/escape/places.h"
#include "solve/escape/shared.h"
#include "solve/escape/walk.h"

typedef struct Leaking {
    Solver *solver;
    const Flow *flow;
    Places places;
    Walk values; // from the accesses; cause: the sink
    Walk back;   // from the stores; cause: 1 + index of the leak
    Walk shared; // from the stores into places that the rules share; cause: 1
} Leaking;

static bool is_rewritten(const Sink *sink) {
    return outcome_row(sink->outcome)->rewritten && fact_is(sink->expr);
}

static Span store_span(const Program *program, const FlowStore *store) {
    if (fact_is(store->at)) return program_expr_span(program, store->at);
    const BindingFact *binding = program_binding(program, store->binding);
    ModuleId module = program_scope(program, binding->scope)->module;
    return (Span){program_module_file(program, module), binding->start, binding->end};
}

// ---- the way ---------------------------------------------------------------------------------------------
// Where a node stands in the text; file id 0 for those that stand nowhere (results, attributes).
static Span node_span(const Program *program, uint32_t node) {
    if (node < program_expr_count(program)) return program_expr_span(program, (ExprId){node});
    if (node >= flow_result(program, FACT_NONE(FunctionId))) return SPAN_NONE;
    const SymbolFact *symbol = program_symbol(program, (SymbolId){node - program_expr_count(program)});
    if (!fact_is(symbol->first_binding)) return SPAN_NONE;
    const BindingFact *binding = program_binding(program, symbol->first_binding);
    ModuleId module = program_scope(program, symbol->scope)->module;
    return (Span){program_module_file(program, module), binding->start, binding->end};
}

static bool same_line(const Program *program, Span a, Span b) {
    if (a.file.index != b.file.index) return false;
    const SourceFile *file = source_file(program->facts->sources, a.file);
    return source_line_column(file, a.start).line == source_line_column(file, b.start).line;
}

// The spans of the nodes from FIRST on that NEXT leads to, one a line; the lines of ACCESS and STORE are left out.
static uint32_t way_spans(const Leaking *leaking, const Walk *walk, uint32_t first, Span access,
                          Span store, Span **spans) {
    const Program *program = leaking->solver->program;
    uint32_t length = 0, count = 0;
    const uint32_t *next = walk->from;
    for (uint32_t n = first; n; n = next[n]) length++;
    *spans = arena_array(leaking->solver->arena, Span, length + 1);
    Span last = {0};
    for (uint32_t n = first; n; n = next[n]) {
        Span span = node_span(program, walk_node(walk, n));
        if (!span.file.index || same_line(program, span, access) ||
            same_line(program, span, store) || (last.file.index && same_line(program, span, last)))
            continue;
        last = (*spans)[count++] = span;
    }
    return count;
}

static void reverse(Span *spans, uint32_t count) {
    for (uint32_t i = 0; i < count / 2; i++) {
        Span other = spans[count - 1 - i];
        spans[count - 1 - i] = spans[i];
        spans[i] = other;
    }
}

static void add_way(const Leaking *leaking, uint32_t node, Leak *leak) {
    Span access =
        sink_span(leaking->solver->program, &leaking->solver->solution->sinks.items[leak->sink]);
    leak->way_count =
        way_spans(leaking, &leaking->values, node, access, leak->span, &leak->way);
    reverse(leak->way, leak->way_count);
}

enum { REASONS_MOST = 64 };

// The lines that make the place of STORE last, but for that of the store.
static void add_reasons(const Leaking *leaking, const FlowStore *store, Leak *leak) {
    const Program *program = leaking->solver->program;
    uint32_t nodes[REASONS_MOST], count = places_reasons(&leaking->places, store, nodes, REASONS_MOST);
    leak->lasts = arena_array(leaking->solver->arena, Span, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        Span span = node_span(program, nodes[i]);
        bool same = leak->lasts_count && same_line(program, span, leak->lasts[leak->lasts_count - 1]);
        if (span.file.index && !same && !same_line(program, span, leak->span)) leak->lasts[leak->lasts_count++] = span;
    }
}

static void judge(const Leaking *leaking, Sink *sink) {
    const Solution *solution = leaking->solver->solution;
    uint32_t node = flow_expr(leaking->solver->program, sink->expr);
    sink->shared = leaking->shared.cause[node] != 0;
    sink->leak = leaking->back.cause[node];
    if (sink->leak)
        sink->way_count =
            way_spans(leaking, &leaking->back, node, sink_span(leaking->solver->program, sink),
                      solution->leaks.items[sink->leak - 1].span, &sink->way);
}

// Some object of the class, or of one that inherits from it, outlives a context.
static bool may_be_shared(const Solver *solver, ClassId klass) {
    for (RowList lineage = program_lineage(solver->program, klass); lineage.at < lineage.end;
         lineage.at++) {
        ClassId id = {*lineage.at};
        const ClassPlan *plan = &solver->solution->classes[id.index];
        if (!plan->keyed && (solver->class_kept[id.index] || plan->process_lifetime ||
                             solver_made_at_import(solver, id)))
            return true;
    }
    return false;
}

// The rules name what keeps a value for each context: it takes the decorator's place where the object may be one that
// tenants share.
static bool splits_property(const Solver *solver, const FlowStore *store) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, store->function);
    const ExprFact *decorator = program_expr(program, function->first_decorator);
    bool plain = decorator->kind == EXPR_NAME || decorator->kind == EXPR_ATTRIBUTE;
    return store->property && program->rules->context.cached_property.length > 0 && plain &&
           !fact_is(decorator->next_sibling) && fact_is(function->klass) &&
           !solver->frozen_function[store->function.index] &&
           may_be_shared(solver, function->klass);
}

static void add_leaks(Leaking *leaking) {
    Solver *solver = leaking->solver;
    for (uint32_t i = 1; i < leaking->flow->stores.count; i++) {
        const FlowStore *store = &leaking->flow->stores.items[i];
        uint32_t sink = leaking->values.cause[store->value];
        if (sink && splits_property(solver, store)) {
            solver->solution->functions[store->function.index].keeps_by_context = true;
            continue;
        }
        if (!sink || !places_outlives(&leaking->places, store)) continue;
        if (shared_by_rule(solver, store)) {
            walk_start(&leaking->shared, store->value, 1);
            continue;
        }
        Leak leak = {.sink = sink, .span = store_span(solver->program, store), .function = store->function};
        add_way(leaking, store->value, &leak);
        add_reasons(leaking, store, &leak);
        vec_add(&solver->solution->leaks, leak);
        walk_start(&leaking->back, store->value, solver->solution->leaks.count);
    }
    walk_run(&leaking->back, &leaking->values);
    walk_run(&leaking->shared, &leaking->values);
}

// What is read from a shared place was stored there, and that is the leak: not all that comes of it. So it is
// with what an object has of which there is one, for all or for each tenant. What comes back out of a method of the
// tenant's own object does so over the call (FLOW_THROUGH).
static bool *find_ends(const Solver *solver, const Places *places) {
    const Program *program = solver->program;
    const Flow *flow = places->flow;
    bool *ends = memory_alloc_zeroed(flow->count + 1, 1);
    places_mark_own(solver, places->own, ends);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        if (places->classes[i] || places->own[i]) ends[flow_instance(program, (ClassId){i})] = true;
    uint32_t first = flow_instance(program, (ClassId){program_class_count(program)});
    for (uint32_t i = 0; i < flow->attributes.count; i++)
        if (places->classes[flow->attributes.items[i].klass.index]) ends[first + i] = true;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        uint8_t kind = program_expr(program, (ExprId){i})->kind;
        ends[i] = ends[i] || (places->lasting[i] &&
                  (kind == EXPR_NAME || kind == EXPR_ATTRIBUTE || kind == EXPR_SUBSCRIPT));
    }
    return ends;
}

void solver_find_leaks(Solver *solver) {
    const Program *program = solver->program;
    Solution *solution = solver->solution;
    Leaking leaking = {.solver = solver, .flow = &solver->flow};
    vec_clear(&solution->leaks);
    places_find(&leaking.places, solver, PLACES_SHARED);
    walk_begin(&leaking.values, program, &solver->flow, false);
    walk_begin(&leaking.back, program, &solver->flow, true);
    walk_begin(&leaking.shared, program, &solver->flow, true);
    bool *ends = find_ends(solver, &leaking.places);
    bool *closed = memory_alloc_zeroed(solver->flow.count + 1, sizeof *closed);
    places_mark_unfed(solver, closed);
    leaking.values.ends = ends;
    leaking.values.closed = closed;
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        if (is_rewritten(&solution->sinks.items[i]))
            walk_start(&leaking.values, flow_expr(program, solution->sinks.items[i].expr), i);
    walk_run(&leaking.values, NULL);
    add_leaks(&leaking);
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        if (is_rewritten(&solution->sinks.items[i])) judge(&leaking, &solution->sinks.items[i]);
    free(ends);
    free(closed);
    places_release(&leaking.places);
    walk_release(&leaking.values);
    walk_release(&leaking.back);
    walk_release(&leaking.shared);
}

// ---- messages --------------------------------------------------------------------------------------------
enum { WAY_SHOWN = 6, PLACE_SHOWN = 48 };

// What the store writes to, as the source has it, on one line.
static Str place_text(Solver *solver, Span span) {
    const SourceFile *file = source_file(solver->program->facts->sources, span.file);
    Str text = str_slice(file->text, span.start, span.end);
    ptrdiff_t end = str_find(text, '\n');
    size_t length = end < 0 ? text.length : (size_t)end;
    if (length <= PLACE_SHOWN && end < 0) return text;
    if (length > PLACE_SHOWN) length = PLACE_SHOWN;
    while (length && ((unsigned char)text.data[length] & 0xC0) == 0x80) length--; // whole characters
    return arena_format(solver->arena, "%.*s...", STR_ARG(str_slice(text, 0, length)));
}

// The lines as one text, at most WAY_SHOWN of them. To be released.
static StrBuf lines_text(const Sources *sources, const Span *spans, uint32_t count) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < count && i < WAY_SHOWN; i++) {
        const SourceFile *file = source_file(sources, spans[i].file);
        strbuf_addf(&text, "%s%.*s:%u", i ? ", " : "", STR_ARG(file->path),
                    source_line_column(file, spans[i].start).line);
    }
    if (count > WAY_SHOWN) message_add(&text, " and %u more", count - WAY_SHOWN);
    return text;
}

static void note_way(Solver *solver, const Leak *leak) {
    const Sources *sources = solver->program->facts->sources;
    StrBuf way = lines_text(sources, leak->way, leak->way_count);
    StrBuf lasts = lines_text(sources, leak->lasts, leak->lasts_count);
    Str passes = strbuf_str(&way), because = strbuf_str(&lasts);
    if (leak->way_count && leak->lasts_count)
        diagnostic_note(solver->diagnostics, "on its way it passes %.*s; the place is there for all because of %.*s",
                        STR_ARG(passes), STR_ARG(because));
    else if (leak->way_count)
        diagnostic_note(solver->diagnostics, "on its way it passes %.*s", STR_ARG(passes));
    else if (leak->lasts_count)
        diagnostic_note(solver->diagnostics, "the place is there for all because of %.*s", STR_ARG(because));
    strbuf_release(&way);
    strbuf_release(&lasts);
}

void solver_report_leaks(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 0; i < solver->solution->leaks.count; i++) {
        const Leak *leak = &solver->solution->leaks.items[i];
        const Sink *sink = &solver->solution->sinks.items[leak->sink];
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W310, leak->span,
                       "'%.*s' keeps what one tenant's access gave, for whichever tenant comes next",
                       STR_ARG(place_text(solver, leak->span)));
        diagnostic_relate(solver->diagnostics, sink_span(program, sink), "it comes from this access");
        note_way(solver, leak);
        diagnostic_help(solver->diagnostics,
                        "keep it by tenant (an accessor, or a key with the context's tenant), or read "
                        "it anew each time");
    }
}
