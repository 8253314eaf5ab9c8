// The judgement for a person: numbers in tables. What is new was shown before, as diagnostics.
#include "base/message.h"
#include "report/text.h"
#include "verify/verify.h"

enum { SHOWN_LINES = 20 };

static const char *kind_label(FindingKind kind) {
    switch (kind) {
    case FINDING_SYNTAX: return "files that do not parse";
    case FINDING_CALL: return "calls that do not fit";
    case FINDING_UNBOUND: return "names that are unbound";
    case FINDING_IMPORT: return "imports that are missing";
    case FINDING_CYCLE: return "new circles of imports";
    case FINDING_KIND_COUNT: break;
    }
    return "";
}

static void add_findings(StrBuf *out, const Verification *verification) {
    const Findings *before = &verification->found_before, *after = &verification->found_after;
    if (!verification->has_before) {
        for (int i = 0; i < FINDING_CYCLE; i++)
            message_add(out, "%-26s %6u\n", kind_label((FindingKind)i), after->count[i]);
        return;
    }
    message_add(out, "%-26s %6s %6s %6s %6s\n", "", message_text("before"), message_text("after"), message_text("new"),
                message_text("gone"));
    for (int i = 0; i < FINDING_KIND_COUNT; i++)
        message_add(out, "%-26s %6u %6u %6u %6u\n", kind_label((FindingKind)i), before->count[i],
                    after->count[i], after->new_count[i], after->gone_count[i]);
}

static void add_known(StrBuf *out, const Verification *verification) {
    const Findings *after = &verification->found_after;
    bool first = true;
    for (uint32_t i = 0; i < after->list.count; i++) {
        const Finding *finding = &after->list.items[i];
        if (finding->is_new) continue;
        if (first) message_add(out, "\nwrong before and after\n");
        first = false;
        strbuf_add_text(out, "  ");
        text_add_shown(out, finding->path);
        if (finding->at.line > 0) message_add(out, ":%u:%u", finding->at.line, finding->at.column);
        strbuf_add_text(out, ": ");
        text_add_shown(out, finding->message);
        strbuf_add_char(out, '\n');
    }
}

// ---- coverage ------------------------------------------------------------------------------------
static void add_coverage_row(StrBuf *out, const char *label, const CoverageRow *row, bool pair) {
    message_add(out, "%-26s ", label);
    if (pair) message_add(out, "%6u %9u %8u ", row->before, row->rewritten, row->isolated);
    message_add(out, "%9u", row->remaining);
    if (pair) message_add(out, " %6u", row->added);
    strbuf_add_char(out, '\n');
}

static void add_coverage(StrBuf *out, const Verification *verification) {
    const Coverage *coverage = &verification->coverage;
    bool pair = verification->has_before;
    if (pair)
        message_add(out, "\n%-26s %6s %9s %8s %9s %6s\n", "", message_text("before"),
                    message_text("rewritten"), message_text("isolated"), message_text("remaining"), message_text("added"));
    else
        message_add(out, "\n%-26s %9s\n", "", message_text("remaining"));
    add_coverage_row(out, message_text("accesses"), &coverage->all, pair);
    for (Family i = 0; i < coverage->families.count; i++) {
        const CoverageRow *row = &coverage->by_family[i];
        if (row->before + row->remaining == 0) continue;
        StrBuf label = {0};
        message_add(&label, "  %s", family_name(&coverage->families, i));
        add_coverage_row(out, label.data, row, pair);
        strbuf_release(&label);
    }
    for (int i = 0; i < OUTCOME_COUNT; i++)
        if (coverage->remaining_by_outcome[i] > 0)
            message_add(out, "%s%s %u",
                        outcome_row((Outcome)i)->doubtful ? "remaining and " : "weft would make ",
                        message_text(outcome_name((Outcome)i)), coverage->remaining_by_outcome[i]),
                strbuf_add_char(out, '\n');
}

static void add_codes(StrBuf *out, const Verification *verification) {
    if (verification->codes.list.count == 0) return;
    bool pair = verification->has_before;
    if (pair)
        message_add(out, "\n%-26s %6s %6s\n", message_text("codes"), message_text("before"), message_text("after"));
    else
        message_add(out, "\n%-26s %6s\n", message_text("codes"), message_text("number"));
    for (uint32_t i = 0; i < verification->codes.list.count; i++) {
        const CodeCount *count = &verification->codes.list.items[i];
        message_add(out, "  %-24s ", diagnostic_code_name(count->code));
        if (pair) message_add(out, "%6u ", count->before);
        message_add(out, "%6u  %s\n", count->after, diagnostic_code_title(count->code));
    }
}

// ---- commands ------------------------------------------------------------------------------------
static void add_command(StrBuf *out, const CommandResult *result) {
    Arena arena = {0};
    message_add(out, "  %-7s ", message_text(verdict_name(result->verdict)));
    text_add_shown(out, result->command->name);
    if (!str_equal(result->command->name, command_text(&arena, result->command))) {
        strbuf_add_text(out, " (");
        text_add_shown(out, command_text(&arena, result->command));
        strbuf_add_char(out, ')');
    }
    message_add(out, ": %.*s\n", STR_ARG(result->why));
    uint32_t shown = result->new_lines.count < SHOWN_LINES ? result->new_lines.count : SHOWN_LINES;
    for (uint32_t i = 0; result->verdict == VERDICT_WORSE && i < shown; i++) {
        strbuf_add_text(out, "    + ");
        text_add_shown(out, result->new_lines.items[i]);
        strbuf_add_char(out, '\n');
    }
    if (result->verdict == VERDICT_WORSE && result->new_lines.count > shown)
        message_add(out, "    and %u lines more\n", result->new_lines.count - shown);
    arena_release(&arena);
}

static void add_commands(StrBuf *out, const Verification *verification) {
    if (verification->commands.count > 0) message_add(out, "\ncommands\n");
    for (uint32_t i = 0; i < verification->commands.count; i++)
        add_command(out, &verification->commands.items[i]);
    if (verification->commands_left_out.count > 0)
        message_add(out, "\ncommands that were not run\n");
    for (uint32_t i = 0; i < verification->commands_left_out.count; i++) {
        strbuf_add_text(out, "  ");
        text_add_shown(out, verification->commands_left_out.items[i]);
        strbuf_add_char(out, '\n');
    }
}

static void add_verdict(StrBuf *out, const Verification *verification, bool color) {
    static const char *const COLORS[] = {"\033[32m", "\033[32m", "\033[31m", "\033[33m"};
    const char *text = message_text(verdict_name(verification->verdict));
    if (!verification->has_before && verification->verdict != VERDICT_NONE)
        text = verification->verdict == VERDICT_WORSE ? "faults found" : "no fault found";
    message_add(out, "\nresult: %s%s%s\n", color ? COLORS[verification->verdict] : "", text,
                color ? "\033[m" : "");
}

void verify_write_text(const Verification *verification, bool verbose, bool color, FILE *out) {
    StrBuf text = {0};
    const FileCounts *files = &verification->files;
    if (verification->has_before)
        message_add(&text, "%u files before, %u after: %u changed, %u added, %u removed\n\n",
                    files->before, files->after, files->changed, files->added, files->removed);
    else
        message_add(&text, "%u files\n\n", files->after);
    add_findings(&text, verification);
    if (verbose && verification->has_before) add_known(&text, verification);
    add_coverage(&text, verification);
    add_codes(&text, verification);
    add_commands(&text, verification);
    add_verdict(&text, verification, color);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
