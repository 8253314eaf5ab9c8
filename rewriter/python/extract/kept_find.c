// Which statements of an old text are kept. In: their rows, the changes. Out: runs of statements on lines of their own
// that no change touches, as large as they can be.
#include "python/extract/kept.h"

enum { LEAST_BYTES = 24 }; // a gap costs about as much as a short statement

typedef struct Search {
    Kept *kept;
    const SourceFile *file; // the old one
    Str text;               // the new one
    uint32_t change;        // the first that does not end before the place looked at
    uint32_t shift;         // of what lies before it
} Search;

static const StatementFact *statement_at(const Kept *kept, uint32_t row) {
    return &kept->old->facts->statements.items[row];
}

// To the changes from OFFSET on; offsets never fall.
static void go_to(Search *search, uint32_t offset) {
    const OldText *old = search->kept->old;
    while (search->change < old->change_count && old->changes[search->change].end < offset) {
        const TextChange *change = &old->changes[search->change++];
        search->shift += change->length - (change->end - change->start);
    }
}

// Does a change touch [START, END], of which START is not before the place of the search?
static bool is_touched(Search *search, uint32_t start, uint32_t end) {
    const OldText *old = search->kept->old;
    go_to(search, start);
    return search->change < old->change_count && old->changes[search->change].start <= end;
}

// The first row behind ROW that is not inside it.
static uint32_t row_behind(const Kept *kept, uint32_t row) {
    uint32_t end = statement_at(kept, row)->end, next = row + 1;
    while (next < kept->statements.end && statement_at(kept, next)->start < end) next++;
    return next;
}

// `elif` is a row, and no statement of a block.
static bool is_clause(const Search *search, const StatementFact *row) {
    return row->kind == STATEMENT_IF &&
           str_starts_with(str_slice(search->file->text, row->start, row->end), STR("elif"));
}

// What the rows from FIRST to END say of more than themselves: classes, whose flags resolution adds to, and names that
// are declared for the function around.
static bool reaches_out(const Kept *kept, uint32_t first, uint32_t end) {
    ScopeId scope = statement_at(kept, first)->scope;
    for (uint32_t i = first; i < end; i++) {
        const StatementFact *row = statement_at(kept, i);
        if (row->kind == STATEMENT_CLASS) return true;
        if (row->kind == STATEMENT_SCOPE && fact_same(row->scope, scope)) return true;
    }
    return false;
}

static bool can_be_kept(Search *search, uint32_t row, uint32_t end) {
    const StatementFact *statement = statement_at(search->kept, row);
    uint32_t line = source_line_start(search->file, statement->start);
    if (statement->shares_line || is_clause(search, statement)) return false;
    if (is_touched(search, line, source_line_end(search->file, statement->end))) return false;
    uint32_t length = statement->end - statement->start, at = statement->start + search->shift;
    return at <= search->text.length && length <= search->text.length - at &&
           memcmp(search->file->text.data + statement->start, search->text.data + at, length) == 0 &&
           !reaches_out(search->kept, row, end);
}

// Blanks and comments: no header of another block, as that of the second `except`, whose blocks have one number.
static bool is_gap(Str text) {
    for (size_t at = 0; at < text.length;) {
        ptrdiff_t length = str_find(str_slice(text, at, text.length), '\n');
        size_t end = length < 0 ? text.length : at + (size_t)length;
        Str line = str_trim(str_slice(text, at, end));
        if (line.length > 0 && line.data[0] != '#') return false;
        at = end + 1;
    }
    return true;
}

static bool follows(const Search *search, const KeptRun *run, uint32_t row) {
    const StatementFact *last = statement_at(search->kept, run->first), *next = statement_at(search->kept, row);
    return run->end == row && run->change == search->change && fact_same(last->parent, next->parent) &&
           last->branch == next->branch && is_gap(str_slice(search->file->text, run->close, next->start));
}

static void add_statement(Search *search, uint32_t row, uint32_t end) {
    Kept *kept = search->kept;
    const StatementFact *statement = statement_at(kept, row);
    if (kept->runs.count > 0 && follows(search, vec_last(&kept->runs), row)) {
        vec_last(&kept->runs)->end = end;
        vec_last(&kept->runs)->close = statement->end;
        return;
    }
    vec_add(&kept->runs,
            ((KeptRun){row, end, statement->start, statement->end, search->change, search->shift}));
}

static void drop_short_runs(Kept *kept) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < kept->runs.count; i++) {
        KeptRun run = kept->runs.items[i];
        if (run.close - run.start >= LEAST_BYTES) kept->runs.items[count++] = run;
    }
    kept->runs.count = count;
}

// Is there a joined line at a change, or above it? Where one begins with white space, the scanner of the grammar adds up
// the indentation of both lines, and all that follows is measured by it.
static bool joins_lines(const OldText *old, const SourceFile *file, Str text) {
    uint32_t shift = 0, seen = 0; // what lies before SEEN was looked at: a line may have any number of changes
    for (uint32_t i = 0; i < old->change_count; i++) {
        const TextChange *change = &old->changes[i];
        uint32_t line = source_line_start(file, change->start);
        uint32_t start = (line > 0 ? source_line_start(file, line - 1) : 0) + shift;
        uint32_t stop = change->start + shift + change->length;
        uint32_t at = start > seen ? start : seen;
        for (; at < text.length && (at < stop || text.data[at] != '\n'); at++)
            if (text.data[at] == '\\' && (at + 1 == text.length || text.data[at + 1] == '\n' || text.data[at + 1] == '\r'))
                return true;
        seen = at > seen ? at : seen;
        shift += change->length - (change->end - change->start);
    }
    return false;
}

void kept_find(Kept *kept, const OldText *old, Str text) {
    const Facts *facts = old->facts;
    kept_open(kept, old);
    Search search = {.kept = kept,
                     .file = source_file(facts->sources, facts_module_file(facts, old->module)),
                     .text = text};
    if (joins_lines(old, search.file, text)) return;
    for (uint32_t row = kept->statements.first; row < kept->statements.end;) {
        uint32_t end = row_behind(kept, row);
        bool keeps = can_be_kept(&search, row, end);
        if (keeps) add_statement(&search, row, end);
        row = keeps ? end : row + 1;
    }
    drop_short_runs(kept);
}

void kept_release(Kept *kept) {
    for (uint32_t i = 0; i < KEPT_TABLE_COUNT; i++) free(kept->rows[i]);
    vec_release(&kept->runs);
    map_release(&kept->names);
}
