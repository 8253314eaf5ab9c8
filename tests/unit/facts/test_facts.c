// The tables: empty start, merge with moved ids, the small questions.
#include "testing.h"

#include "facts/facts.h"

// A module with one scope, one symbol NAME, and an expression that reads it twice nested.
static void fill(Facts *facts, const Sources *sources, FileId file, const char *module,
                 const char *name) {
    facts_init(facts, sources);
    Name interned = intern(facts->names, str_from(name));
    vec_add(&facts->modules, ((ModuleFact){.file = file,
                                           .name = intern(facts->names, str_from(module)),
                                           .scope = {1},
                                           .has_exports = true}));
    vec_add(&facts->modules.items[1].exports, interned);
    vec_add(&facts->scopes,
            ((ScopeFact){.kind = SCOPE_MODULE, .module = {1}, .first_symbol = {1}}));
    vec_add(
        &facts->symbols,
        ((SymbolFact){.name = interned, .scope = {1}, .first_binding = {1}, .last_binding = {1}}));
    vec_add(&facts->bindings, ((BindingFact){.symbol = {1}, .value = {2}, .scope = {1}}));
    vec_add(&facts->exprs, ((ExprFact){.kind = EXPR_AWAIT, .base = {2}, .scope = {1}, .end = 3}));
    vec_add(&facts->exprs, ((ExprFact){.kind = EXPR_NAME,
                                       .name = interned,
                                       .parent = {1},
                                       .scope = {1},
                                       .start = 1,
                                       .end = 3}));
}

static void starts_with_row_zero(void **state) {
    (void)state;
    Facts facts;
    facts_init(&facts, NULL);
    assert_int_equal(facts.modules.count, 1);
    assert_int_equal(facts.arguments.count, 1);
    assert_int_equal(facts.edges.count, 0);
    facts_release(&facts);
    facts_release(&facts); // twice does no harm
}

static void merge_moves_ids(void **state) {
    (void)state;
    Sources sources = {0};
    Diagnostics diagnostics = {0};
    FileId a = sources_add_memory(&sources, STR("a.py"), STR("abc"), &diagnostics);
    FileId b = sources_add_memory(&sources, STR("b.py"), STR("xyz"), &diagnostics);
    Facts all, first, second;
    facts_init(&all, &sources);
    fill(&first, &sources, a, "a", "x");
    fill(&second, &sources, b, "b", "x");
    facts_merge(&all, &first);
    facts_merge(&all, &second);

    assert_int_equal(all.modules.count, 3);
    const ModuleFact *module = &all.modules.items[2];
    assert_str(facts_name(&all, module->name), "b");
    assert_int_equal(module->scope.index, 2);
    assert_str(facts_name(&all, module->exports.items[0]), "x");
    assert_int_equal(all.symbols.items[2].name.index, all.symbols.items[1].name.index);
    assert_int_equal(all.symbols.items[2].first_binding.index, 2);
    assert_int_equal(all.bindings.items[2].value.index, 4);
    assert_int_equal(all.bindings.items[2].annotation.index, 0); // none stays none
    assert_int_equal(all.exprs.items[3].base.index, 4);
    assert_int_equal(all.exprs.items[4].parent.index, 3);
    assert_int_equal(facts_expr_module(&all, (ExprId){4}).index, 2);
    assert_int_equal(facts_expr_span(&all, (ExprId){4}).file.index, b.index);
    assert_str(facts_text(&all, (ModuleId){2}, 1, 3), "yz");
    Name x = intern_find(all.names, STR("x"));
    assert_int_equal(facts_symbol_in(&all, (ScopeId){2}, x).index, 2);
    assert_int_equal(facts_symbol_in(&all, (ScopeId){2}, (Name){0}).index, 0);
    facts_release(&all);
    sources_release(&sources);
    diagnostics_release(&diagnostics);
}

static void scopes(void **state) {
    (void)state;
    Facts facts;
    facts_init(&facts, NULL);
    vec_add(&facts.scopes, ((ScopeFact){.kind = SCOPE_MODULE}));
    vec_add(&facts.scopes, ((ScopeFact){.kind = SCOPE_FUNCTION, .parent = {1}, .function = {7}}));
    vec_add(&facts.scopes, ((ScopeFact){.kind = SCOPE_BLOCK, .parent = {2}}));
    vec_add(&facts.scopes, ((ScopeFact){.kind = SCOPE_CLASS, .parent = {3}}));
    vec_add(&facts.scopes, ((ScopeFact){.kind = SCOPE_BLOCK, .parent = {4}}));
    assert_int_equal(facts_scope_function(&facts, (ScopeId){1}).index, 0);
    assert_int_equal(facts_scope_function(&facts, (ScopeId){3}).index, 7);
    assert_int_equal(facts_scope_function(&facts, (ScopeId){5}).index, 0);
    assert_true(facts_scope_in_class_body(&facts, (ScopeId){5}));
    assert_false(facts_scope_in_class_body(&facts, (ScopeId){3}));
    facts_release(&facts);
}

static void subclasses(void **state) {
    (void)state;
    Facts facts;
    facts_init(&facts, NULL);
    vec_add(&facts.ancestors, (ClassId){1});
    vec_add(&facts.ancestors, (ClassId){2});
    vec_add(&facts.classes, ((ClassFact){.first_ancestor = 0, .ancestor_count = 2}));
    vec_add(&facts.classes, ((ClassFact){.first_ancestor = 1, .ancestor_count = 1}));
    assert_true(facts_is_subclass(&facts, (ClassId){1}, (ClassId){2}));
    assert_true(facts_is_subclass(&facts, (ClassId){1}, (ClassId){1}));
    assert_false(facts_is_subclass(&facts, (ClassId){2}, (ClassId){1}));
    assert_false(facts_is_subclass(&facts, (ClassId){0}, (ClassId){0}));
    facts_release(&facts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_with_row_zero),
        cmocka_unit_test(merge_moves_ids),
        cmocka_unit_test(scopes),
        cmocka_unit_test(subclasses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
