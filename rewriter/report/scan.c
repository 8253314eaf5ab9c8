// The rows of `weft scan`. In: facts and a solution. Out: one row a sink, with the symbol that the
// access really means. Knows no output format.
#include "report/scan.h"

#include "base/bug.h"
#include "program/name.h"

void scan_release(ScanRows *rows) { vec_release(&rows->list); }

// The definition that the sink's name leads to; none when its rule is the only one to know.
static SymbolId sink_definition(const Program *program, const Solution *solution,
                                const Sink *sink) {
    if (sink->accessor != 0) return solution->accessors.items[sink->accessor].symbol;
    ExprId expr = sink->expr;
    if (sink->migrated && sink->rule != SINK_FOUND) {
        const SinkRule *rule = &program->rules->sinks.items[sink->rule];
        if (rule->kind != SINK_QUERY && rule->kind != SINK_CONSTRUCT) return FACT_NONE(SymbolId);
        if (rule->kind == SINK_QUERY) // scoped(Model, context)
            expr = program_argument(program, (ArgumentId){program_call(program, sink->call)->first_argument})->value;
    }
    if (fact_is(sink->call) && fact_same(expr, sink->expr)) expr = program_call(program, sink->call)->callee;
    if (expr.index >= program->facts->expr_symbols.count) return FACT_NONE(SymbolId);
    SymbolId symbol = program_symbol_of(program, expr);
    if (!fact_is(symbol) || symbol.index >= program->facts->symbol_definitions.count)
        return FACT_NONE(SymbolId);
    return program_definition_of(program, symbol);
}

static const SinkRule *sink_rule(const Rules *rules, const Solution *solution, const Sink *sink) {
    uint32_t index = sink->rule;
    if (index == SINK_FOUND) return NULL;
    if (sink->accessor != 0) {
        uint32_t named = solution->accessors.items[sink->accessor].rule;
        if (named == 0) return NULL;
        index = named - 1;
    }
    BUG_UNLESS(index < rules->sinks.count);
    return &rules->sinks.items[index];
}

// What an accessor was before it was one, as far as its name tells: get_isolated_store -> store.
static Str name_before(Arena *arena, const Program *program, FunctionId accessor) {
    const FunctionFact *row = program_function(program, accessor);
    Str name = program_name(program, row->name), prefix = STR("get_isolated_");
    if (str_starts_with(name, prefix)) name = str_slice(name, prefix.length, name.length);
    Str module = program_name(program, program_module(program, row->module)->name);
    return arena_format(arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(name));
}

// What is shown of the line of an access: all of it, or what is around the access where a program wrote the line, which
// can be as long as the file and as full of accesses.
static Str shown_line(Arena *arena, const SourceFile *file, uint32_t offset) {
    enum { MOST = 300, BEFORE = 80 };
    uint32_t start = source_line_start(file, offset), end = source_line_end(file, offset);
    Str line = str_trim(str_slice(file->text, start, end));
    if (line.length <= MOST) return line;
    uint32_t from = offset > start + BEFORE ? offset - BEFORE : start;
    uint32_t to = end > from + MOST ? from + MOST : end;
    while (from < offset && ((unsigned char)file->text.data[from] & 0xC0) == 0x80) from++;
    while (to < end && to > offset && ((unsigned char)file->text.data[to] & 0xC0) == 0x80) to--;
    return arena_format(arena, "%s%.*s%s", from > start ? "..." : "",
                        STR_ARG(str_trim(str_slice(file->text, from, to))), to < end ? "..." : "");
}

static void add_row(Arena *arena, const Program *program, const Solution *solution, uint32_t index,
                    ScanRows *rows) {
    const Sink *sink = &solution->sinks.items[index];
    Span span = sink_span(program, sink);
    const SourceFile *file = source_file(program->facts->sources, span.file);
    const SinkRule *rule = sink_rule(program->rules, solution, sink);
    SymbolId definition = sink_definition(program, solution, sink);
    ScanRow row = {.sink = index, .path = file->path, .family = sink->family};
    row.at = source_line_column(file, span.start);
    row.line = shown_line(arena, file, span.start);
    if (rule != NULL) {
        row.rule = rule->id;
        row.pack = rules_pack_at(program->rules, rule->span);
    }
    row.migrated = sink->migrated;
    row.ignored = outcome_row(sink->outcome)->accepted;
    if (row.ignored) row.reason = solution->ignores.items[sink->ignore].reason;
    if (sink->migrated && sink->rule == SINK_FOUND)
        row.symbol = name_before(arena, program, sink->keeper);
    else if (fact_is(definition))
        row.symbol = program_symbol_name(arena, program, definition);
    else if (rule != NULL)
        row.symbol = rule->target.text;
    vec_add(&rows->list, row);
}

static int compare_rows(const void *left, const void *right) {
    const ScanRow *a = left, *b = right;
    int order = str_compare(a->path, b->path);
    if (order != 0) return order;
    if (a->at.line != b->at.line) return a->at.line < b->at.line ? -1 : 1;
    if (a->at.column != b->at.column) return a->at.column < b->at.column ? -1 : 1;
    order = str_compare(a->rule, b->rule);
    return order != 0 ? order : str_compare(a->symbol, b->symbol);
}

void scan_build(Arena *arena, const Program *program, const Solution *solution, bool all, ScanRows *rows) {
    *rows = (ScanRows){.families = &program->rules->families};
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        if (all || !sink_is_done(&solution->sinks.items[i])) add_row(arena, program, solution, i, rows);
    if (rows->list.count == 0) return;
    qsort(rows->list.items, rows->list.count, sizeof *rows->list.items, compare_rows);
    for (uint32_t i = 0; i < rows->list.count; i++) {
        const ScanRow *row = &rows->list.items[i];
        rows->by_family[row->family]++;
        rows->files += i == 0 || !str_equal(row->path, row[-1].path);
    }
}
