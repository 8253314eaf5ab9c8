// In: Python text. Out: what a call in it reaches, after all steps of resolution.
#include "python/support_resolve.h"

#include "python/python.h"

// "Class.method" of "m.Class.method"; a class without a constructor by its own name.
static Str target_of(const Facts *facts, const EdgeFact *edge) {
    Name name = fact_is(edge->callee) ? facts_function(facts, edge->callee)->qualified
                                      : facts_class(facts, edge->klass)->qualified;
    Str qualified = facts_name(facts, name);
    return str_slice(qualified, strlen("m."), qualified.length);
}

static bool is_call_of(const Facts *facts, CallId call, const char *callee) {
    if (!fact_is(call)) return false;
    const CallFact *row = facts_call(facts, call);
    const ExprFact *expr = facts_expr(facts, row->callee);
    return str_is(facts_text(facts, row->module, expr->start, expr->end), callee);
}

void assert_reaches_at(const char *text, const char *callee, const char *what, const char *file,
                       int line) {
    Sources sources = {0};
    Facts facts = {0};
    Diagnostics diagnostics = {0};
    StrBuf found = {0};
    bool called = false;
    sources_add_memory(&sources, STR("m.py"), str_from(text), &diagnostics);
    facts_extract(&sources, &language_python, NULL, 1, &facts, &diagnostics);
    language_python.resolve(&facts, NULL, NULL);
    for (uint32_t i = 1; i < facts.calls.count; i++)
        called = called || is_call_of(&facts, (CallId){i}, callee);
    for (uint32_t i = 1; i < facts.edges.count; i++) {
        const EdgeFact *edge = &facts.edges.items[i];
        if (edge->kind == EDGE_ESCAPE || !is_call_of(&facts, edge->call, callee)) continue;
        Str target = target_of(&facts, edge);
        if (found.length > 0) strbuf_add_char(&found, ' ');
        strbuf_add(&found, target);
    }
    if (!called || diagnostics.error_count > 0 || !str_is(strbuf_str(&found), what)) {
        print_error("%s '%s' reaches \"%.*s\" instead of \"%s\" in\n%s\n",
                    called ? "the call of" : "there is no call of", callee,
                    STR_ARG(strbuf_str(&found)), what, text);
        _fail(file, line);
    }
    strbuf_release(&found);
    facts_release(&facts);
    diagnostics_release(&diagnostics);
    sources_release(&sources);
}
