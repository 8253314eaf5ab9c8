// Statements that change, laid out again.
//
// In: a module and all edits on it. Out: the same edits with line ends, and edits of their own between them, such that a
// statement that was on one line, or was laid out as black does it, is laid out so afterwards within the project's limit.
// What a person has laid out in another way keeps its lines; a line of it that grows too long is broken by itself, as a part
// of a list.
#include "python/style/statement.h"
#include "python/write/edited_text.h"
#include "python/write/layout.h"
#include "python/write/operations.h"

typedef struct LayingOut {
    const Writing *writing;
    const EditedText *text;
    StatementStyle style; // but for the indentation
    Arena arena;          // of one statement
    Vec(Relaid) relaid;
    uint32_t owner; // the first edit of the statement at hand
} LayingOut;

static bool is_one_line(Str text) { return str_find(text, '\n') < 0 && str_find(text, '\r') < 0; }

static uint32_t line_start(Str text, uint32_t at) {
    while (at > 0 && text.data[at - 1] != '\n') at--;
    return at;
}

// ---- what is different -------------------------------------------------------------------------------------------
static void add_relaid(LayingOut *laying, uint32_t from, uint32_t to, Str text) {
    if (str_equal(str_slice(laying->text->after, from, to), text)) return;
    vec_add(&laying->relaid, ((Relaid){from, to, arena_copy(laying->text->arena, text), laying->owner}));
}

// The statement [from, to) of the text gets the gaps that LAID has between its tokens.
static void take_gaps(LayingOut *laying, uint32_t from, uint32_t to, const Laid *laid) {
    Str text = strbuf_str(&laid->text);
    uint32_t old = from, new = 0;
    for (uint32_t i = 0; i < laid->places.count; i++) {
        const LaidPlace *place = &laid->places.items[i];
        add_relaid(laying, old, from + place->start, str_slice(text, new, place->at));
        old = from + place->end;
        new = place->at + (place->end - place->start);
    }
    add_relaid(laying, old, to, str_slice(text, new, text.length));
}

static bool lay_out_stretch(LayingOut *laying, const StatementStyle *style, uint32_t from, uint32_t to) {
    Laid laid = {0};
    bool good = statement_lay_out(&laying->arena, style, str_slice(laying->text->after, from, to), &laid);
    if (good) take_gaps(laying, from, to, &laid);
    laid_release(&laid);
    return good;
}

// ---- one statement --------------------------------------------------------------------------------------------------
// A comment that tools read, and that is about this line: # type: ignore
static bool has_pragma(Str statement) {
    static const char *const words[] = {"type:", "noqa", "pyright:", "mypy:", "pylint:", "nosec"};
    ptrdiff_t mark = str_find_last(statement, '#');
    if (mark < 0) return false;
    Str comment = str_slice(statement, (size_t)mark, statement.length);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find_str(comment, str_from(words[i])) >= 0) return true;
    return false;
}

static uint32_t width_of(Str indent, Str text) { return leaf_width(indent) + leaf_width(text); }

static bool is_definition(Str statement) {
    return str_starts_with(statement, STR("def ")) || str_starts_with(statement, STR("async def "));
}

// The statement was on one line that fitted, or as black would have it. AFTER: what it has become.
static bool may_lay_out(LayingOut *laying, StatementStyle *style, Str before, Str after) {
    style->keep = is_one_line(before);
    if (style->keep && has_pragma(after)) return false;
    if (before.length == 0) return is_one_line(after);
    StatementStyle old = *style;
    uint32_t offset = (uint32_t)(before.data - laying->text->before.data);
    old.indent = source_line_indent(laying->writing->file, offset);
    bool fitted = width_of(old.indent, before) <= style->limit;
    if (style->keep && (fitted || is_definition(before))) return true;
    return statement_is_laid_out(&laying->arena, &old, before);
}

// Lines that grew too long in a statement that has a layout of its own.
static void lay_out_parts(LayingOut *laying, uint32_t from, uint32_t to) {
    Str text = laying->text->after;
    Leaves leaves = {0};
    bool good = leaves_read(&laying->arena, str_slice(text, from, to), &leaves); // no line begins in a string
    vec_release(&leaves);
    for (uint32_t at = from; good && at < to;) {
        Str line = str_slice(text, at, to);
        ptrdiff_t end = str_find(line, '\n');
        if (end >= 0) line = str_slice(line, 0, (size_t)end);
        uint32_t next = at + (uint32_t)line.length + 1;
        Str code = str_trim(line);
        uint32_t start = code.length > 0 ? (uint32_t)(code.data - text.data) : at;
        uint32_t first = edited_text_edit_at(laying->text, start);
        StatementStyle style = laying->style;
        style.indent = str_slice(text, at, start);
        style.inside = style.keep = true;
        if (at > from && edited_text_touches(laying->text, first, start, next - 1) &&
            width_of(style.indent, code) > style.limit && !has_pragma(code))
            lay_out_stretch(laying, &style, start, start + (uint32_t)code.length);
        at = next;
    }
}

// What a definition may gain in another stage of the migration.
static uint32_t width_of_stages(const LayingOut *laying, Str statement) {
    return is_definition(statement) && str_find_word(statement, laying->style.grown) >= 0 ? sizeof " | None = None" - 1 : 0;
}

static void lay_out_statement(LayingOut *laying, uint32_t from, uint32_t to) {
    laying->owner = edited_text_edit_at(laying->text, from);
    if (!edited_text_touches(laying->text, laying->owner, from, to)) return;
    Str statement = str_slice(laying->text->after, from, to);
    StatementStyle style = laying->style;
    style.indent = str_slice(laying->text->after, line_start(laying->text->after, from), from);
    uint32_t longest = width_of(style.indent, statement) + width_of_stages(laying, statement);
    if (is_one_line(statement) && longest <= style.limit) return;
    Str before = str_trim(edited_text_origin(laying->text, from, to));
    bool done = may_lay_out(laying, &style, before, statement) && lay_out_stretch(laying, &style, from, to);
    if (!done && !is_one_line(statement)) lay_out_parts(laying, from, to);
    arena_release(&laying->arena);
}

// ---- all statements ---------------------------------------------------------------------------------------------------
// Behind the string whose quote stands AT.
static uint32_t skip_string(Str text, uint32_t at) {
    bool formatted = false;
    for (uint32_t i = at; i > 0 && at - i < 2 && strchr("rRbBuUfFtT", text.data[i - 1]) != NULL; i--)
        formatted |= strchr("fFtT", text.data[i - 1]) != NULL;
    return (uint32_t)leaf_string_end(text, at, formatted);
}

// The end of the statement, or of the header, that begins AT: with its comment, without the white space behind.
static uint32_t statement_end(Str text, uint32_t at) {
    uint32_t depth = 0, start = at;
    while (at < text.length) {
        char c = text.data[at];
        if (c == '"' || c == '\'') {
            at = skip_string(text, at);
            continue;
        }
        if (c == '#')
            while (at + 1 < text.length && text.data[at + 1] != '\n') at++;
        if (c == '\\' && at + 1 < text.length) at += text.data[at + 1] == '\r' ? 2 : 1;
        if (c == '(' || c == '[' || c == '{') depth++;
        if ((c == ')' || c == ']' || c == '}') && depth > 0) depth--;
        if (c == '\n' && depth == 0) break;
        at++;
    }
    if (at > text.length) at = (uint32_t)text.length;
    return start + (uint32_t)str_trim(str_slice(text, start, at)).length;
}

static void lay_out_statements(LayingOut *laying) {
    Str text = laying->text->after;
    const EditedText *edited = laying->text;
    uint32_t last = edited->starts[edited->count - 1] + (uint32_t)edited->edits[edited->count - 1].text.length;
    for (uint32_t at = 0; at < text.length && at <= last;) {
        char c = text.data[at];
        if (c == '#') {
            while (at < text.length && text.data[at] != '\n') at++;
        } else if (layout_is_blank(c) || c == '\r' || c == '\n') {
            at++;
        } else {
            uint32_t end = statement_end(text, at);
            if (end == at) break; // no Python
            lay_out_statement(laying, at, end);
            at = end;
        }
    }
}

void write_lay_out(const Facts *facts, ModuleId module, Str parameter, const TextEdit *edits, uint32_t count,
                   OwnedEdits *out) {
    TextEdits none = {0};
    Writing writing = writing_on(facts, module, &none);
    Arena arena = {0};
    EditedText text = edited_text_make(&arena, writing.file->text, edits, count);
    LayingOut laying = {.writing = &writing,
                        .text = &text,
                        .style = {.limit = facts->sources->line_limit,
                                  .level = writing.indent,
                                  .newline = writing.file->newline,
                                  .grown = parameter}};
    lay_out_statements(&laying);
    edited_text_give_out(&text, laying.relaid.items, laying.relaid.count, out);
    vec_release(&laying.relaid);
    arena_release(&arena);
}
