// Expressions as text. In: a row of Facts.exprs. Out: parentheses as deep as the expression.
#include "facts/dump.h"

static const char *const KINDS[] = {
    [EXPR_OTHER] = "other",
    [EXPR_NAME] = "name",
    [EXPR_ATTRIBUTE] = "attribute",
    [EXPR_SUBSCRIPT] = "subscript",
    [EXPR_CALL] = "call",
    [EXPR_AWAIT] = "await",
    [EXPR_STAR] = "star",
    [EXPR_STRING] = "string",
    [EXPR_NUMBER] = "number",
    [EXPR_NONE] = "none",
    [EXPR_TRUTH] = "truth",
    [EXPR_TUPLE] = "tuple",
    [EXPR_LIST] = "list",
    [EXPR_SET] = "set",
    [EXPR_DICT] = "dict",
    [EXPR_CHOICE] = "choice",
    [EXPR_UNION] = "union",
    [EXPR_LIST_COMPREHENSION] = "list_comprehension",
    [EXPR_SET_COMPREHENSION] = "set_comprehension",
    [EXPR_DICT_COMPREHENSION] = "dict_comprehension",
    [EXPR_GENERATOR] = "generator",
    [EXPR_LAMBDA] = "lambda",
    [EXPR_WALRUS] = "walrus",
    [EXPR_YIELD] = "yield",
    [EXPR_ELLIPSIS] = "ellipsis",
};

// By bit of ExprFlag.
static const char *const FLAGS[] = {
    "stored",    "deleted", "annotation", "interpolation", "self_documenting",
    "decorator", "default", "bases",      "condition",     "type_checking",
    "case_class",
};

static void add_escaped(Str text, StrBuf *out) {
    strbuf_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '\n')
            strbuf_add_text(out, "\\n");
        else if (c == '\r')
            strbuf_add_text(out, "\\r");
        else
            strbuf_add_char(out, c);
    }
    strbuf_add_char(out, '"');
}

static void add_name(const Facts *facts, const ExprFact *row, StrBuf *out) {
    if (!row->name.index) return;
    strbuf_add_char(out, ' ');
    Str name = facts_name(facts, row->name);
    if (row->kind == EXPR_STRING)
        add_escaped(name, out);
    else
        strbuf_add(out, name);
}

void facts_dump_expr(const Facts *facts, ExprId expr, StrBuf *out) {
    const ExprFact *row = facts_expr(facts, expr);
    strbuf_addf(out, "(%s", KINDS[row->kind]);
    for (uint32_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++)
        if (row->flags >> i & 1) strbuf_addf(out, "+%s", FLAGS[i]);
    if (fact_is(row->base)) {
        strbuf_add_char(out, ' ');
        facts_dump_expr(facts, row->base, out);
    }
    add_name(facts, row, out);
    for (ExprId e = row->first_child; fact_is(e); e = facts_expr(facts, e)->next_sibling) {
        strbuf_add_char(out, ' ');
        facts_dump_expr(facts, e, out);
    }
    strbuf_add_char(out, ')');
}
