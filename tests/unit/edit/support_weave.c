// In: files and decisions by name. Out: the tables of a solution, and edited texts.
#include "edit/support_weave.h"

#include "base/bug.h"
#include "python/python.h"

// The families that sinks and accessors of these trees are of.
enum { FAMILY_SETTINGS = 1, FAMILY_OBJECTS };

static void open_rules(Rules *rules) {
    rules->families = (Families){{STR("context"), STR("settings"), STR("objects")}, 3};
    rules->context = (ContextRule){.parameter = STR("context"),
                                   .type = STR("iso.Context"),
                                   .ambient = STR("iso.current"),
                                   .accessor_decorator = STR("iso.accessor"),
                                   .ambient_instance = STR("iso.ambient_instance")};
    vec_add(&rules->sinks, ((SinkRule){.id = STR("cfg"),
                                       .family = FAMILY_SETTINGS,
                                       .kind = SINK_SYMBOL,
                                       .target = {STR("m.cfg"), SPAN_NONE},
                                       .replace = STR("iso.get_cfg({context})"),
                                       .local = STR("cfg_now")}));
    vec_add(&rules->carriers, ((CarrierRule){.expression = STR("{value}.context"),
                                             .klass = {STR("m.M"), SPAN_NONE}}));
    vec_add(&rules->boundaries,
            ((BoundaryRule){.create = STR("iso.Context.make({parameter:raw}, \"a.b\")")}));
    vec_add(&rules->singleton_dimensions, STR("tenant"));
}

void tree_open(Tree *tree, const TreeFile *files, uint32_t count) {
    *tree = (Tree){.edits = {.list = {NULL, 0, 0}}};
    for (uint32_t i = 0; i < count; i++) {
        sources_add_memory(&tree->sources, str_from(files[i].path), str_from(files[i].text),
                           &tree->diagnostics);
    }
    facts_extract(&tree->sources, &language_python, NULL, 1, &tree->facts, &tree->diagnostics);
    assert_int_equal(tree->facts.modules.count, count + 1);
    open_rules(&tree->rules);
    language_python.resolve(&tree->facts, NULL, NULL);
    program_build(&tree->program, &tree->facts, &tree->rules);
    Solution *solution = &tree->solution;
    solution->functions =
        memory_alloc_zeroed(tree->facts.functions.count + 1, sizeof(FunctionPlan));
    solution->classes = memory_alloc_zeroed(tree->facts.classes.count + 1, sizeof(ClassPlan));
    vec_push(&solution->sinks)->rule = 0;
    vec_push(&solution->accessors)->rule = 0;
}

void tree_close(Tree *tree) {
    free(tree->solution.functions);
    free(tree->solution.classes);
    vec_release(&tree->solution.sinks);
    vec_release(&tree->solution.accessors);
    vec_release(&tree->solution.calls);
    vec_release(&tree->solution.forwards);
    vec_release(&tree->solution.defaults);
    vec_release(&tree->rules.sinks);
    vec_release(&tree->rules.carriers);
    vec_release(&tree->rules.boundaries);
    vec_release(&tree->rules.singleton_dimensions);
    edits_release(&tree->edits);
    program_release(&tree->program);
    facts_release(&tree->facts);
    diagnostics_release(&tree->diagnostics);
    sources_release(&tree->sources);
    arena_release(&tree->arena);
}

void tree_weave(Tree *tree) {
    weave_edits(&tree->program, &tree->solution, &tree->edits);
    bool good = edits_finish(&tree->edits, &tree->sources, NULL, &tree->diagnostics);
    if (!good) diagnostics_render(&tree->diagnostics, &tree->sources, SEVERITY_NOTE, false, stderr);
    assert_true(good);
}

Str tree_text(Tree *tree, const char *path) {
    FileId file = sources_find(&tree->sources, str_from(path));
    uint32_t first = 0, count = 0, error;
    for (uint32_t i = 0; i < tree->edits.list.count; i++) {
        if (tree->edits.list.items[i].file.index != file.index) continue;
        if (count++ == 0) first = i;
    }
    Str text = edits_apply(&tree->arena, source_file(&tree->sources, file)->text,
                           tree->edits.list.items + first, count);
    assert_int_equal(python_count_errors(text, &error), 0);
    return text;
}

// ---- finding things by name ------------------------------------------------------------------------
FunctionId tree_function(const Tree *tree, const char *qualified) {
    for (uint32_t i = 1; i < tree->facts.functions.count; i++) {
        if (str_is(facts_name(&tree->facts, tree->facts.functions.items[i].qualified), qualified)) {
            return (FunctionId){i};
        }
    }
    fail_msg("no function %s", qualified);
    return FACT_NONE(FunctionId);
}

FunctionPlan *tree_plan(Tree *tree, const char *qualified, Supply supply) {
    FunctionPlan *plan = &tree->solution.functions[tree_function(tree, qualified).index];
    plan->supply = supply;
    plan->needs_value = true;
    return plan;
}

FunctionPlan *tree_gains(Tree *tree, const char *qualified) {
    FunctionPlan *plan = tree_plan(tree, qualified, SUPPLY_PARAMETER);
    plan->gains_parameter = true;
    return plan;
}

ClassId tree_class(const Tree *tree, const char *qualified) {
    for (uint32_t i = 1; i < tree->facts.classes.count; i++) {
        if (str_is(facts_name(&tree->facts, tree->facts.classes.items[i].qualified), qualified)) {
            return (ClassId){i};
        }
    }
    fail_msg("no class %s", qualified);
    return FACT_NONE(ClassId);
}

static ModuleId find_module(const Tree *tree, const char *name) {
    for (uint32_t i = 1; i < tree->facts.modules.count; i++) {
        if (str_is(facts_name(&tree->facts, tree->facts.modules.items[i].name), name)) {
            return (ModuleId){i};
        }
    }
    fail_msg("no module %s", name);
    return FACT_NONE(ModuleId);
}

SymbolId tree_symbol(const Tree *tree, const char *module, const char *name) {
    ScopeId scope = facts_module(&tree->facts, find_module(tree, module))->scope;
    return facts_symbol_in(&tree->facts, scope, intern_find(tree->facts.names, str_from(name)));
}

static bool reads(const Tree *tree, uint32_t expr, ModuleId module, const char *text) {
    const ExprFact *fact = &tree->facts.exprs.items[expr];
    return fact_same(facts_expr_module(&tree->facts, (ExprId){expr}), module) &&
           str_is(facts_text(&tree->facts, module, fact->start, fact->end), text);
}

ExprId tree_expr(const Tree *tree, const char *module, const char *text) {
    for (uint32_t i = 1; i < tree->facts.exprs.count; i++) {
        if (reads(tree, i, find_module(tree, module), text)) return (ExprId){i};
    }
    fail_msg("no expression %s", text);
    return FACT_NONE(ExprId);
}

void tree_lazy(Tree *tree, const char *qualified, const char *parameter) {
    FunctionId function = tree_function(tree, qualified);
    const FunctionFact *fact = facts_function(&tree->facts, function);
    for (uint32_t i = 0; i < fact->parameter_count; i++) {
        ParameterId id = {fact->first_parameter + i};
        Name name = facts_parameter(&tree->facts, id)->name;
        if (!str_is(facts_name(&tree->facts, name), parameter)) continue;
        vec_add(&tree->solution.defaults, ((LazyDefault){id, function}));
        return;
    }
    fail_msg("no parameter %s", parameter);
}

void tree_sinks(Tree *tree, const char *module, const char *text, uint32_t accessor) {
    for (uint32_t i = 1; i < tree->facts.exprs.count; i++) {
        if (!reads(tree, i, find_module(tree, module), text)) continue;
        Sink sink = {.accessor = accessor, .expr = {i}, .outcome = OUTCOME_THREADED};
        sink.family = accessor ? FAMILY_OBJECTS : FAMILY_SETTINGS;
        sink.function = facts_scope_function(&tree->facts, tree->facts.exprs.items[i].scope);
        vec_add(&tree->solution.sinks, sink);
    }
}

void tree_calls(Tree *tree, const char *module, const char *text, bool ambient,
                uint32_t inside_accessor) {
    for (uint32_t i = 1; i < tree->facts.calls.count; i++) {
        if (!reads(tree, tree->facts.calls.items[i].callee.index, find_module(tree, module),
                   text)) {
            continue;
        }
        CallPlan plan = {.call = {i},
                         .supply = CALL_PASSES,
                         .ambient = ambient,
                         .inside_accessor = inside_accessor};
        vec_add(&tree->solution.calls, plan);
    }
}
