// How the post-check speaks. In: a fault and its place in a new text. Out: a diagnostic at the place
// in the old text that the user has before them, with the new line and the edit that made it.
#include "base/message.h"
#include "edit/check_internal.h"

enum { SHOWN_FAULTS = 20 };

// The edit at or before OFFSET of the new text, and where that offset was in the old text.
static const Edit *edit_near(const Plan *plan, const PlannedFile *file, uint32_t offset,
                             uint32_t *old_offset) {
    const Edit *nearest = NULL;
    int64_t shift = 0; // new offset - old offset, after the edits passed so far
    for (uint32_t i = 0; i < file->edit_count; i++) {
        const Edit *edit = &plan->edits.list.items[file->first_edit + i];
        if ((int64_t)edit->start + shift > (int64_t)offset) break;
        nearest = edit;
        int64_t change = (int64_t)edit->text.length - (int64_t)(edit->end - edit->start);
        if ((int64_t)edit->end + shift + change > (int64_t)offset) {
            *old_offset = edit->start;
            return nearest;
        }
        shift += change;
    }
    *old_offset = (uint32_t)((int64_t)offset - shift);
    return nearest;
}

// "line 7 would be 'x = f(1)'; the edit before it is 'argument of f'"
static void describe_place(const Check *check, const NewFile *file, uint32_t offset,
                           const Edit *edit, StrBuf *text) {
    if (file->text.index == 0) return;
    const SourceFile *source = source_file(&check->texts, file->text);
    uint32_t line = source_line_column(source, offset).line;
    Str shown = str_trim(source_line(source, line));
    message_add(text, "line %u would be '%.*s'", line, STR_ARG(shown));
    if (edit != NULL) message_add(text, "; the edit before it is '%.*s'", STR_ARG(edit->owner));
}

static void add_help(const Check *check, DiagnosticCode code, Str path) {
    Diagnostics *diagnostics = check->diagnostics;
    if (code == DIAGNOSTIC_E505)
        diagnostic_help(
            diagnostics,
            "make the context's module a leaf: let it import modules of the tree inside "
            "its functions only; nothing was written");
    else
        diagnostic_help(diagnostics,
                        "this is a fault of weft%s and nothing was written; please report it with "
                        "the lines shown, or go on with --exclude '%.*s'",
                        code == DIAGNOSTIC_E507
                            ? " (or of a rule that writes the name without its module)"
                            : "",
                        STR_ARG(path));
}

typedef struct Fault {
    DiagnosticCode code;
    Blame blame;
    Span span;
    StrBuf what, lines;
    Str path; // of the file that has it
} Fault;

// Both as a fault to mend and, if it is one of the first, as a diagnostic: true.
static bool add(Check *check, Fault *fault) {
    Str what = strbuf_str(&fault->what), lines = strbuf_str(&fault->lines);
    bool shown = check->faults++ < SHOWN_FAULTS;
    plan_faults_add(check->input->faults,
                    (PlanFault){.taken = {fault->blame.cause, fault->code, fault->span, what, lines},
                                .other = fault->blame.other,
                                .fatal = fault->blame.fatal,
                                .new_file = fault->blame.new_file ? fault->path : STR_NONE});
    if (shown) {
        diagnostic_add(check->diagnostics, fault->code, fault->span, "%.*s", STR_ARG(what));
        if (lines.length > 0) diagnostic_note(check->diagnostics, "%.*s", STR_ARG(lines));
        add_help(check, fault->code, fault->path);
    }
    strbuf_release(&fault->what);
    strbuf_release(&fault->lines);
    return shown;
}

bool check_report(Check *check, DiagnosticCode code, Blame blame, const NewFile *file,
                  uint32_t offset, const char *format, ...) {
    uint32_t old_offset = 0;
    const Edit *edit = edit_near(check->input->plan, file->planned, offset, &old_offset);
    Span span =
        file->planned->is_new ? SPAN_NONE : (Span){file->planned->file, old_offset, old_offset};
    Fault fault = {.code = code, .blame = blame, .span = span, .path = file->planned->path};
    if (blame.cause.kind == DECISION_NONE && edit != NULL) fault.blame.cause = edit->cause;
    va_list arguments;
    va_start(arguments, format);
    message_addv(&fault.what, format, arguments);
    va_end(arguments);
    describe_place(check, file, offset, edit, &fault.lines);
    return add(check, &fault);
}

void check_report_old(Check *check, DiagnosticCode code, Blame blame, Span span, const char *format,
                      ...) {
    Fault fault = {.code = code,
                   .blame = blame,
                   .span = span,
                   .path = source_file(check->before->sources, span.file)->path};
    va_list arguments;
    va_start(arguments, format);
    message_addv(&fault.what, format, arguments);
    va_end(arguments);
    add(check, &fault);
}

void check_report_rest(Check *check) {
    if (check->faults <= SHOWN_FAULTS) return;
    diagnostic_help(check->diagnostics, "nothing was written; %u more faults are not shown",
                    check->faults - SHOWN_FAULTS);
}
