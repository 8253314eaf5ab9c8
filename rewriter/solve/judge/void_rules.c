// Says which rules have nothing to do. In: rules, facts, a settled solution. Out: W419 for a sink that nothing reads or
// calls, a boundary that covers no function, and a pattern of names that fits nothing, though the names are there:
// those that are not are W408. Asked for by `weft rules check` alone.
#include "solve/solver.h"

static void report(Diagnostics *diagnostics, Span span, const char *section, Str name) {
    diagnostic_add(diagnostics, DIAGNOSTIC_W419, span, "%s: '%.*s' has nothing to do in this tree", section, STR_ARG(name));
}

static bool is_missing(const Solver *solver, Span span) {
    for (uint32_t i = 0; i < solver->missing.count; i++) {
        Span other = solver->missing.items[i].name.span;
        if (other.file.index == span.file.index && other.start == span.start) return true;
    }
    return false;
}

// ---- sinks ---------------------------------------------------------------------------------------
static bool has_access(const Solver *solver, uint32_t rule) {
    const Solution *solution = solver->solution;
    for (uint32_t i = 1; i < solution->accessors.count; i++)
        if (solution->accessors.items[i].rule == rule + 1) return true;
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        if (!sink->accessor && sink->rule == rule) return true;
    }
    return false;
}

static void report_sinks(const Solver *solver, Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < solver->program->rules->sinks.count; i++) {
        const SinkRule *rule = &solver->program->rules->sinks.items[i];
        if (!has_access(solver, i) && !is_missing(solver, rule->target.span))
            report(diagnostics, rule->target.span, "sinks", rule->id);
    }
}

// ---- boundaries ----------------------------------------------------------------------------------
static void report_boundaries(const Solver *solver, Diagnostics *diagnostics) {
    const Rules *rules = solver->program->rules;
    bool *used = arena_array(solver->arena, bool, rules->boundaries.count + 1);
    memset(used, 0, rules->boundaries.count + 1);
    for (uint32_t i = 1; i < program_function_count(solver->program); i++)
        used[solver->solution->functions[i].boundary] = true;
    for (uint32_t i = 0; i < rules->boundaries.count; i++) {
        const BoundaryRule *rule = &rules->boundaries.items[i];
        bool missing = rule->targets.count > 0 && is_missing(solver, rule->targets.items[0].span);
        if (!used[i + 1] && !missing) report(diagnostics, rule->span, "boundaries", rule->id);
    }
}

// ---- patterns of names ---------------------------------------------------------------------------
static bool fits_something(const Solver *solver, Str pattern) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_module_count(program); i++)
        if (program_name_matches(program, pattern, program_name(program, program_module(program, (ModuleId){i})->name)))
            return true;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        Str name = program_name(program, program_class(program, (ClassId){i})->qualified);
        // "src.registry.Registry.*": what hangs on it need not be known.
        bool of_class = str_ends_with(pattern, STR(".*")) &&
                        program_name_matches(program, str_slice(pattern, 0, pattern.length - 2), name);
        if (of_class || program_name_matches(program, pattern, name)) return true;
    }
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (program_name_matches(program, pattern,
                                 program_name(program, program_function(program, (FunctionId){i})->qualified)))
            return true;
    for (uint32_t i = 1; i < program_symbol_count(program); i++)
        if (program_scope(program, program_symbol(program, (SymbolId){i})->scope)->kind == SCOPE_MODULE &&
            program_name_matches(program, pattern, solver_symbol_path(solver, (SymbolId){i})))
            return true;
    return false;
}

static void report_names(const Solver *solver, Diagnostics *diagnostics, const char *section, const RuleNames *names) {
    for (uint32_t i = 0; i < names->count; i++)
        if (str_find(names->items[i].text, '*') >= 0 && !fits_something(solver, names->items[i].text))
            report(diagnostics, names->items[i].span, section, names->items[i].text);
}

void rule_fit_report_void(const Solver *solver, Diagnostics *diagnostics) {
    const Rules *rules = solver->program->rules;
    report_sinks(solver, diagnostics);
    report_boundaries(solver, diagnostics);
#define NAMES_KEY(name) report_names(solver, diagnostics, #name, &rules->name);
#include "rule/top_keys.def"
}
