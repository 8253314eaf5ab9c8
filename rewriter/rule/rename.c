// In: texts of inherited rules, and prefixes with what is said instead. Out: the texts with other names. Looks at
// whole names only: `src.isolation` is no part of `src.isolation_old`, nor of `other.src.isolation`.
#include "rule/rename.h"

static bool is_name_byte(char c) { return str_is_word_byte(c) || (unsigned char)c >= 0x80; }

static bool has_dot(Str name) { return str_find(name, '.') >= 0; }

void renames_add(Renames *renames, Rename rename) {
    if (renames->names == NULL) renames->names = interner_new();
    if (rename.from.length == 0 || intern_find(renames->names, rename.from).index > 0) return;
    intern(renames->names, rename.from);
    vec_add(&renames->list, rename);
}

void renames_release(Renames *renames) {
    interner_free(renames->names);
    vec_release(&renames->list);
    *renames = (Renames){0};
}

static Rename *find_whole(Renames *renames, Str name) {
    uint32_t number = renames->names != NULL ? intern_find(renames->names, name).index : 0;
    return number > 0 ? &renames->list.items[number - 1] : NULL;
}

// The longest prefix that RUN, a dotted name, begins with.
static Rename *find(Renames *renames, Str run) {
    Rename *best = find_whole(renames, run);
    for (size_t end = run.length; best == NULL && end-- > 0;)
        if (run.data[end] == '.') best = find_whole(renames, str_slice(run, 0, end));
    return best;
}

// The end of the dotted name that begins at FROM.
static size_t run_end(Str text, size_t from) {
    while (from < text.length && (is_name_byte(text.data[from]) || text.data[from] == '.')) from++;
    return from;
}

typedef bool (*Counts)(Str text, size_t at, const Rename *rename);

static Str rename_runs(Arena *arena, Renames *renames, Str text, Counts counts) {
    StrBuf out = {0};
    size_t kept = 0; // what lies before is in OUT
    bool changed = false;
    for (size_t at = 0; renames->list.count > 0 && at < text.length;) {
        if (!is_name_byte(text.data[at]) && text.data[at] != '.') {
            at++;
            continue;
        }
        size_t end = run_end(text, at);
        Rename *rename = find(renames, str_slice(text, at, end));
        if (rename != NULL && counts(text, at, rename)) {
            strbuf_add(&out, str_slice(text, kept, at));
            strbuf_add(&out, rename->to);
            kept = at + rename->from.length;
            rename->used = changed = true;
        }
        at = end;
    }
    strbuf_add(&out, str_slice(text, kept, text.length));
    Str renamed = changed ? arena_copy(arena, strbuf_str(&out)) : text;
    strbuf_release(&out);
    return renamed;
}

static bool always(Str text, size_t at, const Rename *rename) {
    (void)text, (void)at, (void)rename;
    return true;
}

Str rename_text(Arena *arena, Renames *renames, Str text) {
    return rename_runs(arena, renames, text, always);
}

// The bytes of TEXT, with AFTER for each BEFORE.
static Str with_byte(Arena *arena, Str text, char before, char after) {
    char *bytes = (char *)arena_alloc(arena, text.length + 1);
    for (size_t i = 0; i < text.length; i++) bytes[i] = text.data[i] == before ? after : text.data[i];
    bytes[text.length] = '\0';
    return (Str){bytes, text.length};
}

// The longest prefix that PATH begins with: a module, or a package around it.
static Rename *find_path(Arena *arena, Renames *renames, Str path) {
    Str module = str_ends_with(path, STR(".py")) ? str_slice(path, 0, path.length - 3) : path;
    for (size_t end = module.length; renames->list.count > 0 && end > 0; end--) {
        if (end < module.length && module.data[end] != '/') continue;
        Str part = str_slice(module, 0, end);
        Rename *found = has_dot(part) ? NULL : find_whole(renames, with_byte(arena, part, '/', '.'));
        if (found != NULL) return found;
    }
    return NULL;
}

Str rename_path(Arena *arena, Renames *renames, Str path) {
    Rename *best = find_path(arena, renames, path);
    if (best == NULL) return path;
    best->used = true;
    return arena_format(arena, "%.*s%.*s", STR_ARG(with_byte(arena, best->to, '.', '/')),
                        STR_ARG(str_slice(path, best->from.length, path.length)));
}

static bool is_import(Str text, size_t at) {
    size_t start = at;
    while (start > 0 && text.data[start - 1] != '\n') start--;
    Str line = str_trim(str_slice(text, start, at));
    return str_is(line, "from") || str_is(line, "import") || str_starts_with(line, STR("import "));
}

static bool counts_in_python(Str text, size_t at, const Rename *rename) {
    if (has_dot(rename->from) || is_import(text, at)) return true;
    bool begins_string = at > 0 && (text.data[at - 1] == '"' || text.data[at - 1] == '\'');
    size_t end = at + rename->from.length;
    return begins_string && end < text.length && text.data[end] == '.';
}

Str rename_python(Arena *arena, Renames *renames, Str text) {
    return rename_runs(arena, renames, text, counts_in_python);
}
