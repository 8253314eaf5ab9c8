// Places that a rule's pattern reads and the code writes. Comes in: the sinks of the patterns, in source order.
// Goes out: reads that are refused with W218, since nobody would read any more what is written.
//
//     report.store.report = new         the pattern matches, and cannot be replaced: W214
//     return report.store.report        the same place: W218
//
// Two matches are of one place unless what their metavariables stand for are different literals:
// STATE["a"] is not STATE["b"], and may be STATE[key]. A write in a test counts in tests only, and one that a comment
// leaves alone is meant to be.
#include "solve/solver.h"

typedef struct Writes {
    Interner *places; // "rule" and "rule key": what is written
    StrBuf key;
} Writes;

typedef struct Written {
    Writes program, tests;
} Written;

static bool is_literal(const Program *program, const CaptureFact *capture) {
    ExprKind kind = program_expr(program, capture->expr)->kind;
    return fact_is(capture->expr) && (kind == EXPR_STRING || kind == EXPR_NUMBER);
}

// The place of a match as a text; false when it may be any place of the rule.
static bool place_of(const Program *program, const Sink *sink, StrBuf *key) {
    const MatchFact *match = program_match(program, (MatchId){sink->match});
    strbuf_clear(key);
    strbuf_addf(key, "%u", sink->rule);
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const CaptureFact *capture =
            program_capture(program, (CaptureId){match->first_capture + i});
        if (!is_literal(program, capture)) return false;
        const ExprFact *expr = program_expr(program, capture->expr);
        Str text = expr->kind == EXPR_STRING && expr->name.index
                       ? program_name(program, expr->name)
                       : program_text(program, match->module, capture->start, capture->end);
        strbuf_addf(key, " %.*s", STR_ARG(text));
    }
    return true;
}

static Str rule_key(Writes *writes, const char *what, uint32_t rule) {
    strbuf_clear(&writes->key);
    strbuf_addf(&writes->key, "%s %u", what, rule);
    return strbuf_str(&writes->key);
}

bool solver_runs_in_test(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    return solver->test_module[program_expr_module(program, expr).index] ||
           solver_is_test(solver, program_scope_function(program, program_expr(program, expr)->scope));
}

bool solver_is_test(const Solver *solver, FunctionId function) { return solver->test_function[function.index]; }

static Writes *writes_of(const Solver *solver, Written *written, ExprId expr) {
    return solver_runs_in_test(solver, expr) ? &written->tests : &written->program;
}

static void note_write(const Solver *solver, Written *written, const Sink *sink) {
    const ExprFact *expr = program_expr(solver->program, sink->expr);
    bool stored = expr->flags & (EXPR_STORED | EXPR_DELETED);
    if (!sink->match || sink->outcome == OUTCOME_IGNORED || !stored) return;
    Writes *writes = writes_of(solver, written, sink->expr);
    if (place_of(solver->program, sink, &writes->key))
        intern(writes->places, strbuf_str(&writes->key));
    else
        intern(writes->places, rule_key(writes, "any", sink->rule));
    intern(writes->places, rule_key(writes, "some", sink->rule));
}

// setattr(report.store, "report", new), for the pattern `report.store.report` or `$X.report`.
static bool sets_place(const Solver *solver, const CallFact *call, const Matcher *matcher) {
    const Program *program = solver->program;
    Str pattern = matcher->kind == MATCHER_PATTERN ? matcher->text : STR_NONE;
    ptrdiff_t dot = str_find_last(pattern, '.');
    if (dot <= 0 || call->argument_count < 2) return false;
    const ArgumentFact *object = program_argument(program, (ArgumentId){call->first_argument});
    const ExprFact *name = program_expr(
        program, program_argument(program, (ArgumentId){call->first_argument + 1})->value);
    Str before = str_slice(pattern, 0, (size_t)dot);
    Str after = str_slice(pattern, (size_t)dot + 1, pattern.length);
    return name->kind == EXPR_STRING && str_equal(program_name(program, name->name), after) &&
           (str_find(before, '$') >= 0 ||
            str_equal(program_text(program, call->module, object->start, object->end), before));
}

static void note_calls(const Solver *solver, Written *written) {
    const Program *program = solver->program;
    const Rules *rules = program->rules;
    for (uint32_t i = 1; i < program_call_count(program); i++) {
        const CallFact *call = program_call(program, (CallId){i});
        if (!(program_callee_flags(program, (CallId){i}) & NAME_SETS)) continue;
        Writes *writes = writes_of(solver, written, call->expr);
        for (uint32_t r = 0; r < rules->sinks.count; r++) {
            const SinkRule *rule = &rules->sinks.items[r];
            if (rule->kind != SINK_PATTERN ||
                !sets_place(solver, call, rules->patterns.list.items[rule->pattern].matcher))
                continue;
            intern(writes->places, rule_key(writes, "any", r));
            intern(writes->places, rule_key(writes, "some", r));
        }
    }
}

static bool has(const Writes *writes, Str key) {
    return intern_find(writes->places, key).index != 0;
}

static bool is_written(const Solver *solver, Writes *writes, const Sink *sink) {
    if (!has(writes, rule_key(writes, "some", sink->rule))) return false;
    if (has(writes, rule_key(writes, "any", sink->rule))) return true;
    return !place_of(solver->program, sink, &writes->key) || has(writes, strbuf_str(&writes->key));
}

static void refuse_read(const Solver *solver, Written *written, Sink *sink) {
    if (!sink->match || sink_is_left(sink)) return;
    if (!is_written(solver, &written->program, sink) &&
        !(solver_runs_in_test(solver, sink->expr) && is_written(solver, &written->tests, sink)))
        return;
    sink->outcome = OUTCOME_REFUSED;
    sink->code = DIAGNOSTIC_W218;
}

void solver_refuse_written(Solver *solver) {
    if (program_match_count(solver->program) <= 1) return;
    Written written = {{.places = interner_new()}, {.places = interner_new()}};
    Sink *sinks = solver->solution->sinks.items;
    uint32_t count = solver->solution->sinks.count;
    for (uint32_t i = 1; i < count; i++) note_write(solver, &written, &sinks[i]);
    note_calls(solver, &written);
    for (uint32_t i = 1; i < count; i++) refuse_read(solver, &written, &sinks[i]);
    strbuf_release(&written.program.key);
    strbuf_release(&written.tests.key);
    interner_free(written.program.places);
    interner_free(written.tests.places);
}
