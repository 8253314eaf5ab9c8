// The verdict for a person, on one screen. In: judged gates. Out: a line a gate; what fails, with its
// place and source line; then how to mend and how to accept it. Lists no more than fits.
#include "base/message.h"
#include "report/finding.h"
#include "report/gate.h"
#include "report/text.h"

enum { MOST_SHOWN = 8, NAME = 16, FOUND = 24, LIMIT = 18 };

static void add_verdicts(StrBuf *out, const Gates *gates, bool color) {
    message_add(out,
                    message_text(gates->passed ? "weft check: passed\n" : "weft check: failed\n"));
    for (uint32_t i = 0; i < gates->list.count; i++) {
        const Gate *gate = &gates->list.items[i];
        const char *verdict = gate->passed ? "ok" : "FAIL";
        message_add(out, "  %-*s %-*.*s %-*.*s ", NAME, gate_name(gate->kind), FOUND,
                    STR_ARG(gate->found), LIMIT, STR_ARG(gate->limit));
        if (color)
            message_add(out, "\033[%sm%s\033[m\n", gate->passed ? "32" : "1;31", verdict);
        else
            message_add(out, "%s\n", verdict);
    }
}

static bool failed(const Gates *gates, GateKind kind) {
    for (uint32_t i = 0; i < gates->list.count; i++)
        if (gates->list.items[i].kind == kind) return !gates->list.items[i].passed;
    return false;
}

static void add_access(StrBuf *out, const Report *report, const ReportAccess *access) {
    Arena arena = {0};
    strbuf_add_text(out, "  ");
    text_add_shown(out, report->files.items[access->file].path);
    message_add(out, ":%u:%u: ", access->start.line, access->start.column);
    strbuf_add(out, finding_message(&arena, access));
    strbuf_add_text(out, "\n      ");
    text_add_shown(out, access->line);
    strbuf_add_char(out, '\n');
    arena_release(&arena);
}

static void add_more(StrBuf *out, uint32_t count) {
    if (count > MOST_SHOWN) message_add(out, "  and %u more\n", count - MOST_SHOWN);
}

static void add_fresh(StrBuf *out, const Report *report, const Gates *gates, Str update) {
    uint32_t shown = 0;
    message_add(out, "\nAccesses that are not accepted:\n");
    for (uint32_t i = 0; i < report->accesses.count && shown < MOST_SHOWN; i++) {
        if (report->accesses.items[i].known) continue;
        shown++;
        add_access(out, report, &report->accesses.items[i]);
    }
    add_more(out, gates->fresh);
    message_add(out,
                "\nTo mend: `weft diff` shows what weft would do, `weft explain FILE:LINE` why.\n"
                "To accept: `# weft: ignore[rule] reason` at the line, or `%.*s`.\n",
                STR_ARG(update));
}

static void add_refused(StrBuf *out, const Report *report) {
    uint32_t shown = 0;
    message_add(out, "\nRefused accesses:\n");
    for (uint32_t i = 0; i < report->accesses.count && shown < MOST_SHOWN; i++) {
        if (report->accesses.items[i].outcome != OUTCOME_REFUSED) continue;
        shown++;
        add_access(out, report, &report->accesses.items[i]);
    }
    add_more(out, report->by_outcome[OUTCOME_REFUSED]);
    message_add(out, "\nTo mend: `weft explain FILE:LINE` says why, and what a person can do.\n"
                     "To accept: `# weft: ignore[rule] reason` at the line, or a higher limit.\n");
}

static void add_not_isolated(StrBuf *out, const Report *report) {
    uint32_t shown = 0, count = report->accesses.count - report->isolated;
    message_add(out, "\nAccesses that are not isolated:\n");
    for (uint32_t i = 0; i < report->accesses.count && shown < MOST_SHOWN; i++) {
        if (report->accesses.items[i].isolated) continue;
        shown++;
        add_access(out, report, &report->accesses.items[i]);
    }
    add_more(out, count);
    message_add(out, "\nTo mend: `weft explain FILE:LINE` shows where its context comes from.\n"
                     "To accept: a lower limit.\n");
}

static void add_hardest(StrBuf *out, const Report *report) {
    uint32_t *order, count;
    report_files_by_work(report, &order, &count);
    message_add(out, "\nThe hardest files:\n");
    for (uint32_t i = 0; i < count && i < MOST_SHOWN; i++) {
        const ReportFile *file = &report->files.items[order[i]];
        strbuf_add_text(out, "  ");
        text_add_shown(out, file->path);
        message_add(out, ": complexity %u.%u, risk %s, %u access%s\n", file->score / 10,
                    file->score % 10, message_text(level_name(file->risk)), file->access_count,
                    file->access_count == 1 ? "" : "es");
    }
    add_more(out, count);
    free(order);
    message_add(out,
                "\nTo mend: apply the change to some of them (`weft apply`); docs/report.md says "
                "what counts.\nTo accept: a higher limit.\n");
}

static void add_stale(StrBuf *out, const Baseline *baseline, const Gates *gates, Str update) {
    uint32_t shown = 0;
    message_add(out, "\nEntries of the baseline that are gone from the tree:\n");
    for (uint32_t i = 0; i < baseline->list.count && shown < MOST_SHOWN; i++) {
        const BaselineEntry *entry = &baseline->list.items[i];
        if (entry->found) continue;
        shown++;
        message_add(out, "  line %u: ", entry->line);
        text_add_shown(out, entry->text);
        strbuf_add_char(out, '\n');
    }
    add_more(out, gates->stale);
    message_add(out, "\nTo mend: `%.*s` takes them out.\n", STR_ARG(update));
}

void gates_write_text(const Gates *gates, const Report *report, const Baseline *baseline,
                      Str update, uint32_t columns, bool color, FILE *out) {
    StrBuf text = {0};
    add_verdicts(&text, gates, color);
    if (failed(gates, GATE_NO_NEW) || failed(gates, GATE_CHANGED)) 
        add_fresh(&text, report, gates, update);
    if (failed(gates, GATE_MAX_REFUSED) || failed(gates, GATE_MAX_RISK)) add_refused(&text, report);
    if (failed(gates, GATE_STRICT_BASELINE)) add_stale(&text, baseline, gates, update);
    if (failed(gates, GATE_MIN_ISOLATED)) add_not_isolated(&text, report);
    if (failed(gates, GATE_MAX_COMPLEXITY)) add_hardest(&text, report);
    if (gates->passed && gates->stale > 0)
        message_add(&text, "  %u entr%s of the baseline %s gone: `%.*s` makes it tighter\n",
                    gates->stale, gates->stale == 1 ? "y" : "ies", gates->stale == 1 ? "is" : "are",
                    STR_ARG(update));
    StrBuf fitted = {0};
    text_add_fitted(&fitted, strbuf_str(&text), columns);
    fwrite(fitted.data, 1, fitted.length, out);
    strbuf_release(&fitted);
    strbuf_release(&text);
}
