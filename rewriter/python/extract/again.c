// A text that was changed, read again. In: what is known of it from before, and what changed. Out: the facts of the new
// text, of which only the statements that a change touches were parsed; nothing when that cannot be told apart.
#include "base/bug.h"
#include "python/extract/kept.h"
#include "python/python.h"
#include "python/syntax/parse.h"

typedef Vec(TSRange) Ranges;

// What the parser is given: the text with a "0" where a run begins, and gaps for the rest of runs.
typedef struct Excerpt {
    Str text; // owned
    Ranges ranges;
} Excerpt;

static TSPoint point_of(const SourceFile *file, uint32_t offset) {
    LineColumn at = source_line_column(file, offset);
    return (TSPoint){at.line - 1, offset - source_line_start(file, offset)};
}

static void make_excerpt(Excerpt *excerpt, const Kept *kept, const SourceFile *file) {
    Str text = file->text;
    char *bytes = memory_alloc(text.length + 1);
    memcpy(bytes, text.data, text.length);
    TSRange range = {{0, 0}, {0, 0}, 0, 0};
    for (uint32_t i = 0; i < kept->runs.count; i++) {
        const KeptRun *run = &kept->runs.items[i];
        uint32_t start = run->start + run->shift, end = run->close + run->shift;
        bytes[start] = '0';
        range.end_byte = start + 1;
        range.end_point = point_of(file, start + 1);
        vec_add(&excerpt->ranges, range);
        range.start_byte = end;
        range.start_point = point_of(file, end);
    }
    range.end_byte = UINT32_MAX;
    range.end_point = (TSPoint){UINT32_MAX, UINT32_MAX};
    vec_add(&excerpt->ranges, range);
    excerpt->text = (Str){bytes, text.length};
}

static bool walk_excerpt(const Sources *sources, FileId file, Kept *kept, Facts *facts) {
    const SourceFile *source = source_file(sources, file);
    Excerpt excerpt = {0};
    make_excerpt(&excerpt, kept, source);
    TSTree *tree = parse_ranges(excerpt.text, excerpt.ranges.items, excerpt.ranges.count);
    bool good = !ts_node_has_error(ts_tree_root_node(tree));
    if (good) {
        kept_index(kept);
        Walk walk = {.facts = facts,
                     .file = source,
                     .file_id = file,
                     .text = source->text,
                     .next_statement = UINT32_MAX,
                     .star_at = UINT32_MAX,
                     .kept = kept};
        good = walk_whole(&walk, tree) && !kept->lost && kept->next == kept->runs.count;
    }
    parse_delete(tree);
    vec_release(&excerpt.ranges);
    free((char *)excerpt.text.data);
    return good;
}

bool python_extract_again(const Sources *sources, FileId file, const OldText *old, Facts *facts) {
    const SourceFile *source = source_file(sources, file);
    Arena arena = {0};
    bool plain = source->kind == SOURCE_CODE && source->code.length == 0 &&
                 parse_line_ends(&arena, source->text).data == source->text.data;
    arena_release(&arena);
    if (!plain) return false;
    Kept kept;
    kept_find(&kept, old, source->text);
    bool good = kept.runs.count > 0 && walk_excerpt(sources, file, &kept, facts);
    kept_release(&kept);
    return good;
}
