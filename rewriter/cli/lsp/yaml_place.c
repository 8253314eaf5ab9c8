// In: the text of a rule file, and an offset. Out: the keys and items that it is in, by the indentation of the lines before
// it and the brackets on its own line. Whatever is no such YAML gives fewer of them, never a failure.
#include "cli/lsp/yaml_place.h"

#include <string.h>

// A key or an item that lines further down may belong to.
typedef struct Level {
    size_t indent;
    bool item;
    Str key;
} Level;
typedef Vec(Level) Levels;

// One line, its items taken off.
typedef struct Line {
    size_t indent;  // of its content
    size_t dash;    // of its first item; SIZE_MAX: it has none
    Str content;
    Str key, value; // both empty: it has none
} Line;

static const Str ITEM = {"-", 1};

static bool is_blank(Str line) {
    Str rest = str_trim(line);
    return rest.length == 0 || rest.data[0] == '#';
}

// "key: value" and "key:"; a quoted text and brackets begin no key.
static void split_key(Line *line) {
    Str content = line->content;
    if (content.length == 0 || strchr("\"'[{|>#&*", content.data[0]) != NULL) return;
    for (size_t i = 0; i < content.length; i++) {
        bool ends = i + 1 == content.length || content.data[i + 1] == ' ' || content.data[i + 1] == '\r';
        if (content.data[i] != ':' || !ends) continue;
        line->key = str_slice(content, 0, i);
        line->value = str_slice(content, i + 1, content.length);
        return;
    }
}

static bool begins_item(Str text) {
    return text.length > 0 && text.data[0] == '-' && (text.length == 1 || text.data[1] == ' ');
}

static Line read_line(Str text) {
    Line line = {.dash = SIZE_MAX};
    while (line.indent < text.length && text.data[line.indent] == ' ') line.indent++;
    while (begins_item(str_slice(text, line.indent, text.length))) {
        if (line.dash == SIZE_MAX) line.dash = line.indent;
        line.indent++;
        while (line.indent < text.length && text.data[line.indent] == ' ') line.indent++;
    }
    line.content = str_slice(text, line.indent, text.length);
    split_key(&line);
    return line;
}

// ---- levels ----------------------------------------------------------------------------------------
// A list may stand as far left as its key.
static void leave(Levels *levels, size_t indent, bool for_item) {
    while (levels->count > 0) {
        const Level *last = vec_last(levels);
        bool stays = last->indent < indent || (for_item && last->indent == indent && !last->item);
        if (stays) return;
        levels->count--;
    }
}

static void enter_items(Levels *levels, Str text) {
    size_t at = 0;
    for (;;) {
        while (at < text.length && text.data[at] == ' ') at++;
        if (!begins_item(str_slice(text, at, text.length))) return;
        leave(levels, at, true);
        vec_add(levels, ((Level){at, true, STR_NONE}));
        at++;
    }
}

static void enter_line(Levels *levels, Str text, const Line *line) {
    enter_items(levels, text);
    if (line->key.length == 0) return;
    leave(levels, line->indent, false);
    vec_add(levels, ((Level){line->indent, false, line->key}));
}

// A text of several lines, `key: |`, whose lines are no keys.
static bool begins_text(const Line *line) {
    Str value = str_trim(line->value);
    return value.length > 0 && (value.data[0] == '|' || value.data[0] == '>');
}

static void read_lines_before(Str text, Levels *levels) {
    size_t text_of = SIZE_MAX; // indent of the key that has one
    for (Str row; str_split_next(&text, '\n', &row);) {
        if (is_blank(row)) continue;
        Line line = read_line(row);
        size_t left = line.dash != SIZE_MAX ? line.dash : line.indent;
        if (text_of != SIZE_MAX && left > text_of) continue;
        text_of = begins_text(&line) ? line.indent : SIZE_MAX;
        enter_line(levels, row, &line);
    }
}

// ---- the line of the cursor --------------------------------------------------------------------------
// [a, {b: c}]: what BEFORE, the value up to the cursor, has opened.
static void enter_brackets(Str before, YamlPlace *place) {
    enum { DEEPEST = 16 };
    uint32_t kept[DEEPEST];
    size_t depth = 0, from = 0;
    bool maps[DEEPEST];
    for (size_t i = 0; i < before.length; i++) {
        char c = before.data[i];
        bool opens = c == '[' || c == '{', closes = c == ']' || c == '}', in_map = depth > 0 && maps[depth - 1];
        if (opens && depth == DEEPEST) return;
        if (opens) {
            kept[depth] = place->path.count;
            maps[depth++] = c == '{';
            if (c == '[') vec_add(&place->path, ITEM);
            vec_clear(&place->others);
        } else if (closes && depth > 0) {
            place->path.count = kept[--depth];
        } else if (c == ':' && in_map) {
            vec_add(&place->path, str_trim(str_slice(before, from, i)));
            vec_add(&place->others, *vec_last(&place->path));
        } else if (c == ',' && in_map) {
            place->path.count = kept[depth - 1];
        }
        if (opens || closes || c == ',' || c == ':') {
            from = i + 1;
            place->behind_key = !(c == '{' || (c == ',' && in_map));
        }
    }
}

static bool is_word_byte(char c) { return strchr(" \t\r\n,[]{}\"'#", c) == NULL; }

static void find_word(Str text, size_t offset, YamlPlace *place) {
    size_t start = offset, end = offset;
    while (start > 0 && is_word_byte(text.data[start - 1])) start--;
    while (end < text.length && is_word_byte(text.data[end])) end++;
    place->word = str_slice(text, start, end);
    if (str_ends_with(place->word, STR(":"))) place->word.length--;
    place->start = start;
}

// Keys of the map whose keys stand at INDENT: upwards to the item that it is, downwards to what is further left.
static void list_others(Str before, Str behind, size_t indent, YamlPlace *place) {
    while (before.length > 0) {
        ptrdiff_t end = str_find_last(str_slice(before, 0, before.length - 1), '\n');
        Str row = str_slice(before, (size_t)(end + 1), before.length - 1);
        before = str_slice(before, 0, (size_t)(end + 1));
        if (is_blank(row)) continue;
        Line line = read_line(row);
        if (line.indent < indent) break;
        if (line.indent == indent && line.key.length > 0) vec_add(&place->others, line.key);
        if (line.indent == indent && line.dash != SIZE_MAX) break;
    }
    for (Str row; str_split_next(&behind, '\n', &row);) {
        if (is_blank(row)) continue;
        Line line = read_line(row);
        if (line.indent < indent || line.dash < indent) break;
        if (line.indent == indent && line.dash == SIZE_MAX && line.key.length > 0) vec_add(&place->others, line.key);
    }
}

void yaml_place_find(Str text, size_t offset, YamlPlace *place) {
    *place = (YamlPlace){0};
    Levels levels = {0};
    ptrdiff_t line_end = str_find(str_slice(text, offset, text.length), '\n');
    size_t start = (size_t)(str_find_last(str_slice(text, 0, offset), '\n') + 1);
    size_t end = line_end < 0 ? text.length : offset + (size_t)line_end;
    Str row = str_slice(text, start, end), before = str_slice(text, start, offset);
    read_lines_before(str_slice(text, 0, start), &levels);
    Line line = read_line(row);
    size_t key_end = start + line.indent + line.key.length;
    if (str_trim(row).length == 0) line.indent = offset - start;
    enter_items(&levels, before);
    leave(&levels, line.indent, false);
    for (uint32_t i = 0; i < levels.count; i++) vec_add(&place->path, levels.items[i].item ? ITEM : levels.items[i].key);
    place->behind_key = line.key.length > 0 && offset > key_end;
    if (place->behind_key) vec_add(&place->path, line.key);
    find_word(text, offset, place);
    bool brackets = line.content.length > 0 && (line.content.data[0] == '{' || line.content.data[0] == '[');
    if (place->behind_key)
        enter_brackets(str_slice(text, key_end + 1, offset), place);
    else if (brackets && offset > start + line.indent)
        enter_brackets(str_slice(text, start + line.indent, offset), place);
    else
        list_others(str_slice(text, 0, start), str_slice(text, end < text.length ? end + 1 : end, text.length), line.indent, place);
    vec_release(&levels);
}

void yaml_place_release(YamlPlace *place) {
    vec_release(&place->path);
    vec_release(&place->others);
}
