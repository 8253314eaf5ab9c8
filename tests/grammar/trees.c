// The trees of Python files as one digest each, by one core: linked once with the published core and once with ours,
// the two programs must print the same. In: FILE.... Out: a line for each file, for its text as it is and for texts that
// are damaged, which take the ways of the core that sound texts do not.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

#ifdef WEFT_CORE
#include <core.h>
#endif

const TSLanguage *tree_sitter_python(void);

enum { DAMAGED = 24, MOST = 1 << 22 };

static char text[MOST], damaged[MOST];

static uint64_t add(uint64_t digest, uint64_t value) { return (digest ^ value) * 0x100000001b3u + (digest >> 29); }

static uint64_t digest_of(const TSTree *tree) {
    uint64_t digest = 0xcbf29ce484222325u;
    TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
    for (bool down = true;;) {
        if (down) {
            TSNode node = ts_tree_cursor_current_node(&cursor);
            TSPoint start = ts_node_start_point(node), end = ts_node_end_point(node);
            digest = add(digest, ts_node_symbol(node));
            digest = add(digest, ((uint64_t)ts_node_start_byte(node) << 32) | ts_node_end_byte(node));
            digest = add(digest, ((uint64_t)start.row << 32) | start.column);
            digest = add(digest, ((uint64_t)end.row << 32) | end.column);
            digest = add(digest, ts_tree_cursor_current_field_id(&cursor));
            digest = add(digest, (uint64_t)ts_node_is_missing(node) * 2 + ts_node_has_error(node));
        }
        if (down && ts_tree_cursor_goto_first_child(&cursor)) continue;
        down = ts_tree_cursor_goto_next_sibling(&cursor);
        if (!down && !ts_tree_cursor_goto_parent(&cursor)) break;
    }
    ts_tree_cursor_delete(&cursor);
    return digest;
}

static uint64_t parse(TSParser *parser, const char *bytes, size_t length) {
    TSTree *tree = ts_parser_parse_string(parser, NULL, bytes, (uint32_t)length);
    uint64_t digest = digest_of(tree);
    ts_tree_delete(tree);
    return digest;
}

// A piece is missing, stands twice, or is other bytes: each file in places of its own.
static size_t damage(size_t length, unsigned round) {
    size_t at = length * (round + 1) / (DAMAGED + 1), size = 1 + (at * 31 + round) % 40;
    if (at + size > length) size = length - at;
    memcpy(damaged, text, length);
    if (round % 3 == 0) {
        memmove(damaged + at, text + at + size, length - at - size);
        return length - size;
    }
    if (round % 3 == 1 && length + size <= MOST) {
        memmove(damaged + at + size, text + at, length - at);
        return length + size;
    }
    static const char *const others[] = {"(", "\n        ", "\xc3\xa9\xe4\xb8\xad", "\"\"\"", "\xff\0\\\n", "if x:\n\t"};
    const char *other = others[round / 3 % 6];
    size_t count = other[0] == '\xff' ? 4 : strlen(other);
    if (count > size) count = size;
    memcpy(damaged + at, other, count);
    return length;
}

// The first and the last third alone, as the statements that an edit touches are read.
static uint64_t parse_parts(TSParser *parser, size_t length) {
    size_t third = length / 3;
    const char *first = memchr(text + third, '\n', third);
    const char *second = first ? memchr(text + 2 * third, '\n', length - 2 * third) : NULL;
    if (!second) return 0;
    uint32_t rows[2] = {1, 1};
    for (const char *p = text; p < second; p++) rows[0] += *p == '\n' && p < first, rows[1] += *p == '\n';
    TSRange parts[2] = {{{0, 0}, {rows[0], 0}, 0, (uint32_t)(first + 1 - text)},
                        {{rows[1], 0}, {UINT32_MAX, UINT32_MAX}, (uint32_t)(second + 1 - text), (uint32_t)length}};
    if (parts[1].start_byte >= parts[1].end_byte) return 0;
    if (!ts_parser_set_included_ranges(parser, parts, 2)) abort();
    uint64_t digest = parse(parser, text, length);
    ts_parser_set_included_ranges(parser, NULL, 0);
    return digest;
}

int main(int argc, char **argv) {
    TSParser *parser = ts_parser_new();
    if (!ts_parser_set_language(parser, tree_sitter_python())) return 2;
#ifdef WEFT_CORE
    if (!core_prepare(tree_sitter_python())) return 2;
    core_speed_up(parser);
#endif
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file) return 2;
        size_t length = fread(text, 1, MOST / 2, file);
        fclose(file);
        uint64_t whole = parse(parser, text, length), parts = parse_parts(parser, length), all = 0;
        for (unsigned round = 0; length > 0 && round < DAMAGED; round++)
            all = add(all, parse(parser, damaged, damage(length, round)));
        printf("%016llx %016llx %016llx %s\n", (unsigned long long)whole, (unsigned long long)parts,
               (unsigned long long)all, argv[i]);
    }
    ts_parser_delete(parser);
    return 0;
}
