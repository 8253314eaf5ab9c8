// In: a file with commands or hooks, or with dependencies. Out: what black, or ruff in its place, is told there.
//
//     black -l 100 app tests            of a Makefile, tox.ini or noxfile.py; also --line-length
//     - id: black                       of .pre-commit-config.yaml, with its arguments in the lines below:
//       args: [--line-length=100]
//     - uses: psf/black@stable          of a workflow, in the same way
//       with: { options: "--check -l 100" }
//     black>=23.1                       of requirements: it is run with what it has by default
#include "source/style_command.h"

#include <stdlib.h>

enum { LEAST = 20, MOST = 1000 };

static bool is_part_of_word(char c) { return str_is_word_byte(c) || c == '-' || c == '.'; }

// Offset of WORD in LINE, which is no part of another one, such as black-box or black.pypa; -1 when there is none.
static ptrdiff_t find_tool(Str line, Str word) {
    ptrdiff_t from = 0;
    for (ptrdiff_t at; (at = str_find_str(str_slice(line, (size_t)from, line.length), word)) >= 0; from++) {
        from += at;
        size_t end = (size_t)from + word.length;
        bool before = from > 0 && (is_part_of_word(line.data[from - 1]) || line.data[from - 1] == '/');
        bool after = end < line.length && is_part_of_word(line.data[end]);
        if (!before && !after) return from;
    }
    return -1;
}

static uint32_t number_at(Str text, size_t at) {
    uint32_t number = 0;
    while (at < text.length && strchr(" =\"',\t\r\n-", text.data[at]) != NULL) at++;
    for (; at < text.length && text.data[at] >= '0' && text.data[at] <= '9' && number <= MOST; at++)
        number = number * 10 + (uint32_t)(text.data[at] - '0');
    return number >= LEAST && number <= MOST ? number : 0;
}

// "-l 100", "-l100", "--line-length=100", "--line-length", "100"; 0 for arguments that do not say it.
static uint32_t limit_in(Str arguments) {
    static const char *const options[] = {"--line-length", "-l"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        Str option = str_from(options[i]);
        for (size_t at = 0; at < arguments.length;) {
            ptrdiff_t found = str_find_str(str_slice(arguments, at, arguments.length), option);
            if (found < 0) break;
            at += (size_t)found;
            bool begins = at == 0 || strchr(" \t\"'[,", arguments.data[at - 1]) != NULL;
            uint32_t limit = begins ? number_at(arguments, at + option.length) : 0;
            if (limit > 0) return limit;
            at += option.length;
        }
    }
    return 0;
}

// The lines of a hook or step, from its first one up to the next hook, repository or step.
static Str hook_at(Str text, size_t start) {
    size_t end = start;
    for (Str rest = str_slice(text, start, text.length), line; str_split_next(&rest, '\n', &line);) {
        Str code = str_trim(line);
        bool next = str_starts_with(code, STR("- id:")) || str_starts_with(code, STR("- repo:")) ||
                    str_starts_with(code, STR("- uses:")) || str_starts_with(code, STR("- name:"));
        if (next && line.data > text.data + start) break;
        end = (size_t)(line.data + line.length - text.data);
    }
    return str_slice(text, start, end);
}

// What stands before black in a command: nothing, or what runs it.
static bool runs(Str before) {
    static const char *const ends[] = {"run", "exec", "-m", "&&", ";", "@", "commands =", "then", "do"};
    if (before.length == 0) return true;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends_with(before, str_from(ends[i]))) return true;
    return false;
}

static bool is_action(Str code) { return str_find_str(code, STR("psf/black@")) >= 0; }

// The hook that LINE begins, or the command that it has, lays Python out.
static bool lays_out(Str line) {
    static const char *const hooks[] = {"black", "black-jupyter", "ruff-format"};
    Str code = str_trim(line);
    if (str_starts_with(code, STR("#"))) return false;
    if (str_starts_with(code, STR("- id:"))) {
        Str id = str_trim(str_slice(code, sizeof "- id:" - 1, code.length));
        for (size_t i = 0; i < sizeof hooks / sizeof *hooks; i++)
            if (str_is(id, hooks[i])) return true;
        return false;
    }
    if (is_action(code)) return true;
    ptrdiff_t at = find_tool(code, STR("black"));
    if (at >= 0) { // a command has something behind it: a place, or an option
        Str behind = str_trim(str_slice(code, (size_t)at + sizeof "black" - 1, code.length));
        bool option = behind.length > 0 && strchr(".-{$\"',", behind.data[0]) != NULL;
        bool value = behind.length > 0 && strchr(":=)]", behind.data[0]) == NULL;
        if (option || (value && runs(str_trim(str_slice(code, 0, (size_t)at))))) return true;
    }
    at = find_tool(code, STR("ruff"));
    return at >= 0 && str_starts_with(str_trim(str_slice(code, (size_t)at + sizeof "ruff" - 1, code.length)), STR("format"));
}

uint32_t style_command_limit(Str text, uint32_t default_limit) {
    bool any = false;
    for (Str rest = text, line; str_split_next(&rest, '\n', &line);) {
        if (!lays_out(line)) continue;
        bool hook = str_starts_with(str_trim(line), STR("- id:")) || is_action(str_trim(line));
        uint32_t limit = limit_in(hook ? hook_at(text, (size_t)(line.data - text.data)) : line);
        if (limit > 0) return limit;
        any = true;
    }
    return any ? default_limit : 0;
}

bool style_names_black(Str text) {
    for (Str line; str_split_next(&text, '\n', &line);) {
        Str name = str_trim(line);
        while (name.length > 0 && strchr("\"'- ", name.data[0]) != NULL) name = str_slice(name, 1, name.length);
        if (!str_starts_with(name, STR("black"))) continue;
        Str behind = str_trim(str_slice(name, sizeof "black" - 1, name.length));
        if (behind.length == 0 || strchr("=<>~!;[\"',", behind.data[0]) != NULL) return true;
    }
    return false;
}
