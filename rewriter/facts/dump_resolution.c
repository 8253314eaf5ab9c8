// What resolution added, as text. In: edges and unresolved calls. Out: a line each; nothing when
// resolution has not run.
#include "facts/dump.h"

static const char *const EDGES[] = {
    [EDGE_CALL] = "calls",
    [EDGE_CONSTRUCT] = "constructs",
    [EDGE_FORWARD] = "forwards",
    [EDGE_ESCAPE] = "escapes",
};

static const char *const EVIDENCE[] = {
    [EVIDENCE_IMPORT] = "import",
    [EVIDENCE_CLASS] = "class",
    [EVIDENCE_SELF] = "self",
    [EVIDENCE_INFERRED] = "inferred",
    [EVIDENCE_UNIQUE_NAME] = "unique_name",
};

static void add_place_of(const Facts *facts, ExprId expr, StrBuf *out) {
    dump_place(facts, facts_expr_module(facts, expr), facts_expr(facts, expr)->start, out);
}

static void dump_edge(const Facts *facts, const EdgeFact *edge, StrBuf *out) {
    strbuf_add_text(out, "edge ");
    add_place_of(facts, edge->expr, out);
    strbuf_addf(out, " %s", EDGES[edge->kind]);
    if (fact_is(edge->callee)) {
        Name callee = facts_function(facts, edge->callee)->qualified;
        strbuf_addf(out, " %.*s", STR_ARG(facts_name(facts, callee)));
    }
    if (fact_is(edge->klass)) {
        Name klass = facts_class(facts, edge->klass)->qualified;
        strbuf_addf(out, " class=%.*s", STR_ARG(facts_name(facts, klass)));
    }
    strbuf_addf(out, " by=%s", EVIDENCE[edge->evidence]);
    if (edge->through_class_value) strbuf_add_text(out, " through_class_value");
    if (edge->explicit_receiver) strbuf_add_text(out, " explicit_receiver");
    if (edge->super_call) strbuf_add_text(out, " super_call");
    strbuf_add_char(out, '\n');
}

void dump_resolution(const Facts *facts, StrBuf *out) {
    for (uint32_t i = 0; i < facts->edges.count; i++) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (fact_is(edge->expr)) dump_edge(facts, edge, out);
    }
    for (uint32_t i = 0; i < facts->unresolved.count; i++) {
        const UnresolvedCall *row = &facts->unresolved.items[i];
        if (!fact_is(row->call)) continue;
        strbuf_add_text(out, "unresolved ");
        add_place_of(facts, facts_call(facts, row->call)->expr, out);
        strbuf_addf(out, " %.*s\n", STR_ARG(facts_name(facts, row->name)));
    }
}
