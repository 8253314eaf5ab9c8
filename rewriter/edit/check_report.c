// How the post-check speaks. In: a fault and its place in a new text. Out: a diagnostic at the place
// in the old text that the user has before them, with the new line and the edit that made it.
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

static void add_place(const Check *check, const NewFile *file, uint32_t offset, const Edit *edit) {
    if (file->text.index == 0) return;
    const SourceFile *text = source_file(&check->texts, file->text);
    uint32_t line = source_line_column(text, offset).line;
    Str shown = str_trim(source_line(text, line));
    if (edit != NULL)
        diagnostic_note(check->diagnostics, "line %u would be '%.*s'; the edit before it is '%.*s'",
                        line, STR_ARG(shown), STR_ARG(edit->owner));
    else
        diagnostic_note(check->diagnostics, "line %u would be '%.*s'", line, STR_ARG(shown));
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

__attribute__((format(printf, 4, 0))) static bool add(Check *check, DiagnosticCode code, Span span,
                                                      const char *format, va_list arguments) {
    if (check->faults++ >= SHOWN_FAULTS) return false;
    StrBuf text = {0};
    strbuf_addv(&text, format, arguments);
    diagnostic_add(check->diagnostics, code, span, "%.*s", STR_ARG(strbuf_str(&text)));
    strbuf_release(&text);
    return true;
}

bool check_report(Check *check, DiagnosticCode code, const NewFile *file, uint32_t offset,
                  const char *format, ...) {
    uint32_t old_offset = 0;
    const Edit *edit = edit_near(check->input->plan, file->planned, offset, &old_offset);
    Span span =
        file->planned->is_new ? SPAN_NONE : (Span){file->planned->file, old_offset, old_offset};
    va_list arguments;
    va_start(arguments, format);
    bool shown = add(check, code, span, format, arguments);
    va_end(arguments);
    if (!shown) return false;
    add_place(check, file, offset, edit);
    add_help(check, code, file->planned->path);
    return true;
}

void check_report_old(Check *check, DiagnosticCode code, Span span, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (add(check, code, span, format, arguments))
        add_help(check, code, source_file(check->before->sources, span.file)->path);
    va_end(arguments);
}

void check_report_rest(Check *check) {
    if (check->faults <= SHOWN_FAULTS) return;
    diagnostic_help(check->diagnostics, "nothing was written; %u more faults are not shown",
                    check->faults - SHOWN_FAULTS);
}
