// Judging. In: a report, limits, a baseline, changed lines. Out: one verdict a gate, and the accesses
// that are new. Prints nothing and reads no file.
#include "report/gate.h"

#include "base/message.h"
const char *gate_name(GateKind kind) {
    switch (kind) {
    case GATE_MAX_COMPLEXITY: return "max-complexity";
    case GATE_MAX_REFUSED: return "max-refused";
    case GATE_MAX_TAKEN_BACK: return "max-taken-back";
    case GATE_MAX_SHARED: return "max-shared";
    case GATE_MIN_ISOLATED: return "min-isolated";
    case GATE_MAX_RISK: return "max-risk";
    case GATE_NO_NEW: return "no-new";
    case GATE_CHANGED: return "changed-since";
    case GATE_STRICT_BASELINE: return "strict-baseline";
    }
    return "";
}

static void add(Gates *gates, GateKind kind, bool passed, Str found, Str limit) {
    vec_add(&gates->list, ((Gate){kind, passed, found, limit}));
    gates->passed = gates->passed && passed;
}

static void judge_limits(const Report *report, const CheckRule *limits, Gates *gates) {
    Arena *arena = &gates->arena;
    if (limits->max_complexity >= 0)
        add(gates, GATE_MAX_COMPLEXITY, report->score <= (uint32_t)limits->max_complexity,
            message_format(arena, "complexity %u.%u", report->score / 10, report->score % 10),
            message_format(arena, "at most %d.%d", limits->max_complexity / 10,
                         limits->max_complexity % 10));
    uint32_t refused = report->by_outcome[OUTCOME_REFUSED];
    if (limits->max_refused >= 0)
        add(gates, GATE_MAX_REFUSED, refused <= (uint32_t)limits->max_refused,
            message_format(arena, "%u refused", refused),
            message_format(arena, "at most %d", limits->max_refused));
    if (limits->max_taken_back >= 0)
        add(gates, GATE_MAX_TAKEN_BACK, report->taken_back <= (uint32_t)limits->max_taken_back,
            message_format(arena, "%u taken back", report->taken_back),
            message_format(arena, "at most %d", limits->max_taken_back));
    if (limits->max_shared >= 0)
        add(gates, GATE_MAX_SHARED, report->shared_places <= (uint32_t)limits->max_shared,
            message_format(arena, "%u shared", report->shared_places),
            message_format(arena, "at most %d", limits->max_shared));
    uint32_t isolated = report->isolated + (limits->start_up_counts ? report->starting_up : 0);
    uint32_t share = report_permille(isolated, report->accesses.count - report->only_tests);
    if (limits->min_isolated >= 0)
        add(gates, GATE_MIN_ISOLATED, share >= (uint32_t)limits->min_isolated,
            message_format(arena, "%u.%u %% isolated%s", share / 10, share % 10,
                         limits->start_up_counts ? ", start-up included" : ""),
            message_format(arena, "at least %d.%d %%", limits->min_isolated / 10,
                         limits->min_isolated % 10));
    if (limits->max_risk >= 0)
        add(gates, GATE_MAX_RISK, (int32_t)report->risk <= limits->max_risk,
            message_format(arena, "risk %s", message_text(level_name(report->risk))),
            message_format(arena, "at most %s", level_name((Level)limits->max_risk)));
}

static void forget_unchanged(Report *report, Changed *changed) {
    for (uint32_t i = 0; i < report->accesses.count; i++) {
        ReportAccess *access = &report->accesses.items[i];
        Str path = report->files.items[access->file].path;
        if (!changed_has(changed, path, access->start.line, access->end.line)) access->known = true;
    }
}

static void judge_new(const Report *report, bool by_lines, Gates *gates) {
    for (uint32_t i = 0; i < report->accesses.count; i++)
        gates->fresh += !report->accesses.items[i].known;
    add(gates, by_lines ? GATE_CHANGED : GATE_NO_NEW, gates->fresh == 0,
        message_format(&gates->arena, "%u %s", gates->fresh, message_text(by_lines ? "in changed lines" : "new")),
        str_from(message_text("none")));
}

void gates_judge(Report *report, const CheckRule *limits, Baseline *baseline,
                 Changed *changed, Gates *gates) {
    *gates = (Gates){.passed = true};
    judge_limits(report, limits, gates);
    if (baseline != NULL) gates->stale = baseline_match(baseline, report);
    if (changed != NULL) forget_unchanged(report, changed);
    if (changed != NULL || limits->no_new || baseline != NULL)
        judge_new(report, changed != NULL, gates);
    if (baseline != NULL && limits->strict_baseline)
        add(gates, GATE_STRICT_BASELINE, gates->stale == 0,
            message_format(&gates->arena, "%u gone", gates->stale), str_from(message_text("none")));
}

void gates_release(Gates *gates) {
    vec_release(&gates->list);
    arena_release(&gates->arena);
}
