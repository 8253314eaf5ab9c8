// In: facts. Out: names by their dotted path, as rules write them.
#include "cli/lsp/tree_names.h"

static void add(TreeNames *names, const Facts *facts, ModuleId module, Str text, NameKind kind, uint32_t start) {
    if (text.length > 0) vec_add(&names->list, ((TreeName){text, kind, facts_module_file(facts, module), start}));
}

static void add_symbols(TreeNames *names, const Facts *facts) {
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        const ScopeFact *scope = facts_scope(facts, symbol->scope);
        const BindingFact *binding = facts_binding(facts, symbol->first_binding);
        bool variable = scope->kind == SCOPE_MODULE && fact_is(symbol->first_binding) &&
                        (binding->kind == BINDING_ASSIGN || binding->kind == BINDING_DECLARE);
        if (!variable) continue;
        Str module = facts_name(facts, facts_module(facts, scope->module)->name);
        Str text = arena_format(&names->arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(facts_name(facts, symbol->name)));
        add(names, facts, scope->module, text, NAME_VARIABLE, binding->start);
    }
}

static void add_all(TreeNames *names, const Facts *facts) {
    for (uint32_t i = 1; i < facts->modules.count; i++)
        if (!facts->modules.items[i].embedded)
            add(names, facts, (ModuleId){i}, facts_name(facts, facts->modules.items[i].name), NAME_MODULE, 0);
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *klass = &facts->classes.items[i];
        add(names, facts, klass->module, facts_name(facts, klass->qualified), NAME_CLASS, klass->name_start);
    }
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (function->flags & FUNCTION_LAMBDA) continue;
        add(names, facts, function->module, facts_name(facts, function->qualified),
            fact_is(function->klass) ? NAME_METHOD : NAME_FUNCTION, function->name_start);
    }
    add_symbols(names, facts);
}

void tree_names_open(const Tree *tree, TreeNames *names) {
    *names = (TreeNames){0};
    if (tree_is_good(tree)) {
        names->program = &tree->now->run.program;
        names->sources = &tree->now->run.sources;
        add_all(names, &tree->now->run.facts);
        return;
    }
    Options options;
    options_begin(COMMAND_REPORT, &options);
    options.sources.root = str_from(tree->root);
    options.rules_need = RULES_NONE;
    names->has_own = true;
    names->program = &names->own.program;
    names->sources = &names->own.sources;
    if (run_pipeline(&names->own, &options, RUN_TO_FACTS)) add_all(names, &names->own.facts);
    options_release(&options);
}

void tree_names_close(TreeNames *names) {
    vec_release(&names->list);
    if (names->has_own) run_release(&names->own);
    arena_release(&names->arena);
}
