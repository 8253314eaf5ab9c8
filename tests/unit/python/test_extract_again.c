// A changed text read again gives the rows that reading it whole gives, or nothing. Without arguments: a text with one
// of everything, changed at each line by each of some snippets, most of which break it. With arguments: the Python files of
// that name, changed at random places.
#include "python/support_extract.h"

static const char TEXT[] =
    "#!/usr/bin/env python\n"
    "\"\"\"What it is about.\"\"\"\n"
    "from __future__ import annotations\n"
    "import os.path, sys as system\n"
    "from typing import TYPE_CHECKING, Any  # weft: ignore[a] first\n"
    "\n"
    "if TYPE_CHECKING:\n"
    "    from src.other import Something\n"
    "    Alias = dict[str, Something]\n"
    "__all__ = ['Greeter', 'make']\n"
    "LIMIT: int = 10; OTHER = 20\n"
    "# weft: ignore[b] between\n"
    "table = {'one': 1,\n"
    "         'two': [x for x in range(LIMIT) if (y := x)],\n"
    "         **dict(a=1)}\n"
    "\n"
    "class Greeter(Base, metaclass=Meta):\n"
    "    \"\"\"Greets.\"\"\"\n"
    "    words: list[str] = []\n"
    "    # weft: ignore[c] inside\n"
    "    def __init__(self, name, *, loud=False, **rest):\n"
    "        self.name, self.loud = name, loud\n"
    "        self.rest = rest or {'a': lambda q, w=name: q + w}\n"
    "\n"
    "    @property\n"
    "    @wrapped(lambda f: f)\n"
    "    def text(self) -> \"Something\":\n"
    "        try:\n"
    "            value = self.find(self.name)[0].text\n"
    "            import json\n"
    "        except (KeyError, ValueError) as error:\n"
    "            print(error, sep='')\n"
    "            return None\n"
    "        except OSError:\n"
    "            raise RuntimeError('no') from None\n"
    "        else:\n"
    "            json.dumps(value)\n"
    "        finally:\n"
    "            del self.rest['a']\n"
    "        return f\"{value!r:>{LIMIT}} {self.name=}\"\n"
    "\n"
    "    async def all(self):\n"
    "        async with self.lock as lock, other():\n"
    "            async for item in self:\n"
    "                await item.wait(lock)\n"
    "                if item.done: return\n"
    "                elif item.late:\n"
    "                    continue\n"
    "                else:\n"
    "                    item.count += 1\n"
    "            else:\n"
    "                yield item\n"
    "\n"
    "def make(kind, *names, key=None):\n"
    "    global LIMIT\n"
    "    LIMIT = len(names)\n"
    "    match kind:\n"
    "        case Greeter(name=n) if n:\n"
    "            return n\n"
    "        case [first, *others]:\n"
    "            found = first\n"
    "        case _:\n"
    "            found = None\n"
    "    def inner(a, /, b: int = 1):\n"
    "        nonlocal found\n"
    "        found = a + \\\n"
    "            b\n"
    "        text = '''one\n"
    "two \"\"\" three\n"
    "'''\n"
    "        return (text,\n"
    "                found)\n"
    "    while True:\n"
    "        if inner(1): break\n"
    "        result = [inner(i, b=2) for i in names\n"
    "                  if i not in table]\n"
    "    assert result, 'nothing'\n"
    "    type Pair[T] = tuple[T, T]\n"
    "    return max(i for i in result)\n"
    "\n"
    "if __name__ == '__main__':\n"
    "    print(make(*sys.argv))\n";

static const char *const SNIPPETS[] = {
    "",          "new = call(1)\n",  "    new = call(1)\n", "        new = call(1)\n", "            new = call(1)\n",
    "(",         ")",                "[",                  "}",                      "\"\"\"",
    "'''",       "'",                "\\\n",               "\\",                     "#",
    "\n",        " ",                "\t",                 "\r",                     ":",
    ";",         "x = ",             "x = (\n",            "if x:\n",                "    if x:\n",
    "else:\n",   "    else:\n",      "        else:\n",    "try:\n",                 "class New:\n",
    "def f():\n", "    def f(self):\n", "@decorated\n",    "    @decorated\n",       "        yield 1\n",
    "global words\n", "        global error\n", "if TYPE_CHECKING:\n", "    return\n", "# weft: ignore[z] new\n",
    "__all__ += ['x']\n", "f\"{", "        except Exception:\n", "        case 3:\n", "\f", "type(x).y = 1\n",
};
enum { SNIPPET_COUNT = sizeof SNIPPETS / sizeof *SNIPPETS, MOST_CHANGES = 4 };

typedef struct Change {
    uint32_t start, end;
    const char *snippet;
} Change;

static uint32_t tried, taken;

static Str apply(StrBuf *out, Str text, const Change *changes, uint32_t count) {
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        strbuf_add(out, str_slice(text, at, changes[i].start));
        strbuf_add_text(out, changes[i].snippet);
        at = changes[i].end;
    }
    strbuf_add(out, str_slice(text, at, text.length));
    return strbuf_str(out);
}

static void fail_at(const char *what, Str text, Str again, Str whole) {
    fprintf(stderr, "%s:\n%.*s\n---- again:\n%.*s\n---- whole:\n%.*s\n", what, STR_ARG(text), STR_ARG(again),
                STR_ARG(whole));
    fail();
}

// OLD has been extracted. What is read again is what is read whole.
static void compare(const Extract *old, const Change *changes, uint32_t count) {
    StrBuf made = {0}, dump_again = {0}, dump_whole = {0};
    const SourceFile *before = source_file(&old->sources, (FileId){1});
    Str text = apply(&made, before->text, changes, count);
    TextChange said[MOST_CHANGES];
    for (uint32_t i = 0; i < count; i++)
        said[i] = (TextChange){changes[i].start, changes[i].end, (uint32_t)strlen(changes[i].snippet)};
    OldText old_text = {&old->facts, {1}, said, count};
    Extract whole;
    bool parses = extract_open(&whole, "src/a.py", text);
    Facts again;
    facts_init(&again, &whole.sources);
    bool took = source_file(&whole.sources, (FileId){1})->state == SOURCE_READ &&
                python_extract_again(&whole.sources, (FileId){1}, &old_text, &again);
    tried++;
    taken += took;
    if (took) facts_dump(&again, &dump_again);
    if (took) facts_dump(&whole.facts, &dump_whole);
    if (took && !parses) fail_at("it does not parse", text, strbuf_str(&dump_again), STR_NONE);
    if (!str_equal(strbuf_str(&dump_again), strbuf_str(&dump_whole)))
        fail_at("the rows differ", text, strbuf_str(&dump_again), strbuf_str(&dump_whole));
    facts_release(&again);
    extract_close(&whole);
    strbuf_release(&made);
    strbuf_release(&dump_again);
    strbuf_release(&dump_whole);
}

static void every_snippet_at_every_line(void **state) {
    (void)state;
    Extract old;
    assert_true(extract_open(&old, "src/a.py", str_from(TEXT)));
    const SourceFile *file = source_file(&old.sources, (FileId){1});
    for (uint32_t line = 0; line < file->line_starts.count; line++) {
        uint32_t start = file->line_starts.items[line], end = source_line_end(file, start);
        uint32_t indent = start + (uint32_t)source_line_indent(file, start).length;
        for (uint32_t i = 0; i < SNIPPET_COUNT; i++) {
            const uint32_t places[][2] = {{start, start}, {indent, indent}, {end, end}, {start, end}, {indent, end}};
            uint32_t k = (line + i) % (sizeof places / sizeof *places);
            compare(&old, &(Change){places[k][0], places[k][1], SNIPPETS[i]}, 1);
        }
    }
    assert_true(taken > tried / 10); // most snippets break the text
    extract_close(&old);
}

// What has not changed is not parsed: a text that the parser would refuse there is not looked at.
static void what_is_kept_is_not_parsed(void **state) {
    (void)state;
    Extract old, whole;
    assert_true(extract_open(&old, "src/a.py", STR("value = some.thing(1, 2, 3)\nother = 1\n")));
    assert_true(extract_open(&whole, "src/a.py", STR("value = some.thing(1, 2, 3)\nanother = 1\n")));
    OldText old_text = {&old.facts, {1}, &(TextChange){28, 33, 7}, 1};
    Facts again;
    facts_init(&again, &whole.sources);
    assert_true(python_extract_again(&whole.sources, (FileId){1}, &old_text, &again));
    assert_int_equal(again.calls.count, 2);
    assert_int_equal(again.calls.items[1].open, 18);
    facts_release(&again);
    extract_close(&whole);
    extract_close(&old);
}

// ---- files ------------------------------------------------------------------------------------------
static uint32_t random_below(uint32_t *seed, uint32_t limit) {
    *seed = *seed * 1664525u + 1013904223u;
    return limit == 0 ? 0 : (uint32_t)(((uint64_t)*seed * limit) >> 32);
}

// At the start of a line, behind its indentation, at its end or between, and now and then with what stands there. Every
// second one is a line of its own as the one below.
static Change random_change(const SourceFile *file, uint32_t *seed, uint32_t from) {
    uint32_t start = from + random_below(seed, (uint32_t)file->text.length - from + 1);
    uint32_t line = source_line_start(file, start), end = source_line_end(file, start);
    switch (random_below(seed, 4)) {
    case 0: start = line; break;
    case 1: start = line + (uint32_t)source_line_indent(file, line).length; break;
    case 2: start = end; break;
    default: break;
    }
    if (start < from) start = from;
    if (random_below(seed, 2) && line >= from) {
        static const char *const LINES[] = {"new = call(1)\n", "    new = call(1)\n", "        new = call(1)\n",
                                            "            new = call(1)\n"};
        uint32_t level = (uint32_t)source_line_indent(file, line).length / 4;
        return (Change){line, line, LINES[level < 4 ? level : 3]};
    }
    uint32_t stop = random_below(seed, 3) == 0 && end > start ? start + random_below(seed, end - start + 1) : start;
    return (Change){start, stop, SNIPPETS[random_below(seed, SNIPPET_COUNT)]};
}

static void compare_file(const char *path, uint32_t rounds) {
    FILE *input = fopen(path, "rb");
    assert_non_null(input);
    StrBuf text = {0};
    char block[4096];
    for (size_t length; (length = fread(block, 1, sizeof block, input)) > 0;) strbuf_add(&text, (Str){block, length});
    fclose(input);
    Extract old;
    if (extract_open(&old, "src/a.py", strbuf_str(&text))) {
        const SourceFile *file = source_file(&old.sources, (FileId){1});
        uint32_t seed = (uint32_t)text.length;
        for (uint32_t round = 0; round < rounds; round++) {
            Change changes[MOST_CHANGES];
            uint32_t count = 0, from = 0;
            for (uint32_t most = 1 + random_below(&seed, MOST_CHANGES); count < most; count++) {
                changes[count] = random_change(file, &seed, from);
                from = changes[count].end;
            }
            compare(&old, changes, count);
        }
    }
    extract_close(&old);
    strbuf_release(&text);
}

int main(int argc, char **argv) {
    enum { ROUNDS = 30 };
    for (int i = 1; i < argc; i++) compare_file(argv[i], ROUNDS);
    if (argc > 1) printf("%d files: %u changes, %u of them taken\n", argc - 1, tried, taken);
    if (argc > 1) return 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_snippet_at_every_line),
        cmocka_unit_test(what_is_kept_is_not_parsed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
