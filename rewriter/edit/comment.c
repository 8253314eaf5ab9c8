// Comments that say "the global instance" where there is one for each tenant afterwards. In: accessors and the text
// around what they replace. Out: diagnostics; a comment is a person's text, and stays.
//
// Knows no syntax: what stands between two statements, or behind one on its line, is a comment.
#include "edit/comment.h"

typedef struct Place {
    const SourceFile *file;
    FileId id;
    uint32_t start, end; // of the statement that makes the instance
} Place;

// Words in which people call it so, in lower case; of the Chinese ones any use tells.
static const char *const WORDS[] = {
    "global instance",  "global object", "singleton", "single instance",
    "the one instance", "only instance", "全局",      "单例"};

static Str lower(Arena *arena, Str text) {
    Str copy = arena_copy(arena, text);
    for (size_t i = 0; i < copy.length; i++)
        if (copy.data[i] >= 'A' && copy.data[i] <= 'Z')
            ((char *)copy.data)[i] = (char)(copy.data[i] - 'A' + 'a');
    return copy;
}

static bool claims(Str text) {
    Arena scratch = {0};
    Str low = lower(&scratch, text);
    bool found = false;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        found = found || str_find_str(low, str_from(WORDS[i])) >= 0;
    arena_release(&scratch);
    return found;
}

static void report(const Place *place, uint32_t start, uint32_t end, Str name,
                   Diagnostics *diagnostics) {
    Str text = str_trim(str_slice(place->file->text, start, end));
    if (text.length == 0 || !claims(text)) return;
    start = (uint32_t)(text.data - place->file->text.data);
    diagnostic_add(
        diagnostics, DIAGNOSTIC_W313, (Span){place->id, start, start + (uint32_t)text.length},
        "this comment speaks of one instance; '%.*s' gives each tenant its own", STR_ARG(name));
    diagnostic_help(diagnostics, "say what it is now, or delete the comment");
}

// Where the text before a statement begins: rows are in source order, so that the row before is the statement above
// it, or the one that it is in.
static uint32_t text_before(const Program *program, StatementId statement, FileId file) {
    if (statement.index < 2) return 0;
    const StatementFact *above = program_statement(program, (StatementId){statement.index - 1});
    ModuleId module = program_scope(program, above->scope)->module;
    if (program_module_file(program, module).index != file.index) return 0;
    return above->end <= program_statement(program, statement)->start ? above->end : above->start;
}

static void report_around(const Place *place, uint32_t floor, Str name, Diagnostics *diagnostics) {
    uint32_t line = source_line_start(place->file, place->start);
    while (line > 0) {
        uint32_t above = source_line_start(place->file, line - 1);
        Str text = str_trim(str_slice(place->file->text, above, line));
        if (above < floor || text.length == 0) break;
        line = above;
    }
    for (uint32_t at = line; at < source_line_start(place->file, place->start);) {
        uint32_t end = source_line_end(place->file, at);
        report(place, at, end, name, diagnostics);
        at = end + 1;
    }
    report(place, place->end, source_line_end(place->file, place->end), name, diagnostics);
}

static bool is_planned(const Plan *plan, FileId file) {
    for (uint32_t i = 0; i < plan->files.count; i++)
        if (plan->files.items[i].file.index == file.index && !plan->files.items[i].is_new)
            return true;
    return false;
}

// What an earlier run wrote still has the comment that stood there.
static void report_written(const Program *program, const Solution *solution,
                           Diagnostics *diagnostics) {
    Arena scratch = {0};
    bool *seen = arena_array(&scratch, bool, program_function_count(program) + 1);
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        if (!sink->migrated || !fact_is(sink->keeper) || seen[sink->keeper.index]) continue;
        seen[sink->keeper.index] = true;
        const FunctionFact *function = program_function(program, sink->keeper);
        FileId file = program_module_file(program, function->module);
        Place place = {source_file(program->facts->sources, file), file, function->start,
                       function->end};
        report_around(&place, text_before(program, function->statement, file),
                      program_name(program, function->name), diagnostics);
    }
    arena_release(&scratch);
}

void comments_report(const Program *program, const Solution *solution, const Plan *plan,
                     Diagnostics *diagnostics) {
    const Facts *facts = program->facts;
    report_written(program, solution, diagnostics);
    for (uint32_t i = 1; i < solution->accessors.count; i++) {
        const Accessor *accessor = &solution->accessors.items[i];
        if (!fact_is(accessor->binding) || accessor->keeps_name) continue;
        const BindingFact *binding = program_binding(program, accessor->binding);
        if (!fact_is(binding->statement)) continue;
        FileId file = program_module_file(program, program_scope(program, binding->scope)->module);
        const StatementFact *statement = program_statement(program, binding->statement);
        Place place = {source_file(facts->sources, file), file, statement->start, statement->end};
        if (is_planned(plan, file))
            report_around(&place, text_before(program, binding->statement, file), accessor->name,
                          diagnostics);
    }
}
