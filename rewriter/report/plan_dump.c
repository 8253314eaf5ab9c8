// A plan as text. In: files and edits, already in order. Out: one line an edit, new text escaped.
#include "report/plan_dump.h"

#include "report/text.h"

static void add_new_text(StrBuf *out, Str text) {
    strbuf_add_char(out, '"');
    for (Str line; str_split_next(&text, '\n', &line);) {
        text_add_shown(out, line);
        if (text.data != NULL) strbuf_add_text(out, "\\n");
    }
    strbuf_add_char(out, '"');
}

static void add_edit(StrBuf *out, const SourceFile *file, const Edit *edit) {
    LineColumn from = source_line_column(file, edit->start);
    LineColumn to = source_line_column(file, edit->end);
    strbuf_addf(out, "  %u:%u-%u:%u %.*s ", from.line, from.column, to.line, to.column,
                STR_ARG(edit->family));
    text_add_shown(out, edit->owner);
    strbuf_add_text(out, ": ");
    add_new_text(out, edit->text);
    strbuf_add_char(out, '\n');
}

void plan_dump(const Plan *plan, const Sources *sources, FILE *out) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *file = &plan->files.items[i];
        text_add_shown(&text, file->path);
        strbuf_addf(&text, ": %s mode %04o, %zu -> %zu bytes\n", file->is_new ? "new" : "changed",
                    (unsigned)file->mode, file->before.length, file->after.length);
        for (uint32_t j = 0; j < file->edit_count; j++)
            add_edit(&text, source_file(sources, file->file),
                     &plan->edits.list.items[file->first_edit + j]);
    }
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
