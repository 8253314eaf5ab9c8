// Suppression comments: what they stand for.
// Comes in: Solution.ignores, sinks, diagnostics. Goes out: sinks that are left alone because a person
// said so, and fewer diagnostics; W714 for a comment that does nothing. A comment concerns the
// statement it stands at: behind it on the line, or alone on a line above it. A compound statement is
// its header only; a statement of several lines is one.
#include <stdlib.h>

#include "base/bug.h"
#include "solve/solver.h"

static bool is_compound(const StatementFact *statement) {
    switch (statement->kind) {
    case STATEMENT_IF:
    case STATEMENT_LOOP:
    case STATEMENT_WHILE:
    case STATEMENT_TRY:
    case STATEMENT_WITH:
    case STATEMENT_FUNCTION:
    case STATEMENT_CLASS:
    case STATEMENT_MATCH: return true;
    case STATEMENT_OTHER:
    case STATEMENT_EXPRESSION:
    case STATEMENT_ASSIGN:
    case STATEMENT_RETURN:
    case STATEMENT_IMPORT:
    case STATEMENT_SCOPE:
    case STATEMENT_PASS:
    case STATEMENT_RAISE:
    case STATEMENT_ASSERT:
    case STATEMENT_JUMP:
    case STATEMENT_DELETE: break;
    }
    return false;
}

// ---- which statements ----------------------------------------------------------------------------------
// Rows are in source order, module by module.
static void index_statements(Solver *solver) {
    const Program *program = solver->program;
    IgnoreIndex *index = &solver->ignore_index;
    uint32_t modules = program_module_count(program), module = 0;
    index->first_statement = memory_alloc_zeroed(modules + 1, sizeof *index->first_statement);
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        uint32_t own = program_scope(program, program_statement(program, (StatementId){i})->scope)
                           ->module.index;
        while (module < own) index->first_statement[++module] = i;
    }
    while (module < modules) index->first_statement[++module] = program_statement_count(program);
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (fact_is(program_function(program, (FunctionId){i})->statement))
            map_put(&index->functions, program_function(program, (FunctionId){i})->statement.index,
                    i);
}

// The first statement of MODULE that starts at or after OFFSET; the end of its range when none does.
static uint32_t first_from(const Solver *solver, ModuleId module, uint32_t offset) {
    uint32_t low = solver->ignore_index.first_statement[module.index];
    uint32_t high = solver->ignore_index.first_statement[module.index + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (program_statement(solver->program, (StatementId){middle})->start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The innermost statement around OFFSET; none when there is none.
static StatementId innermost(const Solver *solver, ModuleId module, uint32_t offset) {
    const Program *program = solver->program;
    uint32_t at = first_from(solver, module, offset + 1);
    if (at == solver->ignore_index.first_statement[module.index]) return FACT_NONE(StatementId);
    StatementId around = {at - 1};
    while (fact_is(around) && program_statement(program, around)->end <= offset)
        around = program_statement(program, around)->parent;
    return around;
}

static uint32_t header_end(const Solver *solver, StatementId statement) {
    uint32_t function = 0;
    map_get(&solver->ignore_index.functions, statement.index, &function);
    return function ? program_function(solver->program, (FunctionId){function})->header_end : 0;
}

// ---- what an id names, and where -------------------------------------------------------------------------
static uint32_t selector_of_family(const Solver *solver, Family family) {
    return solver->program->rules->sinks.count + 1 + (uint32_t)family;
}

static uint32_t selector_of_code(const Solver *solver, DiagnosticCode code) {
    return selector_of_family(solver, FAMILY_MOST) + (uint32_t)code;
}

static uint32_t place_of_file(const Solver *solver, FileId file) {
    return program_statement_count(solver->program) + file.index;
}

static void add_target(Solver *solver, uint32_t ignore, uint32_t place, uint32_t selector) {
    IgnoreIndex *index = &solver->ignore_index;
    uint64_t key = map_key(place, selector);
    vec_add(&index->targets, ((IgnoreTarget){.ignore = ignore}));
    uint32_t last = 0;
    if (map_get(&index->last, key, &last))
        index->targets.items[last - 1].next = index->targets.count;
    else
        map_put(&index->first, key, index->targets.count);
    map_put(&index->last, key, index->targets.count);
}

static void add_place(Solver *solver, uint32_t index, uint32_t place) {
    const Ignore *ignore = &solver->solution->ignores.items[index];
    if (ignore->rule) add_target(solver, index, place, ignore->rule);
    if (ignore->has_family)
        add_target(solver, index, place, selector_of_family(solver, ignore->family));
    if (ignore->has_code) add_target(solver, index, place, selector_of_code(solver, ignore->code));
}

static void add_statement(Solver *solver, uint32_t index, StatementId statement) {
    if (fact_is(statement)) add_place(solver, index, statement.index);
}

static void add_statement_below(Solver *solver, uint32_t index, const Ignore *ignore) {
    const Program *program = solver->program;
    StatementId around = innermost(solver, ignore->module, ignore->comment.start);
    const StatementFact *statement = program_statement(program, around);
    bool inside = fact_is(around) && (!is_compound(statement) ||
                                      ignore->comment.start < header_end(solver, around));
    if (!inside) {
        around = (StatementId){first_from(solver, ignore->module, ignore->comment.end)};
        if (around.index == solver->ignore_index.first_statement[ignore->module.index + 1]) return;
    }
    add_statement(solver, index, around);
}

static void add_statements_of_line(Solver *solver, uint32_t index, const Ignore *ignore) {
    const Program *program = solver->program;
    const SourceFile *file = source_file(program->facts->sources, ignore->comment.file);
    uint32_t start = source_line_start(file, ignore->comment.start);
    uint32_t end = source_line_end(file, ignore->comment.start);
    uint32_t last = solver->ignore_index.first_statement[ignore->module.index + 1];
    bool found = false;
    StatementId before = innermost(solver, ignore->module, start);
    const StatementFact *reaching = program_statement(program, before);
    if (fact_is(before) && reaching->start < start && !is_compound(reaching)) {
        add_statement(solver, index, before);
        found = true;
    }
    for (uint32_t i = first_from(solver, ignore->module, start);
         i < last && program_statement(program, (StatementId){i})->start < end; i++) {
        add_statement(solver, index, (StatementId){i});
        found = true;
    }
    if (!found)
        add_statement(solver, index, innermost(solver, ignore->module, ignore->comment.start));
}

static bool stands_alone(const Program *program, const Ignore *ignore) {
    const SourceFile *file = source_file(program->facts->sources, ignore->comment.file);
    uint32_t start = source_line_start(file, ignore->comment.start);
    Str before = str_trim(str_slice(file->text, start, ignore->comment.start));
    return !before.length || before.data[0] == '#';
}

void solver_read_ignores(Solver *solver) {
    Solution *solution = solver->solution;
    *vec_push(&solution->ignores) = (Ignore){0};
    for (uint32_t i = 1; i < program_directive_count(solver->program); i++) {
        const DirectiveFact *row = program_directive(solver->program, (DirectiveId){i});
        if (!solver->runtime_module[row->module.index]) ignore_parse(solver, row);
    }
    if (solution->ignores.count < 2) return;
    index_statements(solver);
    for (uint32_t i = 1; i < solution->ignores.count; i++) {
        const Ignore *ignore = &solution->ignores.items[i];
        map_put(&solver->ignore_index.modules, ignore->comment.file.index, ignore->module.index);
        if (ignore->whole_file)
            add_place(solver, i, place_of_file(solver, ignore->comment.file));
        else if (stands_alone(solver->program, ignore))
            add_statement_below(solver, i, ignore);
        else
            add_statements_of_line(solver, i, ignore);
    }
}

void solver_release_ignores(Solver *solver) {
    IgnoreIndex *index = &solver->ignore_index;
    vec_release(&index->targets);
    map_release(&index->first);
    map_release(&index->last);
    map_release(&index->modules);
    map_release(&index->functions);
    free(index->first_statement);
}

// The first of those that name SELECTOR at PLACE, as an index into targets plus 1; 0 when there is none.
static uint32_t first_target(const Solver *solver, uint32_t place, uint32_t selector) {
    uint32_t target = 0;
    map_get(&solver->ignore_index.first, map_key(place, selector), &target);
    return target;
}

// ---- sinks -----------------------------------------------------------------------------------------------
// 1 + index of the rule that names the sink; 0 for a singleton that was found.
static uint32_t rule_of(const Solver *solver, const Sink *sink) {
    return sink->accessor ? solver->solution->accessors.items[sink->accessor].rule : sink->rule + 1;
}

static StatementId statement_of(const Solver *solver, const Sink *sink) {
    return fact_is(sink->expr) ? program_expr(solver->program, sink->expr)->statement
                               : program_function(solver->program, sink->function)->statement;
}

// The first comment that names the sink.
static uint32_t find_ignore(const Solver *solver, const Sink *sink) {
    const Program *program = solver->program;
    StatementId statement = statement_of(solver, sink);
    ModuleId module = program_scope(program, program_statement(program, statement)->scope)->module;
    FileId file = program_module_file(program, module);
    const uint32_t places[] = {statement.index, place_of_file(solver, file)};
    const uint32_t selectors[] = {rule_of(solver, sink), selector_of_family(solver, sink->family)};
    uint32_t found = 0;
    for (int p = 0; p < 2; p++) {
        for (int s = 0; s < 2; s++) {
            uint32_t target = selectors[s] ? first_target(solver, places[p], selectors[s]) : 0;
            if (!target) continue;
            uint32_t ignore = solver->ignore_index.targets.items[target - 1].ignore;
            if (!found || ignore < found) found = ignore;
        }
    }
    return found;
}

void solver_ignore_sinks(Solver *solver) {
    Solution *solution = solver->solution;
    if (solution->ignores.count < 2) return;
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        Sink *sink = &solution->sinks.items[i];
        sink->ignore = find_ignore(solver, sink);
        if (!sink->ignore) continue;
        sink->outcome = OUTCOME_IGNORED;
        sink->code = (DiagnosticCode)0;
        sink->keeps_text = true;
    }
}

// ---- diagnostics -----------------------------------------------------------------------------------------
static bool use_targets(Solver *solver, uint32_t target) {
    bool any = target != 0;
    while (target) {
        const IgnoreTarget *row = &solver->ignore_index.targets.items[target - 1];
        solver->solution->ignores.items[row->ignore].used = true;
        target = row->next;
    }
    return any;
}

static bool is_ignored(Solver *solver, const Diagnostic *diagnostic) {
    uint32_t module = 0, code = selector_of_code(solver, diagnostic->code);
    FileId file = diagnostic->span.file;
    if (!map_get(&solver->ignore_index.modules, file.index, &module)) return false;
    StatementId statement = innermost(solver, (ModuleId){module}, diagnostic->span.start);
    if (!fact_is(statement)) return false;
    bool here = use_targets(solver, first_target(solver, statement.index, code));
    return use_targets(solver, first_target(solver, place_of_file(solver, file), code)) || here;
}

// With --types, whoever names another family has nothing to say today.
static bool may_be_used(const Solver *solver, const Ignore *ignore) {
    uint32_t selected = solver->options->families;
    if (ignore->has_code) return selected == UINT32_MAX;
    return (ignore->has_family && (selected & (1u << ignore->family))) ||
           (ignore->rule &&
            (selected & (1u << solver->program->rules->sinks.items[ignore->rule - 1].family)));
}

static void report_unused(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < solver->solution->ignores.count; i++) {
        const Ignore *ignore = &solver->solution->ignores.items[i];
        if (ignore->used || !may_be_used(solver, ignore)) continue;
        Str id = program_text(program, ignore->module, ignore->id.start, ignore->id.end);
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W714, ignore->id,
                       "nothing here is ignored by '%.*s'", STR_ARG(id));
        diagnostic_help(solver->diagnostics, "take it out, or move it to the statement it is for");
    }
}

void solver_apply_ignores(Solver *solver, uint32_t first) {
    Solution *solution = solver->solution;
    Diagnostics *diagnostics = solver->diagnostics;
    if (solution->ignores.count < 2) return;
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        solution->ignores.items[solution->sinks.items[i].ignore].used = true;
    uint32_t kept = first;
    for (uint32_t i = first; i < diagnostics->list.count; i++)
        if (!is_ignored(solver, &diagnostics->list.items[i]))
            diagnostics->list.items[kept++] = diagnostics->list.items[i];
    diagnostics->list.count = kept;
    report_unused(solver);
}
