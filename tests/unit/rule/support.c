#include "rule/support.h"

#include "base/path.h"
#include "testing.h"

Loaded load_rules(Str text) {
    Loaded loaded = {0};
    loaded.good = rules_load_text(&loaded.sources, STR("rules.yml"), text, &loaded.rules,
                                  &loaded.diagnostics);
    assert_int_equal(loaded.good, loaded.diagnostics.error_count == 0);
    return loaded;
}

void loaded_release(Loaded *loaded) {
    rules_release(&loaded->rules);
    diagnostics_release(&loaded->diagnostics);
    sources_release(&loaded->sources);
}

void check_diagnostics(const Sources *sources, const Diagnostics *diagnostics,
                       const char *expected) {
    StrBuf said = {0};
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *one = &diagnostics->list.items[i];
        if (one->span.file.index != 0) {
            const SourceFile *file = source_file(sources, one->span.file);
            LineColumn at = source_line_column(file, one->span.start);
            assert_true(one->span.start <= one->span.end && one->span.end <= file->text.length);
            strbuf_addf(&said, "%u:%u ", at.line, at.column);
        }
        strbuf_addf(&said, "%s %.*s", diagnostic_code_name(one->code), STR_ARG(one->message));
        if (one->related.file.index != 0) {
            const SourceFile *file = source_file(sources, one->related.file);
            LineColumn at = source_line_column(file, one->related.start);
            strbuf_addf(&said, " @ %.*s:%u:%u %.*s", STR_ARG(path_basename(file->path)), at.line,
                        at.column, STR_ARG(one->related_text));
        }
        if (one->note.length > 0) strbuf_addf(&said, " | %.*s", STR_ARG(one->note));
        if (one->help.length > 0) strbuf_addf(&said, " ? %.*s", STR_ARG(one->help));
        strbuf_add_char(&said, '\n');
    }
    assert_str(strbuf_str(&said), expected);
    strbuf_release(&said);
}

void check_said(const char *text, const char *expected) {
    Loaded loaded = load_rules(str_from(text));
    check_diagnostics(&loaded.sources, &loaded.diagnostics, expected);
    loaded_release(&loaded);
}
