// Code that matches a pattern, to sinks. Comes in: matches with what their metavariables stand for. Goes
// out: sinks whose expression is the match. What the names and classes must be is decided here, since it
// takes the whole tree; a match that cannot be replaced piece by piece is refused with its code.
#include "rule/template.h"
#include "solve/solver.h"

typedef enum Fit { FIT_NO, FIT_UNSURE, FIT_YES } Fit;

// ---- what a metavariable means -------------------------------------------------------------------
static bool is_one_of(const Solver *solver, const RuleNames *names, Str dotted) {
    return dotted.length > 0 && program_names_match(solver->program, names, dotted);
}

// Does the name EXPR, whose dotted text through imports is DOTTED, mean one of NAMES?
static bool means(const Solver *solver, ExprId expr, Str dotted, const RuleNames *names) {
    const Program *program = solver->program;
    if (is_one_of(solver, names, dotted)) return true;
    SymbolId symbol = program_symbol_of(program, expr);
    SymbolId definition = program_definition_of(program, symbol);
    if (fact_is(definition) && is_one_of(solver, names, solver_symbol_path(solver, definition)))
        return true;
    ExprId parent = program_expr(program, expr)->parent;
    const ExprFact *call = program_expr(program, parent);
    if (call->kind != EXPR_CALL || !fact_same(call->base, expr)) return false;
    for (RowList edges = program_call_edges(solver->program, call->call); edges.at < edges.end;
         edges.at++) {
        const EdgeFact *edge = program_edge(program, *edges.at);
        Name name = program_function(program, edge->callee)->qualified;
        if (is_one_of(solver, names, program_name(program, name))) return true;
    }
    return false;
}

// "app.isolation.scoped" of a name that an import brings; empty for what is no chain of names.
static Str imported_name(const Solver *solver, ExprId base) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, base);
    if (row->kind == EXPR_ATTRIBUTE) {
        Str owner = imported_name(solver, row->base);
        if (owner.length == 0) return owner;
        return arena_format(solver->arena, "%.*s.%.*s", STR_ARG(owner),
                            STR_ARG(program_name(program, row->name)));
    }
    if (row->kind != EXPR_NAME) return STR_NONE;
    SymbolId symbol = program_symbol_of(program, base);
    BindingId binding = program_symbol(program, symbol)->first_binding;
    ImportId import = program_binding(program, binding)->import_;
    return fact_is(import) ? program_name(program, program_import(program, import)->dotted)
                           : STR_NONE;
}

// The class has a base of that name, in the tree or outside of it.
static bool has_base(const Solver *solver, ClassId klass, Str name) {
    const Program *program = solver->program;
    ClassId target = program_find_class(solver->program, name);
    if (fact_is(target) && program_is_subclass(program, klass, target)) return true;
    for (uint32_t i = 0; i < program_base_name_count(program); i++) {
        const BaseName *base = program_base_name(program, i);
        if (program_is_named(solver->program, name, program_name(program, base->dotted)) &&
            program_is_subclass(program, klass, base->klass))
            return true;
    }
    return false;
}

static Fit fit_class(const Solver *solver, uint32_t capture, const SinkWhere *where) {
    const Program *program = solver->program;
    bool some = false, all = true;
    for (uint32_t i = 0; i < program_capture_class_count(program); i++) {
        const CaptureClass *row = program_capture_class(program, i);
        if (row->capture != capture) continue;
        bool fits = false;
        for (uint32_t k = 0; k < where->names.count; k++)
            fits = fits || (row->is_class == (where->kind == WHERE_SUBCLASS) &&
                            has_base(solver, row->klass, where->names.items[k].text));
        some = some || fits;
        all = all && fits && row->certain;
    }
    return !some ? FIT_NO : all ? FIT_YES : FIT_UNSURE;
}

static Fit fit_where(const Solver *solver, const MatchFact *match, const SinkWhere *where) {
    const Program *program = solver->program;
    Fit fit = FIT_NO;
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const CaptureFact *capture =
            program_capture(program, (CaptureId){match->first_capture + i});
        if (capture->variable != where->variable || !fact_is(capture->expr)) continue;
        if (where->kind != WHERE_SYMBOL)
            fit = fit_class(solver, match->first_capture + i, where);
        else if (means(solver, capture->expr, program_name(program, capture->dotted),
                       &where->names))
            fit = FIT_YES;
    }
    if (!where->negated || fit == FIT_UNSURE) return fit;
    return fit == FIT_YES ? FIT_NO : FIT_YES;
}

static Fit fit_all(const Solver *solver, const MatchFact *match, const SinkRule *rule) {
    Fit fit = FIT_YES;
    for (uint32_t i = 0; i < rule->where.count; i++) {
        Fit one = fit_where(solver, match, &rule->where.items[i]);
        if (one < fit) fit = one;
    }
    return fit;
}

// ---- what was replaced before --------------------------------------------------------------------
// Is TEXT how a function writes its context?
static bool is_context(const Solver *solver, Str text) {
    const Rules *rules = solver->program->rules;
    Str parameter = rules->context.parameter, ambient = rules->context.ambient;
    Str last = str_slice(text, (size_t)(str_find_last(text, '.') + 1), text.length);
    if (str_equal(last, parameter)) return true;
    Str reader = str_slice(ambient, (size_t)(str_find_last(ambient, '.') + 1), ambient.length);
    if (str_starts_with(last, reader) && str_ends_with(text, STR("()"))) return true;
    for (uint32_t i = 0; i < rules->carriers.count; i++) {
        Str expression = rules->carriers.items[i].expression;
        ptrdiff_t hole = str_find(expression, '}');
        if (hole >= 0 &&
            str_ends_with(text, str_slice(expression, (size_t)hole + 1, expression.length)))
            return true;
    }
    return false;
}

static bool is_replaced(const Solver *solver, const MatchFact *match, const SinkRule *rule) {
    const Program *program = solver->program;
    if (!match->replaced) return false;
    if (match->replaced_itself &&
        !is_context(solver,
                    program_text(program, match->module, match->context_start, match->context_end)))
        return false;
    RuleName head = {template_head(rule->replace), SPAN_NONE};
    if (head.text.length == 0) return true;
    if (!fact_is(match->replaced_head)) return false;
    RuleNames names = {&head, 1, 1};
    Str dotted = imported_name(solver, match->replaced_head);
    return means(solver, match->replaced_head, dotted, &names);
}

// ---- pieces --------------------------------------------------------------------------------------
uint32_t solution_kept_captures(const Program *program, const PatternRule *pattern, Str template,
                                const MatchFact *match) {
    uint32_t kept = 0, end = match->start;
    TemplateHole hole = {0};
    while (template_next_hole(template, hole.end, &hole)) {
        int variable = pattern_variable_index(pattern, hole.name);
        for (uint32_t i = 0; i < match->capture_count; i++) {
            const CaptureFact *capture =
                program_capture(program, (CaptureId){match->first_capture + i});
            bool inside = capture->start >= end && capture->end <= match->end;
            if ((int)capture->variable != variable || !inside || capture->start == capture->end)
                continue;
            kept |= 1u << i;
            end = capture->end;
        }
    }
    return kept;
}

// The capture that is kept in place and holds [start, end); false when there is none.
static bool is_in_kept(const Solver *solver, const MatchFact *match, uint32_t kept, uint32_t start,
                       uint32_t end) {
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const CaptureFact *capture =
            program_capture(solver->program, (CaptureId){match->first_capture + i});
        if ((kept >> i & 1) && capture->start <= start && end <= capture->end) return true;
    }
    return false;
}

static uint32_t kept_of(const Solver *solver, const MatchFact *match, const SinkRule *rule) {
    const PatternRule *pattern = &solver->program->rules->patterns.list.items[rule->pattern];
    return solution_kept_captures(solver->program, pattern, rule->replace, match);
}

// Code that is written again elsewhere, or not at all, must have nothing in it that may change itself.
static bool has_loose_call(const Solver *solver, const MatchFact *match, uint32_t kept) {
    const Program *program = solver->program;
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const CaptureFact *capture =
            program_capture(program, (CaptureId){match->first_capture + i});
        if (kept >> i & 1) continue;
        Str text = program_text(program, match->module, capture->start, capture->end);
        if (str_find(text, '(') >= 0 || str_find(text, ':') >= 0 || str_find(text, '#') >= 0)
            return true;
    }
    return false;
}

// Does the code [start, end) lose a comment when TEXT is written instead?
static bool loses_comment(const Solver *solver, const MatchFact *match, uint32_t start,
                          uint32_t end, Str text) {
    Str old = program_text(solver->program, match->module, start, end);
    TemplateDifference difference = template_difference(old, text);
    return str_find(str_slice(old, difference.old_start, difference.old_end), '#') >= 0;
}

// The kept capture that HOLE stands for, when it begins at or after FROM; NULL for another.
static const CaptureFact *kept_in_hole(const Solver *solver, const MatchFact *match,
                                       const SinkRule *rule, const TemplateHole *hole,
                                       uint32_t kept, uint32_t from) {
    const PatternRule *pattern = &solver->program->rules->patterns.list.items[rule->pattern];
    int variable = pattern_variable_index(pattern, hole->name);
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const CaptureFact *capture =
            program_capture(solver->program, (CaptureId){match->first_capture + i});
        if ((int)capture->variable == variable && (kept >> i & 1) && capture->start >= from)
            return capture;
    }
    return NULL;
}

// A comment between the pieces that stay would go.
static bool has_loose_comment(const Solver *solver, const MatchFact *match, const SinkRule *rule,
                              uint32_t kept) {
    uint32_t start = match->start;
    size_t at = 0;
    TemplateHole hole = {0};
    while (template_next_hole(rule->replace, hole.end, &hole)) {
        const CaptureFact *capture = kept_in_hole(solver, match, rule, &hole, kept, start);
        if (!capture) continue;
        Str text = str_slice(rule->replace, at, hole.start);
        if (loses_comment(solver, match, start, capture->start, text)) return true;
        start = capture->end;
        at = hole.end;
    }
    return loses_comment(solver, match, start, match->end,
                         str_slice(rule->replace, at, rule->replace.length));
}

// Does an argument by position follow in REST, the template behind a hole, before its list ends?
static bool has_position_behind(Str rest) {
    int depth = 0;
    size_t start = 0;
    for (size_t i = 0; i <= rest.length; i++) {
        char c = i < rest.length ? rest.data[i] : ')';
        depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
        if (depth > 0 || (c != ',' && depth == 0)) continue;
        Str item = str_trim(str_slice(rest, start, i));
        ptrdiff_t equal = str_find(item, '=');
        bool by_name = equal > 0 && str_find(str_slice(item, 0, (size_t)equal), '(') < 0;
        if (start > 0 && item.length > 0 && !by_name && !str_starts_with(item, STR("**")))
            return true;
        if (depth < 0) return false;
        start = i + 1;
    }
    return false;
}

static bool has_late_position(const Solver *solver, const MatchFact *match, const SinkRule *rule) {
    const PatternRule *pattern = &solver->program->rules->patterns.list.items[rule->pattern];
    TemplateHole hole = {0};
    while (template_next_hole(rule->replace, hole.end, &hole)) {
        int variable = pattern_variable_index(pattern, hole.name);
        for (uint32_t i = 0; i < match->capture_count; i++) {
            const CaptureFact *capture =
                program_capture(solver->program, (CaptureId){match->first_capture + i});
            Str rest = str_slice(rule->replace, hole.end, rule->replace.length);
            if ((int)capture->variable == variable && capture->keywords &&
                has_position_behind(rest))
                return true;
        }
    }
    return false;
}

static bool can_replace(const Solver *solver, const MatchFact *match, const SinkRule *rule) {
    const ExprFact *expr = program_expr(solver->program, match->expr);
    uint32_t kept = kept_of(solver, match, rule);
    if (expr->flags & (EXPR_STORED | EXPR_DELETED)) return false;
    bool quoted = str_find(rule->replace, '"') >= 0 || str_find(rule->replace, '\'') >= 0 ||
                  str_find(rule->replace, '\\') >= 0;
    if ((expr->flags & EXPR_IN_INTERPOLATION) && quoted) return false;
    return !has_late_position(solver, match, rule) && !has_loose_call(solver, match, kept) &&
           !has_loose_comment(solver, match, rule, kept);
}

// ---- sinks ---------------------------------------------------------------------------------------
static void refuse(Sink *sink, DiagnosticCode code) {
    if (sink->outcome == OUTCOME_REFUSED) return;
    sink->outcome = OUTCOME_REFUSED;
    sink->code = code;
}

// The rule leaves the function around it, or the module, alone; or it is part of the pack's runtime.
static bool may_stay(const Solver *solver, ExprId expr, const SinkRule *rule) {
    return solver_in_runtime(solver, expr) || solver_is_exempt_place(solver, expr, rule);
}

static void add_match(Solver *solver, uint32_t index, uint32_t at) {
    const Program *program = solver->program;
    const SinkRule *rule = &solver->program->rules->sinks.items[index];
    const MatchFact *match = program_match(program, (MatchId){at});
    const uint32_t elsewhere = EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING;
    if (!fact_is(match->expr) || (program_expr(program, match->expr)->flags & elsewhere) ||
        may_stay(solver, match->expr, rule))
        return;
    Fit fit = fit_all(solver, match, rule);
    if (fit == FIT_NO || is_replaced(solver, match, rule)) return;
    Sink *sink = solver_add_sink(solver, match->expr, index, 0, rule->family);
    sink->match = at;
    if (fit == FIT_UNSURE)
        refuse(sink, DIAGNOSTIC_W215);
    else if (!can_replace(solver, match, rule))
        refuse(sink, DIAGNOSTIC_W214);
}

void solver_add_matches(Solver *solver, uint32_t rule) {
    for (uint32_t i = 1; i < program_match_count(solver->program); i++)
        if (program_match(solver->program, (MatchId){i})->rule ==
            solver->program->rules->sinks.items[rule].pattern)
            add_match(solver, rule, i);
}

// ---- what else is in a match ---------------------------------------------------------------------
static bool is_around(Span outer, Span inner) {
    return outer.file.index == inner.file.index && outer.start <= inner.start &&
           inner.end <= outer.end;
}

// Two sinks, one of them in the other: the outer keeps its pieces, or it is left alone.
static void settle(Solver *solver, Sink *outer, Sink *inner) {
    Span around = program_expr_span(solver->program, outer->expr);
    Span within = program_expr_span(solver->program, inner->expr);
    if (!is_around(around, within) || sink_is_left(outer) || sink_is_left(inner)) return;
    const SinkRule *rule = &solver->program->rules->sinks.items[outer->rule];
    if (outer->match) {
        const MatchFact *match = program_match(solver->program, (MatchId){outer->match});
        uint32_t kept = kept_of(solver, match, rule);
        if (!is_in_kept(solver, match, kept, within.start, within.end))
            refuse(outer, DIAGNOSTIC_W214);
    } else if (inner->match && !outer->accessor && rule->kind == SINK_CALL) {
        refuse(inner, DIAGNOSTIC_W214); // a call is replaced with its arguments
    }
}

static void mark_calls(Solver *solver, const Sink *sink) {
    const Program *program = solver->program;
    const MatchFact *match = program_match(program, (MatchId){sink->match});
    uint32_t kept = kept_of(solver, match, &solver->program->rules->sinks.items[sink->rule]);
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        if (!fact_same(call->module, match->module) || call->open < match->start ||
            call->close >= match->end)
            continue;
        if (!is_in_kept(solver, match, kept, call->open, call->close + 1))
            solver->fixed_call[i] = true;
    }
}

void solver_settle_matches(Solver *solver) {
    Sink *sinks = solver->solution->sinks.items;
    uint32_t count = solver->solution->sinks.count;
    if (program_match_count(solver->program) <= 1) return;
    for (uint32_t i = 1; i < count; i++) {
        Span span = program_expr_span(solver->program, sinks[i].expr);
        for (uint32_t k = i + 1; k < count; k++) {
            Span other = program_expr_span(solver->program, sinks[k].expr);
            if (other.file.index != span.file.index || other.start >= span.end) break;
            bool same_start = other.start == span.start; // the shorter one comes first
            settle(solver, same_start ? &sinks[k] : &sinks[i], same_start ? &sinks[i] : &sinks[k]);
        }
    }
    for (uint32_t i = 1; i < count; i++)
        if (sinks[i].match && !sink_is_left(&sinks[i])) mark_calls(solver, &sinks[i]);
}
