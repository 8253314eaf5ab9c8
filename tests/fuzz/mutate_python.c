// How libFuzzer changes Python sources: by words, lines and blocks, so that most of what comes out is Python
// still. One time in eight it is bytes, as for the other targets.
#include <ctype.h>
#include <string.h>

#include "base/vec.h"
#include "mutate_python.h"

static const char *const STATEMENTS[] = {
    "from app.config import settings",
    "import app.config as c",
    "from app import *",
    "x = settings.a",
    "return settings.a",
    "yield settings.a",
    "settings.a = 1",
    "del x",
    "global x",
    "nonlocal x",
    "def f(a, b=settings.a, *c, d, **e):\n    return settings.a",
    "async def g(self):\n    await self.h(settings.a)",
    "class C(B, metaclass=M):\n    x: int = 1",
    "class D:\n    def __init__(self):\n        self.a = settings.a",
    "if x:\n    pass\nelse:\n    f()",
    "for i in f():\n    continue",
    "while f():\n    break",
    "with f() as a, g() as b:\n    pass",
    "try:\n    f()\nexcept E as e:\n    raise\nelse:\n    pass\nfinally:\n    g()",
    "match f():\n    case C(a=1) | [x, *_]:\n        f()\n    case _:\n        pass",
    "@property\ndef p(self):\n    return settings.a",
    "@f(1)",
    "@router.get('/')",
    "f(x)",
    "C().m()",
    "m = C()",
    "f = lambda a, *b: settings.a",
    "def o():\n    def i():\n        return settings.a\n    return i()",
    "__all__ = ['f', 'settings']",
    "if __name__ == '__main__':\n    f()",
    "x: int",
    "x += f()",
    "from __future__ import annotations",
    "type A[T] = list[T]",
    "def t[T: int](a: T) -> T: return settings.a",
    "def one(): return settings.a",
    "class E: pass",
    "x = [\n    f(),  # a\n    g(),\n]",
    "; f()",
    "\"\"\"doc\"\"\"",
    "# weft: ignore[config] why",
    "import functools",
    "asyncio.create_task(f())",
    "registry['a'] = f",
    "if TYPE_CHECKING:\n    from app.stream import Stream",
    "try:\n    import a\nexcept ImportError:\n    a = None",
};
// A word of the text stands for each %.
static const char *const EXPRESSIONS[] = {
    "(%)",
    "%.a",
    "await %",
    "lambda: %",
    "[% for x in %]",
    "f\"{%} {%!r:>{%}}\"",
    "% if % else %",
    "*%",
    "**%",
    "%(%)",
    "%(\n    %,\n)",
    "% or %",
    "(x := %)",
    "%[%]",
    "{%: %}",
    "not %",
    "-%",
    "%, %",
    "% = %",
    "%: %",
    "{**%}",
    "(% for % in %)",
    "%()",
    "super().%()",
    "partial(%, %)",
    "%.% ",
    "\"%\"",
    "get_setting(%, %)",
    "choose(%, %, %)",
    "% \\\n  ",
    "% # %\n",
    "yield %",
    "isolation_context",
    "isolation_context=%",
    "settings",
    "self.%",
    "cls.%",
    "getattr(%, \"%\")",
    "type[%]",
    "Callable[[%], %]",
    "% | None",
    "%.get(%)",
};
enum { ATTEMPTS = 8 };
#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef struct Mutation {
    StrBuf text, out;
    uint64_t state;
} Mutation;

static size_t pick(Mutation *m, size_t count) {
    m->state ^= m->state << 13, m->state ^= m->state >> 7, m->state ^= m->state << 17;
    return count ? (size_t)(m->state % count) : 0;
}

// ---- parts of a text -----------------------------------------------------------------------------
typedef struct Range {
    size_t start, end;
} Range;

static size_t line_start(Str text, size_t at) {
    while (at > 0 && text.data[at - 1] != '\n') at--;
    return at;
}

// Behind the line end.
static size_t line_end(Str text, size_t at) {
    while (at < text.length && text.data[at] != '\n') at++;
    return at < text.length ? at + 1 : at;
}

static size_t indent_of(Str text, size_t start) {
    size_t at = start;
    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t')) at++;
    return at - start;
}

static Range any_line(Mutation *m) {
    Str text = strbuf_str(&m->text);
    size_t start = line_start(text, pick(m, text.length));
    return (Range){start, line_end(text, start)};
}

// A line with the deeper ones below it.
static Range any_block(Mutation *m) {
    Str text = strbuf_str(&m->text);
    Range range = any_line(m);
    size_t indent = indent_of(text, range.start);
    while (range.end < text.length &&
           (text.data[range.end] == '\n' || indent_of(text, range.end) > indent))
        range.end = line_end(text, range.end);
    return range;
}

// A word, a number, a string of one line, or one other byte.
static Range any_token(Mutation *m) {
    Str text = strbuf_str(&m->text);
    size_t start = pick(m, text.length), end;
    if (text.length == 0) return (Range){0, 0};
    while (start + 1 < text.length && isspace((unsigned char)text.data[start])) start++;
    while (start > 0 && str_is_word_byte(text.data[start]) &&
           str_is_word_byte(text.data[start - 1]))
        start--;
    end = start;
    while (end < text.length && str_is_word_byte(text.data[end])) end++;
    return (Range){start, end > start ? end : start + 1};
}

static Str any_word(Mutation *m) {
    Str text = strbuf_str(&m->text);
    for (int i = 0; i < 20; i++) {
        Range range = any_token(m);
        if (range.end <= text.length && range.end > range.start &&
            str_is_word_byte(text.data[range.start]))
            return str_slice(text, range.start, range.end);
    }
    return STR("x");
}

// ---- changes -------------------------------------------------------------------------------------
static void put(Mutation *m, Range range, Str new_text) {
    Str text = strbuf_str(&m->text);
    strbuf_clear(&m->out);
    strbuf_add(&m->out, str_slice(text, 0, range.start));
    strbuf_add(&m->out, new_text);
    strbuf_add(&m->out, str_slice(text, range.end, text.length));
}

// LINES with their first indentation as that of the line at AT, and a line end.
static void indent_like(Mutation *m, Str lines, size_t at, StrBuf *out) {
    Str text = strbuf_str(&m->text);
    Str wanted = str_slice(text, at, at + indent_of(text, at)), line, rest = lines;
    size_t old = indent_of(lines, 0);
    if (str_ends_with(rest, STR("\n"))) rest.length--;
    while (str_split_next(&rest, '\n', &line)) {
        size_t indent = indent_of(line, 0);
        strbuf_add(out, wanted);
        if (pick(m, 30) == 0) strbuf_add_text(out, "    ");
        strbuf_add(out, str_slice(line, indent < old ? indent : old, line.length));
        strbuf_add_char(out, '\n');
    }
}

static void insert_lines(Mutation *m, Str lines) {
    StrBuf block = {0};
    size_t at = any_line(m).start;
    indent_like(m, lines, at, &block);
    put(m, (Range){at, at}, strbuf_str(&block));
    strbuf_release(&block);
}

static void expression(Mutation *m) {
    StrBuf text = {0};
    Range range = any_token(m);
    for (const char *c = EXPRESSIONS[pick(m, COUNT(EXPRESSIONS))]; *c; c++) {
        if (*c != '%') strbuf_add_char(&text, *c);
        if (*c == '%')
            strbuf_add(&text, pick(m, 2) ? any_word(m)
                                         : str_slice(strbuf_str(&m->text), range.start, range.end));
    }
    put(m, range, strbuf_str(&text));
    strbuf_release(&text);
}

static void copy_block(Mutation *m) {
    Range range = any_block(m);
    insert_lines(m, str_slice(strbuf_str(&m->text), range.start, range.end));
}

static void move_indent(Mutation *m) {
    Str text = strbuf_str(&m->text);
    Range range = any_block(m);
    StrBuf block = {0};
    Str rest = str_slice(text, range.start, range.end), line;
    bool deeper = pick(m, 2);
    const char *step = pick(m, 8) ? "    " : "\t";
    while (str_split_next(&rest, '\n', &line)) {
        if (deeper && line.length) strbuf_add_text(&block, step);
        strbuf_add(&block, !deeper && str_starts_with(line, STR("    "))
                               ? str_slice(line, 4, line.length)
                               : line);
        if (rest.data && line.data + line.length < text.data + range.end)
            strbuf_add_char(&block, '\n');
    }
    put(m, range, strbuf_str(&block));
    strbuf_release(&block);
}

static void swap_tokens(Mutation *m) {
    Str text = strbuf_str(&m->text);
    Range a = any_token(m), b = any_token(m);
    Str other = str_slice(text, b.start, b.end);
    put(m, a, other);
}

static void line_ends(Mutation *m) {
    Range range = pick(m, 2) ? any_block(m) : any_line(m);
    if (range.end == range.start) return;
    static const char *const ends[] = {"\r\n", "\r", "\n\n", "\n\f", " \\\n", "  # a\n", ";\n", ""};
    put(m, (Range){range.end - 1, range.end}, str_from(ends[pick(m, COUNT(ends))]));
}

static void change(Mutation *m) {
    Range range;
    switch (pick(m, 10)) {
    case 0: range = any_block(m), put(m, range, STR("")); break;
    case 1: range = any_line(m), put(m, range, STR("")); break;
    case 2: copy_block(m); break;
    case 3: move_indent(m); break;
    case 4: range = any_token(m), put(m, range, any_word(m)); break;
    case 5: swap_tokens(m); break;
    case 6: line_ends(m); break;
    case 7: insert_lines(m, str_from(STATEMENTS[pick(m, COUNT(STATEMENTS))])); break;
    default: expression(m); break;
    }
}

static void change_once(Mutation *m) {
    strbuf_clear(&m->out);
    strbuf_add(&m->out, strbuf_str(&m->text));
    change(m);
    StrBuf next = m->out;
    m->out = m->text;
    m->text = next;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
    Mutation m = {.state = (uint64_t)seed * 0x9E3779B97F4A7C15u + 1};
    if (size < 2 || pick(&m, 8) == 0) return LLVMFuzzerMutate(data, size, max_size);
    if (pick(&m, 8) == 0) data[0] = (uint8_t)('0' + pick(&m, 4));
    Str input = {(const char *)data + 1, size - 1};
    size_t attempts = pick(&m, 8) ? ATTEMPTS : 1;
    do {
        strbuf_clear(&m.text);
        strbuf_add(&m.text, input);
        for (size_t times = 1 + pick(&m, 4); times > 0; times--) change_once(&m);
    } while (--attempts > 0 && !mutation_is_welcome(strbuf_str(&m.text)));
    size_t length = m.text.length < max_size - 1 ? m.text.length : max_size - 1;
    if (length > 0) memcpy(data + 1, m.text.data, length);
    strbuf_release(&m.text);
    strbuf_release(&m.out);
    return length + 1;
}
