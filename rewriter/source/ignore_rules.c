// Ignore rules as text, and what they say of one path. In: the bytes of a file, a path. Out: a verdict, as gitignore(5)
// has it. The matcher of git and of libgit2 takes time without bound where a rule has many stars: weft has its own.
#include "source/ignore_rules.h"

#include <string.h>

#include "base/path.h"

// Spaces at the end of a line count only behind a backslash; a carriage return never does.
static Str trim_end(Str line) {
    if (str_ends_with(line, STR("\r"))) line.length--;
    while (str_ends_with(line, STR(" ")) && !str_ends_with(line, STR("\\ "))) line.length--;
    return line;
}

static Str ending_of(Str pattern) {
    size_t start = pattern.length;
    while (start > 0 && strchr("*?[]\\/", pattern.data[start - 1]) == NULL) start--;
    return str_slice(pattern, start, pattern.length);
}

static bool parse_line(Str line, IgnoreRule *rule) {
    line = trim_end(line);
    if (line.length == 0 || line.data[0] == '#') return false;
    *rule = (IgnoreRule){.keeps = line.data[0] == '!'};
    if (rule->keeps) line = str_slice(line, 1, line.length);
    rule->folders_only = str_ends_with(line, STR("/"));
    if (rule->folders_only) line.length--;
    rule->anchored = str_find(line, '/') >= 0;
    if (str_starts_with(line, STR("/"))) line = str_slice(line, 1, line.length);
    rule->pattern = line;
    rule->ending = ending_of(line);
    return line.length > 0;
}

void ignore_rules_parse(Arena *arena, Str bytes, uint32_t most, IgnoreRules *rules) {
    Str line;
    IgnoreRule rule;
    if (str_starts_with(bytes, STR("\xef\xbb\xbf"))) bytes = str_slice(bytes, 3, bytes.length);
    while (rules->count < most && str_split_next(&bytes, '\n', &line))
        if (parse_line(line, &rule)) list_add(arena, rules, rule);
}

Verdict ignore_rules_judge(const IgnoreRule *rules, uint32_t count, Str path, bool is_folder) {
    Str name = path_basename(path);
    for (uint32_t i = count; i > 0; i--) {
        const IgnoreRule *rule = &rules[i - 1];
        if (rule->folders_only && !is_folder) continue;
        if (!str_ends_with(name, rule->ending)) continue; // most are told apart by that
        if (path_glob_whole(rule->pattern, rule->anchored ? path : name))
            return rule->keeps ? SAYS_KEEP : SAYS_IGNORE;
    }
    return SAYS_NOTHING;
}
