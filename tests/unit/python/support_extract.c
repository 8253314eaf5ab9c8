// In: Python text. Out: its facts as text, or the diagnostic that refuses it.
#include "python/support_extract.h"

bool extract_open(Extract *extract, const char *path, Str text) {
    *extract = (Extract){.diagnostics = {.error_count = 0}};
    FileId file =
        sources_add_memory(&extract->sources, str_from(path), text, &extract->diagnostics);
    facts_init(&extract->facts, &extract->sources);
    return python_extract(&extract->sources, file, NULL, &extract->facts, &extract->diagnostics);
}

void extract_close(Extract *extract) {
    facts_release(&extract->facts);
    sources_release(&extract->sources);
    diagnostics_release(&extract->diagnostics);
}

// The dump without "src/a.py:" and "src/a.py ".
static Str without_path(StrBuf *out, Str dump) {
    static const Str PATH = {"src/a.py", sizeof "src/a.py" - 1};
    ptrdiff_t at;
    while ((at = str_find_str(dump, PATH)) >= 0) {
        strbuf_add(out, str_slice(dump, 0, (size_t)at));
        dump = str_slice(dump, (size_t)at + PATH.length + 1, dump.length);
    }
    strbuf_add(out, dump);
    return strbuf_str(out);
}

void assert_dumps_at(const char *text, const char *fragment, bool expected, const char *file,
                     int line) {
    Extract extract;
    if (!extract_open(&extract, "src/a.py", str_from(text))) {
        print_error("the text does not parse\n");
        _fail(file, line);
    }
    StrBuf whole = {0}, buffer = {0};
    facts_dump(&extract.facts, &whole);
    Str dump = without_path(&buffer, strbuf_str(&whole));
    if ((str_find_str(dump, str_from(fragment)) >= 0) != expected) {
        print_error("%s:\n%s\nin the dump:\n%.*s\n", expected ? "expected" : "did not expect",
                    fragment, STR_ARG(dump));
        _fail(file, line);
    }
    strbuf_release(&buffer);
    strbuf_release(&whole);
    extract_close(&extract);
}

void assert_refused_at(Str text, const char *message, uint32_t line, uint32_t column,
                       const char *file, int at) {
    Extract extract;
    if (extract_open(&extract, "src/a.py", text)) {
        print_error("the text was not refused\n");
        _fail(file, at);
    }
    const Diagnostic *diagnostic = &extract.diagnostics.list.items[0];
    LineColumn place = source_line_column(source_file(&extract.sources, diagnostic->span.file),
                                          diagnostic->span.start);
    bool right = extract.diagnostics.list.count == 1 && diagnostic->code == DIAGNOSTIC_E104 &&
                 str_find_str(diagnostic->message, str_from(message)) >= 0 &&
                 diagnostic->help.length && place.line == line && place.column == column;
    if (!right) {
        print_error("%u diagnostics, the first %u:%u \"%.*s\"\n", extract.diagnostics.list.count,
                    place.line, place.column, STR_ARG(diagnostic->message));
        _fail(file, at);
    }
    assert_int_equal(extract.facts.modules.count, 1);
    assert_int_equal(extract.facts.exprs.count, 1);
    extract_close(&extract);
}
