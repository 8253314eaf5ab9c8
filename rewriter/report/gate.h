// The gate of `weft check`: limits, and what a report says to each.
#ifndef WEFT_REPORT_GATE_H
#define WEFT_REPORT_GATE_H

#include "report/baseline.h"
#include "source/changed.h"

typedef enum GateKind {
    GATE_MAX_COMPLEXITY,
    GATE_MAX_REFUSED,
    GATE_MAX_TAKEN_BACK,
    GATE_MAX_SHARED,
    GATE_MIN_ISOLATED,
    GATE_MAX_RISK,
    GATE_NO_NEW,          // no access that the baseline does not know
    GATE_CHANGED,         // none in the changed lines, but for what the baseline knows
    GATE_STRICT_BASELINE, // no entry of the baseline that is gone
} GateKind;

typedef struct Gate {
    GateKind kind;
    bool passed;
    Str found; // "15 refused"
    Str limit; // "at most 10"
} Gate;

typedef struct Gates {
    Arena arena;
    Vec(Gate) list; // those that apply, in the order of GateKind
    bool passed;
    uint32_t fresh; // accesses that fail GATE_NO_NEW or GATE_CHANGED: not `known` in the report
    uint32_t stale; // entries of the baseline that are gone
} Gates;

// Judges REPORT by LIMITS. BASELINE and CHANGED may be NULL. Marks as known what the baseline has, and
// with CHANGED also what stands in other lines, so that formats show what fails.
void gates_judge(Report *report, const CheckRule *limits, Baseline *baseline,
                 Changed *changed, Gates *gates);
void gates_release(Gates *gates);

// One screen: each gate, what fails, how to mend it and how to accept it. UPDATE is the command that writes
// the baseline. COLUMNS: of the terminal; 0 where there is none, and nothing is broken then.
void gates_write_text(const Gates *gates, const Report *report, const Baseline *baseline,
                      Str update, uint32_t columns, bool color, FILE *out);

const char *gate_name(GateKind kind); // "max-refused", the option's name

#endif
