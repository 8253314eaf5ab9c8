// Import statements that vanish.
//
// In: the statements of a module with what is left of each. Out: whole lines taken out with the blank
// lines that go with them, or one statement of `a; b`. A block never becomes empty.
#include "python/syntax/joined.h"
#include "python/write/import.h"

static const StatementFact *fact_of(const ImportEdit *edit, StatementId id) {
    return facts_statement(edit->writing.facts, id);
}

static bool vanishes(const ImportEdit *edit, StatementId id) {
    uint32_t found;
    return map_get(&edit->removal.vanishing, id.index, &found);
}

// ---- blocks ------------------------------------------------------------------------------------------
// Two statements of the same parent and branch number may still be in different blocks (two except
// parts): then a line with less indentation stands between them.
static bool same_block(const SourceFile *file, const StatementFact *a, const StatementFact *b) {
    uint32_t from = a->start < b->start ? a->end : b->end;
    uint32_t to = a->start < b->start ? b->start : a->start;
    size_t own = source_line_indent(file, a->start).length;
    for (uint32_t at = layout_next_line(file, from); at < to; at = layout_next_line(file, at)) {
        if (layout_line_is_blank(file, at) || layout_line_is_comment(file, at)) continue;
        if (source_line_indent(file, at).length < own) return false;
    }
    return true;
}

// Tells the blocks of PARENT apart, going through its statements once.
static void find_blocks(ImportEdit *edit, StatementId parent) {
    ImportRemoval *removal = &edit->removal;
    Map last_of_branch = {0};
    StatementList children = {0};
    layout_children(edit->writing.facts, parent, &children);
    for (uint32_t i = 0; i < children.list.count; i++) {
        StatementId id = children.list.items[i];
        const StatementFact *row = fact_of(edit, id);
        uint32_t last = 0, block = removal->blocks.count;
        bool follows = map_get(&last_of_branch, row->branch, &last) &&
                       same_block(edit->writing.file, fact_of(edit, (StatementId){last}), row);
        if (follows)
            map_get(&removal->block_of, last, &block);
        else
            vec_add(&removal->blocks, ((ImportBlock){.first = id}));
        removal->blocks.items[block].left += !vanishes(edit, id);
        map_put(&removal->block_of, id.index, block);
        map_put(&last_of_branch, row->branch, id.index);
    }
    vec_release(&children.list);
    map_release(&last_of_branch);
}

static void find_gone(ImportEdit *edit) {
    const SourceFile *file = edit->writing.file;
    ImportRemoval *removal = &edit->removal;
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        const ImportStatement *statement = &edit->statements.items[i];
        if (!statement->touched || !statement->gone || statement->taken) continue;
        StatementId id = import_head(statement)->statement;
        const StatementFact *row = fact_of(edit, id);
        map_put(&removal->vanishing, id.index, 1);
        vec_add(&removal->gone, ((ImportGone){id, source_line_start(file, row->start),
                                              joined_line_end(file, row->end)}));
    }
    uint32_t known;
    for (uint32_t i = 0; i < removal->gone.count; i++) {
        StatementId id = removal->gone.items[i].statement, parent = fact_of(edit, id)->parent;
        if (fact_is(parent) && !map_get(&removal->block_of, id.index, &known))
            find_blocks(edit, parent);
    }
}

typedef struct Standing {
    bool first; // nothing of its block stands above it
    bool alone; // nothing else of its block is left
} Standing;

// The module has no block that could become empty.
static Standing standing_of(const ImportEdit *edit, StatementId self) {
    uint32_t at;
    if (!map_get(&edit->removal.block_of, self.index, &at)) return (Standing){false, false};
    const ImportBlock *block = &edit->removal.blocks.items[at];
    uint32_t others = block->left - !vanishes(edit, self);
    return (Standing){.first = fact_same(block->first, self), .alone = others == 0};
}

// ---- statements of one line ----------------------------------------------------------------------------
// Where the next statement of the line starts; 0 when there is none. *END is behind a ';' at the end.
static uint32_t next_on_line(const SourceFile *file, uint32_t *end) {
    uint32_t at = joined_skip_blanks(file->text, *end);
    if (at >= file->text.length || file->text.data[at] != ';') return 0;
    *end = at + 1;
    at = joined_skip_blanks(file->text, at + 1);
    return layout_rest_is_blank(file, at) ? 0 : at;
}

// The statement right before or after SELF on its line; rows are in source order.
static StatementId neighbour(const ImportEdit *edit, StatementId self, bool before) {
    const Facts *facts = edit->writing.facts;
    StatementId other = {before ? self.index - 1 : self.index + 1};
    if (other.index == 0 || other.index >= facts->statements.count) return FACT_NONE(StatementId);
    const StatementFact *left = fact_of(edit, before ? other : self);
    const StatementFact *right = fact_of(edit, before ? self : other);
    uint32_t end = left->end;
    bool same = fact_same(left->scope, right->scope) && fact_same(left->parent, right->parent) &&
                left->start < right->start &&
                next_on_line(edit->writing.file, &end) == right->start;
    return same ? other : FACT_NONE(StatementId);
}

// The last of the statements from SELF on that vanish together on one line.
static StatementId last_of_line(const ImportEdit *edit, StatementId self, bool *reaches_end) {
    for (;;) {
        StatementId next = neighbour(edit, self, false);
        *reaches_end = !fact_is(next);
        if (!fact_is(next) || !vanishes(edit, next)) return self;
        self = next;
    }
}

static uint32_t end_with_semicolon(const ImportEdit *edit, StatementId id) {
    uint32_t end = fact_of(edit, id)->end;
    next_on_line(edit->writing.file, &end);
    return end;
}

// ---- whole lines ---------------------------------------------------------------------------------------
// A stretch of lines on which nothing is left.
typedef struct Lines {
    StatementId first;
    uint32_t start, end;
} Lines;

// The lines of SELF; false when something else stands there or a `pass` must. SELF is the first of its
// line.
static bool whole_line(const ImportEdit *edit, StatementId self, Lines *lines) {
    const SourceFile *file = edit->writing.file;
    bool reaches_end;
    StatementId last = last_of_line(edit, self, &reaches_end);
    Standing standing = standing_of(edit, self);
    *lines = (Lines){self, fact_of(edit, self)->start, end_with_semicolon(edit, last)};
    return reaches_end && !(standing.first && standing.alone) &&
           layout_first_on_line(file, lines->start) && 
           layout_rest_is_blank(file, joined_skip_blanks(file->text, lines->end));
}

static uint32_t place_of(const ImportGone *gone, bool end) {
    return end ? gone->line_end : gone->line_start;
}

// The whole lines whose text comes next below LINES / ends right above it.
static bool adjacent(const ImportEdit *edit, const Lines *lines, bool above, Lines *found) {
    const SourceFile *file = edit->writing.file;
    uint32_t text;
    bool has = above ? layout_previous_text(file, lines->start, &text)
                     : layout_next_text(file, lines->end, &text);
    if (!has) return false;
    const ImportRemoval *removal = &edit->removal;
    uint32_t low = 0;
    for (uint32_t high = removal->gone.count; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (place_of(&removal->gone.items[middle], above) < text)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < removal->gone.count && place_of(&removal->gone.items[low], above) == text; low++)
        if (whole_line(edit, removal->gone.items[low].statement, found)) return true;
    return false;
}

// Takes out LINES, with new imports going in at the line end INSERTED_AT among them.
static void remove_around(const ImportEdit *edit, const Lines *lines, uint32_t inserted_at) {
    const SourceFile *file = edit->writing.file;
    uint32_t above = source_line_start(file, lines->start);
    if (above > 0) above = source_line_end(file, source_line_start(file, above - 1));
    write_replace(&edit->writing, above, inserted_at, STR_NONE);
    uint32_t end = joined_line_end(file, lines->end);
    if (inserted_at < end) write_replace(&edit->writing, inserted_at, end, STR_NONE);
}

static void remove_lines(const ImportEdit *edit, const Lines *first, uint32_t inserted_at) {
    const SourceFile *file = edit->writing.file;
    Lines all = *first, more;
    if (adjacent(edit, first, true, &more)) return; // that one takes these along
    while (adjacent(edit, &all, false, &more)) all.end = more.end;
    if (inserted_at > 0 && source_line_start(file, all.start) <= inserted_at &&
        inserted_at <= joined_line_end(file, all.end)) {
        remove_around(edit, &all, inserted_at);
        return;
    }
    uint32_t above;
    bool comment =
        layout_previous_text(file, all.start, &above) && layout_line_is_comment(file, above);
    bool opens_block = !comment && standing_of(edit, all.first).first;
    layout_remove_lines(&edit->writing, all.start, all.end, opens_block);
}

// ---- one statement ---------------------------------------------------------------------------------------
static void remove_statement(const ImportEdit *edit, StatementId self, uint32_t inserted_at) {
    const StatementFact *own = fact_of(edit, self);
    StatementId before = neighbour(edit, self, true), after = neighbour(edit, self, false);
    if (fact_is(before) && vanishes(edit, before)) {
        bool reaches_end;
        last_of_line(edit, self, &reaches_end);
        if (reaches_end) return; // the first of them takes the rest along
    }
    bool reaches_end;
    StatementId last = last_of_line(edit, self, &reaches_end);
    Lines lines;
    if (!reaches_end) {
        write_replace(&edit->writing, own->start, fact_of(edit, after)->start, STR_NONE);
    } else if (fact_is(before)) {
        write_replace(&edit->writing, fact_of(edit, before)->end, end_with_semicolon(edit, last),
                      STR_NONE);
    } else if (whole_line(edit, self, &lines)) {
        remove_lines(edit, &lines, inserted_at);
    } else {
        write_replace(&edit->writing, own->start, fact_of(edit, last)->end, STR("pass"));
    }
}

void import_remove_gone(ImportEdit *edit, uint32_t inserted_at) {
    ImportRemoval *removal = &edit->removal;
    find_gone(edit);
    for (uint32_t i = 0; i < removal->gone.count; i++)
        remove_statement(edit, removal->gone.items[i].statement, inserted_at);
    vec_release(&removal->gone);
    vec_release(&removal->blocks);
    map_release(&removal->vanishing);
    map_release(&removal->block_of);
}
