// A fault of weft as a text to send in. In: the diagnostics of a run. Out: as little of the tree as tells the fault.
// Packs that come with weft are named, not copied.
#include "report/bundle.h"

#include "program/rows.h"
#include "report/text.h"

static bool is_told(const Diagnostic *diagnostic) {
    bool place = diagnostic->code == DIAGNOSTIC_W216 && diagnostic->note.length > 0;
    return place || diagnostic_code_group(diagnostic->code) == GROUP_CHECK;
}

// Files of rules are read beside the sources: those of the tree have a path below its root.
static bool is_rule_of_tree(const Program *program, const SourceFile *file) {
    bool rule = str_ends_with(file->path, STR(".yml")) || str_ends_with(file->path, STR(".yaml"));
    return rule && file->auxiliary && !file->left_out && !str_starts_with(file->path, STR("/")) && program->rules;
}

static void add_rules(const Program *program, StrBuf *text) {
    const Sources *sources = program->facts->sources;
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (!is_rule_of_tree(program, file)) continue;
        strbuf_add_text(text, "\nrules: ");
        text_add_shown(text, file->path);
        strbuf_add_char(text, '\n');
        Str rest = file->text;
        for (Str line; str_split_next(&rest, '\n', &line);) {
            strbuf_add_text(text, line.length > 0 ? "    " : "");
            text_add_shown(text, line);
            strbuf_add_char(text, '\n');
        }
    }
}

static void add_module(const Program *program, FileId file, StrBuf *text) {
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        if (program_module_file(program, (ModuleId){i}).index != file.index) continue;
        strbuf_addf(text, "  module %.*s\n",
                    STR_ARG(program_name(program, program_module(program, (ModuleId){i})->name)));
    }
}

static void add_line(const Program *program, Span span, StrBuf *text) {
    if (span.file.index == 0) return;
    const SourceFile *file = source_file(program->facts->sources, span.file);
    add_module(program, span.file, text);
    uint32_t line = source_line_column(file, span.start).line;
    strbuf_addf(text, "  line %u is '", line);
    text_add_shown(text, str_trim(source_line(file, line)));
    strbuf_add_text(text, "'\n");
}

static void add_fault(const Program *program, const Diagnostic *fault, StrBuf *text) {
    strbuf_addf(text, "\n%s: ", diagnostic_code_name(fault->code));
    text_add_shown(text, fault->message);
    strbuf_add_char(text, '\n');
    add_line(program, fault->span, text);
    if (fault->note.length > 0) {
        strbuf_add_text(text, "  ");
        text_add_shown(text, fault->note);
        strbuf_add_char(text, '\n');
    }
    if (fault->related.file.index != 0 && fault->related.start != fault->span.start)
        add_line(program, fault->related, text);
}

void bundle_write(const Program *program, const Diagnostics *diagnostics, FILE *out) {
    StrBuf text = {0};
    uint32_t told = 0;
    Str pack = program->rules->pack;
    strbuf_addf(&text, "weft %s, mode %s%s%.*s\n", WEFT_VERSION,
                mode_name(program->rules->context.mode), pack.length > 0 ? ", packs " : "",
                STR_ARG(pack));
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        if (!is_told(&diagnostics->list.items[i])) continue;
        add_fault(program, &diagnostics->list.items[i], &text);
        told++;
    }
    if (told == 0)
        strbuf_add_text(&text, "nothing was taken back, and no fault stopped the plan\n");
    else
        add_rules(program, &text);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
