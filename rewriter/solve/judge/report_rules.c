// Says which rules do not fit the tree. In: rules, facts, a settled solution. Out: W408 for a name that
// nothing in the tree defines, with the name that was probably meant; E414 for a boundary that asks a
// function for a parameter it does not have. Must not change the solution.
#include <string.h>

#include "program/moved.h"
#include "solve/solver.h"

enum { FARTHEST = 4 }; // edits between a name and what was meant

// ---- the name that was meant ---------------------------------------------------------------------
typedef struct Search {
    Str wanted;
    size_t parent; // length of what stands before its last dot
    uint64_t letters;
    Str best;
    size_t distance;
} Search;

// Which letters are in TEXT, some of them together.
static uint64_t letters_of(Str text) {
    uint64_t letters = 0;
    for (size_t i = 0; i < text.length; i++) letters |= (uint64_t)1 << ((unsigned char)text.data[i] & 63);
    return letters;
}

static size_t parent_length(Str name) {
    ptrdiff_t dot = str_find_last(name, '.');
    return dot < 0 ? 0 : (size_t)dot;
}

// How far NEAR is from what is wanted: 0 for a name of the same kind that lives elsewhere; whatever is more than MOST may
// be said to be any such distance. An edit brings one letter at most.
static size_t how_far(const Search *search, const NearName *near, size_t most) {
    Str wanted = search->wanted, name = near->name;
    size_t parent = search->parent, other = near->parent;
    if (str_equal(str_slice(wanted, parent, wanted.length), str_slice(name, other, name.length)))
        return 0;
    size_t longer = wanted.length > name.length ? wanted.length - name.length
                                                : name.length - wanted.length;
    size_t new_letters = (size_t)__builtin_popcountll(search->letters & ~near->letters);
    if (longer > most || new_letters > most) return SIZE_MAX;
    bool siblings = parent == other && str_equal(str_slice(wanted, 0, parent),
                                                 str_slice(name, 0, other));
    return siblings ? str_distance_within(str_slice(wanted, parent, wanted.length),
                                          str_slice(name, other, name.length), most)
                    : str_distance_within(wanted, name, most);
}

static void offer(Search *search, const NearName *near) {
    size_t own = search->wanted.length - search->parent, most = own / 2 < FARTHEST ? own / 2 : FARTHEST;
    size_t distance = how_far(search, near, most);
    if (distance > most || distance >= search->distance) return;
    search->best = near->name;
    search->distance = distance;
}

static void add_near(NearNames *names, Str name) {
    vec_add(names, ((NearName){name, parent_length(name), letters_of(name)}));
}

static void add_symbols(const Solver *solver, NearNames *names) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        const SymbolFact *symbol = program_symbol(program, (SymbolId){i});
        const ScopeFact *scope = program_scope(program, symbol->scope);
        const ModuleFact *module = program_module(program, scope->module);
        if (!fact_same(module->scope, symbol->scope)) continue;
        BindingId last = symbol->last_binding;
        if (!fact_is(last) || program_binding(program, last)->kind == BINDING_IMPORT) continue;
        add_near(names, solver_symbol_path(solver, (SymbolId){i}));
    }
}

// What the tree defines, listed when the first name is missing.
static void list_names(const Solver *solver, NearNames *names) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_class_count(program); i++)
        add_near(names, program_name(program, program_class(program, (ClassId){i})->qualified));
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (!(program_function(program, (FunctionId){i})->flags & FUNCTION_LAMBDA))
            add_near(names, program_name(program, program_function(program, (FunctionId){i})->qualified));
    add_symbols(solver, names);
}

static void help_near(Solver *solver, Str wanted) {
    Search search = {.wanted = wanted, .parent = parent_length(wanted), .letters = letters_of(wanted), .distance = SIZE_MAX};
    if (solver->near_names.count == 0) list_names(solver, &solver->near_names);
    for (uint32_t i = 0; i < solver->near_names.count; i++) offer(&search, &solver->near_names.items[i]);
    if (search.best.length > 0)
        diagnostic_help(solver->diagnostics, "did you mean '%.*s'?", STR_ARG(search.best));
}

// What it is called now, when one thing of that name stands elsewhere; else what was probably meant.
static void help_find(Solver *solver, Str name) {
    Moved moved = program_find_moved(solver->arena, solver->program, NULL, name);
    bool misspelt = moved.how != MOVED_NOT && str_distance_within(name, moved.name, FARTHEST) <= FARTHEST;
    if (moved.how == MOVED_NOT || misspelt)
        help_near(solver, name);
    else
        diagnostic_help(solver->diagnostics, "it is now '%.*s'? `weft rules upgrade` proposes the renames of a whole pack",
                        STR_ARG(moved.name));
}

static void report_missing(Solver *solver, const char *section, Str id, const RuleName *name) {
    static const char *const called[][2] = {{"sinks", "rule"}, {"boundaries", "boundary"}, {"carriers", "carrier"}};
    const char *what = section;
    for (size_t i = 0; i < sizeof called / sizeof *called; i++)
        if (strcmp(section, called[i][0]) == 0) what = called[i][1];
    if (id.length > 0)
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W408, name->span,
                       "%s '%.*s': the tree does not define '%.*s'", what, STR_ARG(id),
                       STR_ARG(name->text));
    else
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W408, name->span,
                       "%s: the tree does not define '%.*s'", what, STR_ARG(name->text));
    list_add(solver->arena, &solver->missing, ((MissingName){section, id, *name}));
    help_find(solver, name->text);
}

// ---- names of rules ------------------------------------------------------------------------------
// In a tree that was changed already the accessor stands where the singleton was.
static bool has_accessor(Solver *solver, const SinkRule *rule) {
    if (!rule->accessor) return false;
    Str target = rule->target.text;
    size_t module = parent_length(target);
    Str name = rule->accessor_name;
    if (name.length == 0)
        name = accessor_default_name(solver, str_slice(target, module + 1, target.length));
    return program_defines(solver->program, arena_format(solver->arena, "%.*s.%.*s",
                                           STR_ARG(str_slice(target, 0, module)), STR_ARG(name)));
}

// A module of the tree may be named whether anything reads it or not.
static bool is_imported(const Solver *solver, const SinkRule *rule) {
    return fact_is(program_find_module(solver->program, rule->target.text)) ||
           solver_imports(solver, rule);
}

static void report_sinks(Solver *solver) {
    for (uint32_t i = 0; i < solver->program->rules->sinks.count; i++) {
        const SinkRule *rule = &solver->program->rules->sinks.items[i];
        if (rule->hosted || rule->kind == SINK_PATTERN || (rule->kind == SINK_PATH && solver_has_path(solver, i))) continue;
        Str named = rule->target.text;
        if (rule->kind == SINK_ATTRIBUTE) // where the attribute is set need not be known
            named = str_slice(named, 0, (size_t)str_find_last(named, '.'));
        bool found = program_defines(solver->program, named) || has_accessor(solver, rule) ||
                     (rule->kind == SINK_QUERY && query_has_models(solver, rule)) ||
                     (rule->kind == SINK_SYMBOL && is_imported(solver, rule));
        if (!found) report_missing(solver, "sinks", rule->id, &rule->target);
    }
}

// "flask_restful.Resource.get": some class of the tree inherits from it.
static bool is_foreign_method(const Program *program, Str dotted) {
    Str owner = str_slice(dotted, 0, parent_length(dotted));
    for (uint32_t i = 0; i < program_base_name_count(program); i++)
        if (program_is_named(program, owner,
                             program_name(program, program_base_name(program, i)->dotted)))
            return true;
    return false;
}

// "app.Registry.items": what its methods give its objects need not be looked for.
static bool may_be_attribute(const Program *program, Str dotted) {
    Str owner = str_slice(dotted, 0, parent_length(dotted));
    Str name = str_slice(dotted, owner.length + 1, dotted.length);
    return fact_is(program_find_class(program, owner)) &&
           intern_find(program->facts->names, name).index != 0;
}

// Another package that the tree imports, so that what it has is not known.
static bool is_of_import(const Program *program, Str dotted) {
    ptrdiff_t dot = str_find(dotted, '.');
    Str package = dot > 0 ? str_slice(dotted, 0, (size_t)dot) : dotted;
    bool imported = false;
    for (uint32_t i = 1; i < program_module_count(program); i++)
        if (program_is_below(program, package, program_name(program, program_module(program, (ModuleId){i})->name)))
            return false;
    for (uint32_t i = 1; i < program_import_count(program) && !imported; i++)
        imported = program_is_below(program, package,
                                    program_name(program, program_import(program, (ImportId){i})->dotted));
    return imported;
}

// Patterns are about whatever there is; a plain name is about one thing. A method of a class outside the
// tree may be named.
static void report_names(Solver *solver, const char *what, Str id, const RuleNames *names) {
    for (uint32_t i = 0; i < names->count; i++) {
        const RuleName *name = &names->items[i];
        if (str_find(name->text, '*') >= 0 || program_defines(solver->program, name->text) ||
            fact_is(program_find_module(solver->program, name->text)) ||
            is_foreign_method(solver->program, name->text) ||
            (names == &solver->program->rules->never_hold && is_of_import(solver->program, name->text)) ||
            (names == &solver->program->rules->shared_state &&
             may_be_attribute(solver->program, name->text)))
            continue;
        report_missing(solver, what, id, name);
    }
}

static bool is_class(const Program *program, Str dotted) {
    return fact_is(program_find_class(program, dotted)) || is_of_import(program, dotted);
}

static void report_places(Solver *solver) {
    const Rules *rules = solver->program->rules;
    for (uint32_t i = 0; i < rules->boundaries.count; i++) {
        const BoundaryRule *rule = &rules->boundaries.items[i];
        if (rule->kind == BOUNDARY_FUNCTION || rule->kind == BOUNDARY_OVERRIDES)
            report_names(solver, "boundaries", rule->id, &rule->targets);
    }
    for (uint32_t i = 0; i < rules->carriers.count; i++) {
        const CarrierRule *rule = &rules->carriers.items[i];
        report_names(solver, "carriers", STR_NONE, &rule->functions);
        if (rule->klass.text.length && !is_class(solver->program, rule->klass.text))
            report_missing(solver, "carriers", STR_NONE, &rule->klass);
    }
    for (uint32_t i = 0; i < rules->parameters.count; i++) {
        const ParameterRule *rule = &rules->parameters.items[i];
        if (!rule->decorated) report_names(solver, "parameters", STR_NONE, &rule->targets);
        for (uint32_t k = 0; k < rule->types.count; k++)
            if (!is_class(solver->program, rule->types.items[k].klass.text))
                report_missing(solver, "parameters", STR_NONE, &rule->types.items[k].klass);
    }
#define NAMES_KEY(name) report_names(solver, #name, STR_NONE, &rules->name);
#include "rule/top_keys.def"
}

// ---- parameters of boundaries --------------------------------------------------------------------
static bool has_parameter(const Program *program, const FunctionFact *function, Str name) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *row =
            program_parameter(program, (ParameterId){function->first_parameter + i});
        if (str_equal(program_name(program, row->name), name)) return true;
    }
    return false;
}

static void report_parameter(Solver *solver, const BoundaryRule *rule, const FunctionFact *function,
                             Str name) {
    const Program *program = solver->program;
    StrBuf known = {0};
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *row =
            program_parameter(program, (ParameterId){function->first_parameter + i});
        Str other = program_name(program, row->name);
        if (other.length == 0) continue; // a lone `*` or `/`
        strbuf_addf(&known, "%s'%.*s'", known.length ? ", " : "", STR_ARG(other));
    }
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_E414, rule->create_span,
                   "boundary '%.*s': '%.*s' has no parameter '%.*s'", STR_ARG(rule->id),
                   STR_ARG(program_name(program, function->qualified)), STR_ARG(name));
    diagnostic_relate(solver->diagnostics,
                      (Span){program_module_file(program, function->module), function->name_start,
                             function->name_end},
                      known.length ? "it has %.*s" : "it has none%.*s",
                      STR_ARG(strbuf_str(&known)));
    strbuf_release(&known);
}

// What `create` asks a function for that makes a context by it.
static void report_parameters(Solver *solver, uint32_t index) {
    const FunctionFact *function = program_function(solver->program, (FunctionId){index});
    const FunctionPlan *plan = &solver->solution->functions[index];
    if (!plan->boundary || !plan->needs_value) return;
    const BoundaryRule *rule = &solver->program->rules->boundaries.items[plan->boundary - 1];
    Str mark = STR("{parameter:");
    for (Str rest = rule->create;;) {
        ptrdiff_t at = str_find_str(rest, mark);
        if (at < 0) return;
        rest = str_slice(rest, (size_t)at + mark.length, rest.length);
        ptrdiff_t close = str_find(rest, '}');
        Str name = str_trim(str_slice(rest, 0, close < 0 ? rest.length : (size_t)close));
        ptrdiff_t dot = str_find(name, '.');
        if (dot > 0) name = str_slice(name, 0, (size_t)dot);
        if (!has_parameter(solver->program, function, name))
            report_parameter(solver, rule, function, name);
    }
}

void solver_report_rules(Solver *solver) {
    solver->missing.count = 0;
    report_sinks(solver);
    report_places(solver);
    vec_release(&solver->near_names);
    for (uint32_t i = 1; i < program_function_count(solver->program); i++)
        report_parameters(solver, i);
}

const MissingName *rule_fit_missing(const Solver *solver, uint32_t *count) {
    *count = solver->missing.count;
    return solver->missing.items;
}
