// Suppression comments: what they stand for.
// Comes in: Solution.ignores, sinks, diagnostics. Goes out: sinks that are left alone because a person
// said so, and fewer diagnostics; W714 for a comment that does nothing. A comment concerns the
// statement it stands at: behind it on the line, or alone on a line above it. A compound statement is
// its header only; a statement of several lines is one.
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
static ModuleId module_of(const Facts *facts, const StatementFact *statement) {
    return facts_scope(facts, statement->scope)->module;
}

// The innermost statement around OFFSET; none when there is none.
static StatementId innermost(const Facts *facts, ModuleId module, uint32_t offset) {
    StatementId found = {0};
    for (uint32_t i = 1; i < facts->statements.count; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (statement->start <= offset && offset < statement->end &&
            fact_same(module_of(facts, statement), module) &&
            (!fact_is(found) || facts_statement(facts, found)->start <= statement->start))
            found = (StatementId){i};
    }
    return found;
}

static StatementId next_statement(const Facts *facts, ModuleId module, uint32_t offset) {
    StatementId found = {0};
    for (uint32_t i = 1; i < facts->statements.count; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (statement->start < offset || !fact_same(module_of(facts, statement), module)) continue;
        if (!fact_is(found) || statement->start < facts_statement(facts, found)->start)
            found = (StatementId){i};
    }
    return found;
}

static uint32_t header_end(const Facts *facts, StatementId statement) {
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (fact_same(facts->functions.items[i].statement, statement))
            return facts->functions.items[i].header_end;
    return 0;
}

static void add_target(Solver *solver, uint32_t ignore, StatementId statement) {
    if (fact_is(statement))
        vec_add(&solver->ignore_targets, ((IgnoreTarget){statement, ignore}));
}

static void add_target_below(Solver *solver, uint32_t index, const Ignore *ignore) {
    const Facts *facts = solver->facts;
    StatementId around = innermost(facts, ignore->module, ignore->comment.start);
    const StatementFact *statement = facts_statement(facts, around);
    bool inside = fact_is(around) && (!is_compound(statement) ||
                                      ignore->comment.start < header_end(facts, around));
    add_target(solver, index,
               inside ? around : next_statement(facts, ignore->module, ignore->comment.end));
}

static void add_targets_of_line(Solver *solver, uint32_t index, const Ignore *ignore) {
    const Facts *facts = solver->facts;
    const SourceFile *file = source_file(facts->sources, ignore->comment.file);
    uint32_t start = source_line_start(file, ignore->comment.start);
    uint32_t end = source_line_end(file, ignore->comment.start), before = solver->ignore_targets.count;
    for (uint32_t i = 1; i < facts->statements.count; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (statement->start >= end || statement->end <= start) continue;
        if (is_compound(statement) && statement->start < start) continue;
        if (fact_same(module_of(facts, statement), ignore->module))
            add_target(solver, index, (StatementId){i});
    }
    if (solver->ignore_targets.count == before)
        add_target(solver, index, innermost(facts, ignore->module, ignore->comment.start));
}

static bool stands_alone(const Facts *facts, const Ignore *ignore) {
    const SourceFile *file = source_file(facts->sources, ignore->comment.file);
    uint32_t start = source_line_start(file, ignore->comment.start);
    Str before = str_trim(str_slice(file->text, start, ignore->comment.start));
    return !before.length || before.data[0] == '#';
}

void solver_read_ignores(Solver *solver) {
    Solution *solution = solver->solution;
    *vec_push(&solution->ignores) = (Ignore){0};
    for (uint32_t i = 1; i < solver->facts->directives.count; i++) {
        const DirectiveFact *row = &solver->facts->directives.items[i];
        if (!solver->runtime_module[row->module.index]) ignore_parse(solver, row);
    }
    for (uint32_t i = 1; i < solution->ignores.count; i++) {
        const Ignore *ignore = &solution->ignores.items[i];
        if (ignore->whole_file)
            continue;
        else if (stands_alone(solver->facts, ignore))
            add_target_below(solver, i, ignore);
        else
            add_targets_of_line(solver, i, ignore);
    }
}

static bool concerns(const Solver *solver, uint32_t index, StatementId statement) {
    const Ignore *ignore = &solver->solution->ignores.items[index];
    const StatementFact *row = facts_statement(solver->facts, statement);
    if (ignore->whole_file) return fact_same(module_of(solver->facts, row), ignore->module);
    for (uint32_t i = 0; i < solver->ignore_targets.count; i++) {
        const IgnoreTarget *target = &solver->ignore_targets.items[i];
        if (target->ignore == index && fact_same(target->statement, statement)) return true;
    }
    return false;
}

// ---- sinks -----------------------------------------------------------------------------------------------
// 1 + index of the rule that names the sink; 0 for a singleton that was found.
static uint32_t rule_of(const Solver *solver, const Sink *sink) {
    return sink->accessor ? solver->solution->accessors.items[sink->accessor].rule : sink->rule + 1;
}

static StatementId statement_of(const Solver *solver, const Sink *sink) {
    return fact_is(sink->expr) ? facts_expr(solver->facts, sink->expr)->statement
                               : facts_function(solver->facts, sink->function)->statement;
}

static uint32_t find_ignore(const Solver *solver, const Sink *sink) {
    for (uint32_t i = 1; i < solver->solution->ignores.count; i++) {
        const Ignore *ignore = &solver->solution->ignores.items[i];
        uint32_t rule = rule_of(solver, sink);
        bool named = (ignore->rule && ignore->rule == rule) ||
                     (ignore->has_family && ignore->family == sink->family);
        if (named && concerns(solver, i, statement_of(solver, sink))) return i;
    }
    return 0;
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
static bool is_ignored(Solver *solver, const Diagnostic *diagnostic) {
    Solution *solution = solver->solution;
    bool ignored = false;
    for (uint32_t i = 1; i < solution->ignores.count; i++) {
        Ignore *ignore = &solution->ignores.items[i];
        if (!ignore->has_code || ignore->code != diagnostic->code ||
            ignore->comment.file.index != diagnostic->span.file.index)
            continue;
        StatementId statement =
            innermost(solver->facts, ignore->module, diagnostic->span.start);
        if (!fact_is(statement) || !concerns(solver, i, statement)) continue;
        ignore->used = true;
        ignored = true;
    }
    return ignored;
}

// With --types, whoever names another family has nothing to say today.
static bool may_be_used(const Solver *solver, const Ignore *ignore) {
    uint32_t selected = solver->options->families;
    if (ignore->has_code) return selected == (1u << FAMILY_COUNT) - 1;
    return (ignore->has_family && (selected & (1u << ignore->family))) ||
           (ignore->rule &&
            (selected & (1u << solver->rules->sinks.items[ignore->rule - 1].family)));
}

static void report_unused(Solver *solver) {
    const Facts *facts = solver->facts;
    for (uint32_t i = 1; i < solver->solution->ignores.count; i++) {
        const Ignore *ignore = &solver->solution->ignores.items[i];
        if (ignore->used || !may_be_used(solver, ignore)) continue;
        Str id = facts_text(facts, ignore->module, ignore->id.start, ignore->id.end);
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
