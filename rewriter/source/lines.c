// Line tables and what the lines of a file look like. In: the text of one file. Out: positions in it,
// its line end. "\n", "\r\n" and "\r" end a line, as in Python.
#include "source/lines.h"

#include "base/bug.h"
#include "source/utf8.h"

static void detect_newline(SourceFile *file) {
    uint32_t feeds = 0, pairs = 0, returns = 0;
    Str text = file->text;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\n') {
            feeds++;
        } else if (text.data[i] == '\r') {
            bool pair = i + 1 < text.length && text.data[i + 1] == '\n';
            pair ? pairs++ : returns++;
            i += pair;
        }
    }
    file->newline = STR("\n");
    if (pairs > feeds && pairs >= returns) file->newline = STR("\r\n");
    if (returns > feeds && returns > pairs) file->newline = STR("\r");
}

// A text without a carriage return, as most are.
static void find_feeds(SourceFile *file) {
    vec_add(&file->line_starts, 0);
    for (ptrdiff_t at = 0, next; (next = str_find(str_slice(file->text, (size_t)at, file->text.length), '\n')) >= 0;) {
        at += next + 1;
        vec_add(&file->line_starts, (uint32_t)at);
    }
    file->newline = STR("\n");
}

static void build_line_table(SourceFile *file) {
    vec_add(&file->line_starts, 0);
    Str text = file->text;
    for (uint32_t i = 0; i < text.length; i++) {
        bool pair = text.data[i] == '\r' && i + 1 < text.length && text.data[i + 1] == '\n';
        if (text.data[i] == '\n' || (text.data[i] == '\r' && !pair)) {
            vec_add(&file->line_starts, i + 1);
        }
    }
}

// A form feed at the start of a line puts the column back: what stands behind it counts.
static Str leading_blanks(Str line) {
    size_t start = 0, end = 0;
    for (; end < line.length; end++) {
        char c = line.data[end];
        if (c == '\f') start = end + 1;
        if (c != ' ' && c != '\t' && c != '\f') break;
    }
    return str_slice(line, start, end);
}

enum { LONG_LINE = 4096, MARK_STEP = 1024 };

static uint32_t count_characters(Str text, size_t from, size_t to) {
    uint32_t count = 0;
    for (size_t i = from; i < to; i++) count += ((unsigned char)text.data[i] & 0xc0u) != 0x80u;
    return count;
}

static bool has_long_line(const SourceFile *file) {
    uint32_t end = (uint32_t)file->text.length;
    for (uint32_t i = file->line_starts.count; i-- > 0; end = file->line_starts.items[i])
        if (end - file->line_starts.items[i] > LONG_LINE) return true;
    return false;
}

// Columns count characters; on a line of a megabyte, for a hundred thousand places, they are not counted
// from its start each time.
static void mark_characters(SourceFile *file) {
    uint32_t count = 0;
    for (size_t at = 0; at <= file->text.length; at += MARK_STEP) {
        if (at) count += count_characters(file->text, at - MARK_STEP, at);
        vec_add(&file->characters, count);
    }
}

static uint32_t characters_before(const SourceFile *file, uint32_t offset) {
    uint32_t mark = offset / MARK_STEP;
    return file->characters.items[mark] +
           count_characters(file->text, (size_t)mark * MARK_STEP, offset);
}

void lines_measure(SourceFile *file) {
    if (str_find(file->text, '\r') < 0) {
        find_feeds(file);
    } else {
        build_line_table(file);
        detect_newline(file);
    }
    // What is auxiliary need not be UTF-8, and is small.
    if (!file->auxiliary && has_long_line(file)) mark_characters(file);
}

// Index into line_starts of the line that holds OFFSET.
static uint32_t line_index(const SourceFile *file, uint32_t offset) {
    BUG_UNLESS(file->line_starts.count > 0);
    uint32_t low = 0, high = file->line_starts.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (file->line_starts.items[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

LineColumn source_line_column(const SourceFile *file, uint32_t offset) {
    if (offset > file->text.length) offset = (uint32_t)file->text.length;
    uint32_t index = line_index(file, offset);
    LineColumn place = {index + 1, 1};
    if (file->characters.count) {
        place.column += characters_before(file, offset) -
                        characters_before(file, file->line_starts.items[index]);
        return place;
    }
    Str before = str_slice(file->text, file->line_starts.items[index], offset);
    while (before.length) {
        utf8_take(&before);
        place.column++;
    }
    return place;
}

Str source_line(const SourceFile *file, uint32_t line) {
    if (line == 0 || line > file->line_starts.count) return STR("");
    uint32_t start = file->line_starts.items[line - 1];
    return str_slice(file->text, start, source_line_end(file, start));
}

uint32_t source_line_start(const SourceFile *file, uint32_t offset) {
    return file->line_starts.items[line_index(file, offset)];
}

uint32_t source_line_end(const SourceFile *file, uint32_t offset) {
    uint32_t index = line_index(file, offset) + 1;
    if (index >= file->line_starts.count) return (uint32_t)file->text.length;
    uint32_t end = file->line_starts.items[index] - 1;
    bool pair = file->text.data[end] == '\n' && end > 0 && file->text.data[end - 1] == '\r';
    return pair ? end - 1 : end;
}

Str source_line_indent(const SourceFile *file, uint32_t offset) {
    uint32_t start = source_line_start(file, offset);
    return leading_blanks(str_slice(file->text, start, source_line_end(file, offset)));
}

Str lines_without_returns(Arena *arena, Str text) {
    if (str_find(text, '\r') < 0) return text;
    char *bytes = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] != '\r' || i + 1 == text.length || text.data[i + 1] != '\n')
            bytes[length++] = text.data[i];
    return (Str){bytes, length};
}
