// The driver of the walk: parse a file, walk its tree once, hand over the tables. In: one file's
// text. Out: facts, or one E104 and empty tables. Must never touch another file or print.
#include "python/extract/extract.h"

#include "python/syntax/parse.h"
#include "python/pattern/pattern.h"
#include "python/python.h"

static Node root_node(const TSTree *tree) {
    TSNode root = ts_tree_root_node(tree);
    return (Node){root, ts_node_start_byte(root), ts_node_end_byte(root), kinds_of_node(root),
                  FIELD_NONE};
}

static void walk_release(Walk *walk) {
    vec_release(&walk->nodes);
    vec_release(&walk->last_symbols);
}

static void walk_module(Walk *walk, Node root) {
    module_start(walk);
    walk_block(walk, root, FACT_NONE(StatementId), 0);
    module_finish(walk);
}

static void report_failure(const Walk *walk, Diagnostics *diagnostics) {
    Span span = {walk->file_id, walk->failure_start, walk->failure_end};
    uint32_t line_end = source_line_end(walk->file, span.start);
    if (span.end > line_end) span.end = line_end;
    diagnostic_add(diagnostics, DIAGNOSTIC_E104, span, "'%.*s' does not parse: %s",
                   STR_ARG(walk->file->path), walk->failure);
    diagnostic_help(diagnostics,
                    "the file is left alone and its calls are not seen; correct it, or "
                    "exclude it to silence this");
}

bool walk_whole(Walk *walk, const TSTree *tree) {
    walk_module(walk, root_node(tree));
    walk_release(walk);
    return walk->failure == NULL;
}

static bool walk_tree(Walk *walk, const TSTree *tree, const PatternProgram *patterns,
                      Diagnostics *diagnostics) {
    if (parse_report_errors(tree, walk->file, walk->file_id, diagnostics)) return false;
    if (walk_whole(walk, tree)) {
        if (patterns) extract_matches(walk, patterns, tree);
        return true;
    }
    report_failure(walk, diagnostics);
    const Sources *sources = walk->facts->sources;
    facts_release(walk->facts);
    facts_init(walk->facts, sources);
    return false;
}

bool python_extract(const Sources *sources, FileId file, const PatternProgram *patterns,
                    Facts *facts, Diagnostics *diagnostics) {
    const SourceFile *source = source_file(sources, file);
    Arena arena = {0};
    Walk walk = {.facts = facts,
                 .file = source,
                 .file_id = file,
                 .text = parse_line_ends(&arena, source->code.length ? source->code : source->text),
                 .next_statement = UINT32_MAX,
                 .star_at = UINT32_MAX};
    TSTree *tree = parse_text(walk.text);
    bool done = walk_tree(&walk, tree, patterns, diagnostics);
    parse_delete(tree);
    arena_release(&arena);
    return done;
}
