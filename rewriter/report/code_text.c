// What docs/diagnostics.md says of a code. In: the page in either language, which the build turns into lines of C
// (embed/text_lines.cmake). Out: meaning, example and remedy. The page is the only source of the texts.
#include "report/code_text.h"

#include "base/message.h"
#include "report/diagnostic_lines.inc"
#include "report/diagnostic_lines_zh.inc"

enum { EXAMPLE_INDENT = 4 };

typedef enum Part { PART_MEANING, PART_EXAMPLE, PART_REMEDY, PART_COUNT } Part;

static bool is_heading_of(Str line, DiagnosticCode code) {
    return str_starts_with(line, STR("### ")) &&
           str_is(str_slice(line, 4, line.length), diagnostic_code_name(code));
}

// "[W306](#w306)" is shown as "W306".
static void add_without_links(StrBuf *out, Str line) {
    for (size_t i = 0; i < line.length; i++) {
        Str rest = str_slice(line, i, line.length);
        ptrdiff_t close = rest.data[0] == '[' ? str_find_str(rest, STR("](#")) : -1;
        ptrdiff_t end = close < 0 ? -1 : str_find(rest, ')');
        if (end > close) {
            strbuf_add(out, str_slice(rest, 1, (size_t)close));
            i += (size_t)end;
        } else {
            strbuf_add_char(out, rest.data[0]);
        }
    }
}

static bool is_ascii(char byte) { return ((unsigned char)byte & 0x80) == 0; }

// Lines of a paragraph become one, without a space where Chinese meets Chinese; a blank line between paragraphs becomes
// a line end.
static void add_line(StrBuf *out, Str line, bool new_paragraph) {
    bool spaced = out->length > 0 && (is_ascii(out->data[out->length - 1]) || is_ascii(line.data[0]));
    if (out->length > 0 && new_paragraph)
        strbuf_add_char(out, '\n');
    else if (spaced)
        strbuf_add_char(out, ' ');
    add_without_links(out, line);
}

static void add_example(StrBuf *out, Str line, uint32_t blanks) {
    if (out->length) strbuf_add_repeat(out, '\n', blanks + 1);
    strbuf_add(out, line);
}

// The first sentence of a section is the title in bold, which the table of codes has, too.
static Str without_title(Str text) {
    if (!str_starts_with(text, STR("**"))) return text;
    Str rest = str_slice(text, 2, text.length);
    ptrdiff_t end = str_find_str(rest, STR("**"));
    return end < 0 ? text : str_trim(str_slice(rest, (size_t)end + 2, rest.length));
}

static Str without_label(Str text) {
    static const Str labels[] = {{"Remedy: ", 8}, {"处理：", sizeof "处理：" - 1}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_starts_with(text, labels[i])) return str_slice(text, labels[i].length, text.length);
    return text;
}

// The first paragraph is the meaning, code is the example, and what follows either is the remedy.
static void read_section(const char *const *lines, StrBuf *parts) {
    Part part = PART_MEANING;
    uint32_t blanks = 0;
    bool fenced = false;
    for (; *lines; lines++) {
        Str line = str_from(*lines);
        if (!fenced && str_starts_with(line, STR("#"))) break;
        if (str_starts_with(line, STR("```"))) {
            fenced = !fenced;
            continue;
        }
        bool indented = str_starts_with(line, STR("    "));
        if (!line.length) {
            if (!fenced && parts[PART_MEANING].length) part = PART_REMEDY;
            blanks++;
            continue;
        }
        if (fenced || indented)
            add_example(&parts[PART_EXAMPLE],
                        indented && !fenced ? str_slice(line, EXAMPLE_INDENT, line.length) : line,
                        blanks);
        else
            add_line(&parts[part], line, blanks > 0);
        blanks = 0;
    }
}

CodeText code_text(Arena *arena, DiagnosticCode code) {
    StrBuf parts[PART_COUNT] = {0};
    const char *const *lines = message_has_catalogue() ? DIAGNOSTIC_LINES_ZH : DIAGNOSTIC_LINES;
    for (const char *const *line = lines; *line; line++)
        if (is_heading_of(str_from(*line), code)) read_section(line + 1, parts);
    CodeText text = {
        .meaning = arena_copy(arena, without_title(strbuf_str(&parts[PART_MEANING]))),
        .example = arena_copy(arena, strbuf_str(&parts[PART_EXAMPLE])),
        .remedy = arena_copy(arena, without_label(strbuf_str(&parts[PART_REMEDY]))),
    };
    for (int i = 0; i < PART_COUNT; i++) strbuf_release(&parts[i]);
    return text;
}
