// Where a test has told what a name or an attribute is: isinstance and the like, followed to the code
// that runs only after it.
// Comes in: conditions of statements, choices and comprehensions, the classes of cases, and the
// bindings of names that have several. Goes out:
// Resolver.narrowings, regions of text by symbol. Must never reach behind an assignment.
// Source: PEP 484, "Type narrowing"; mypy documentation, "Type narrowing".
#include "python/resolve/resolver.h"

static const ExprFact *row_of(const Resolver *resolver, ExprId expr) {
    return facts_expr(resolver->facts, expr);
}

ExprId narrow_chain_root(const Facts *facts, ExprId expr) {
    while (facts_expr(facts, expr)->kind == EXPR_ATTRIBUTE ||
           facts_expr(facts, expr)->kind == EXPR_SUBSCRIPT)
        expr = facts_expr(facts, expr)->base;
    bool named = facts_expr(facts, expr)->kind == EXPR_NAME &&
                 fact_is(facts->expr_symbols.items[expr.index]);
    return named ? expr : FACT_NONE(ExprId);
}

// What the test is about: the first argument of the call. A walrus stands for the name it binds.
ExprId narrow_subject(const Resolver *resolver, ExprId test) {
    const ExprFact *row = row_of(resolver, test);
    if (row->flags & EXPR_CASE_CLASS)
        return facts_statement(resolver->facts, row->statement)->value;
    const CallFact *call = facts_call(resolver->facts, row->call);
    if (row->kind != EXPR_CALL || !call->argument_count) return FACT_NONE(ExprId);
    ExprId subject = resolver->facts->arguments.items[call->first_argument].value;
    if (row_of(resolver, subject)->kind == EXPR_WALRUS)
        subject = row_of(resolver, subject)->first_child;
    return fact_is(subject) && fact_is(narrow_chain_root(resolver->facts, subject))
               ? subject
               : FACT_NONE(ExprId);
}

// ---- regions ---------------------------------------------------------------------------------------
// The outermost loop that begins at or after FROM and has STATEMENT inside.
static uint32_t loop_start(const Facts *facts, StatementId statement, uint32_t from, uint32_t at) {
    for (; fact_is(statement); statement = facts_statement(facts, statement)->parent) {
        const StatementFact *row = facts_statement(facts, statement);
        if (row->start < from) break;
        if (row->kind == STATEMENT_LOOP || row->kind == STATEMENT_WHILE) at = row->start;
    }
    return at;
}

// END, or where the subject or a part of its chain is bound again.
static uint32_t end_of_validity(const Resolver *resolver, ExprId subject, ExprId from,
                                uint32_t start, uint32_t end) {
    const Facts *facts = resolver->facts;
    const NarrowIndex *index = &resolver->narrow_index;
    ExprId first = {0};
    for (ExprId part = subject; fact_is(part); part = facts_expr(facts, part)->base) {
        uint32_t chain = index->chain_of[part.index];
        if (!chain) continue;
        ExprId store = narrow_next_store(index, facts, chain, from, start, end);
        if (fact_is(store) && (!fact_is(first) || store.index < first.index)) first = store;
    }
    if (!fact_is(first)) return end;
    const ExprFact *row = facts_expr(facts, first);
    return loop_start(facts, row->statement, start, row->start);
}

static void add_region(Resolver *resolver, ExprId subject, ExprId condition, bool holds,
                       uint32_t start, uint32_t end) {
    if (start >= end) return;
    end = end_of_validity(resolver, subject, condition, start, end);
    if (start >= end) return;
    *vec_push(&resolver->narrowings) = (Narrowing){.subject = subject,
                                                   .condition = condition,
                                                   .holds = holds,
                                                   .start = start,
                                                   .end = end};
}

static Branch branch_of(const Resolver *resolver, StatementId owner, uint8_t branch) {
    return narrow_branch(&resolver->narrow_index, owner, branch);
}

static bool leaves(const Facts *facts, Branch branch) {
    StatementKind kind = facts->statements.items[branch.last].kind;
    return branch.end &&
           (kind == STATEMENT_RETURN || kind == STATEMENT_RAISE || kind == STATEMENT_JUMP);
}

// Where the block ends that STATEMENT stands in.
static uint32_t block_end(const Resolver *resolver, StatementId id) {
    const Facts *facts = resolver->facts;
    const StatementFact *row = facts_statement(facts, id);
    if (fact_is(row->parent)) return branch_of(resolver, row->parent, row->branch).end;
    const ScopeFact *scope = facts_scope(facts, row->scope);
    if (scope->kind == SCOPE_FUNCTION) return facts_function(facts, scope->function)->end;
    if (scope->kind == SCOPE_CLASS) return facts_class(facts, scope->klass)->end;
    return UINT32_MAX;
}

static void narrow_statement(Resolver *resolver, ExprId subject, ExprId condition, StatementId id) {
    const Facts *facts = resolver->facts;
    const StatementFact *row = facts_statement(facts, id);
    if (!fact_same(row->value, condition)) return;
    if (row->kind == STATEMENT_ASSERT) {
        add_region(resolver, subject, condition, true, row->end, block_end(resolver, id));
    } else if (row->kind == STATEMENT_IF) {
        Branch body = branch_of(resolver, id, 0), other = branch_of(resolver, id, 1);
        add_region(resolver, subject, condition, true, body.start, body.end);
        add_region(resolver, subject, condition, false, other.start, other.end);
        if (leaves(facts, body))
            add_region(resolver, subject, condition, false, row->end, block_end(resolver, id));
        else if (leaves(facts, other))
            add_region(resolver, subject, condition, true, row->end, block_end(resolver, id));
    } else if (row->kind == STATEMENT_WHILE) {
        Branch body = branch_of(resolver, id, 0);
        add_region(resolver, subject, condition, true, body.start, body.end);
        if (!narrow_has_jump(&resolver->narrow_index, id))
            add_region(resolver, subject, condition, false, row->end, block_end(resolver, id));
    }
}

// A condition inside a choice or a comprehension decides about its neighbours.
static void narrow_siblings(Resolver *resolver, ExprId subject, ExprId condition) {
    const ExprFact *row = row_of(resolver, condition), *parent = row_of(resolver, row->parent);
    if (parent->kind == EXPR_CHOICE && parent->operator_ != OPERATOR_NONE) {
        add_region(resolver, subject, condition, parent->operator_ == OPERATOR_AND, row->end,
                   parent->end);
    } else if (parent->kind == EXPR_CHOICE && (row->flags & EXPR_CONDITION)) {
        const ExprFact *value = row_of(resolver, parent->first_child);
        const ExprFact *other = row_of(resolver, value->next_sibling);
        // The value stands before the condition: nothing between them binds.
        add_region(resolver, subject, condition, true, value->start, value->end);
        add_region(resolver, subject, condition, false, other->start, other->end);
    } else if (row->flags & EXPR_CONDITION) {
        const ExprFact *element = row_of(resolver, parent->first_child);
        const ExprFact *value = row_of(resolver, element->next_sibling);
        bool pair = parent->kind == EXPR_DICT_COMPREHENSION;
        add_region(resolver, subject, condition, true, element->start,
                   pair ? value->end : element->end);
        add_region(resolver, subject, condition, true, row->end, parent->end);
    }
}

static bool is_boolean(const ExprFact *row) {
    return row->operator_ == OPERATOR_AND || row->operator_ == OPERATOR_OR ||
           row->operator_ == OPERATOR_NOT;
}

// From the test outwards through not, and, or, up to what the condition decides.
static void follow(Resolver *resolver, ExprId test) {
    ExprId subject = narrow_subject(resolver, test), at = test;
    if (!fact_is(subject)) return;
    const ExprFact *row = row_of(resolver, test);
    if (fact_is(row->parent)) { // type(x) is C: the comparison is the test
        const ExprFact *parent = row_of(resolver, row->parent);
        if (parent->operator_ == OPERATOR_IS || parent->operator_ == OPERATOR_EQUAL)
            at = row->parent;
    }
    for (;;) {
        row = row_of(resolver, at);
        if (!fact_is(row->parent)) {
            narrow_statement(resolver, subject, at, row->statement);
            return;
        }
        narrow_siblings(resolver, subject, at);
        if (!is_boolean(row_of(resolver, row->parent))) return;
        at = row->parent;
    }
}

// case Worker(): the block behind it.
static void follow_case(Resolver *resolver, ExprId klass) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = row_of(resolver, klass);
    ExprId subject = facts_statement(facts, row->statement)->value;
    if (!fact_is(subject) || !fact_is(narrow_chain_root(facts, subject))) return;
    uint32_t end = facts_statement(facts, row->statement)->end;
    for (uint32_t i = row->statement.index + 1; i < facts->statements.count; i++) {
        const StatementFact *first = &facts->statements.items[i];
        if (first->start >= end) return;
        if (first->start < row->end || !fact_same(first->parent, row->statement)) continue;
        Branch branch = branch_of(resolver, row->statement, first->branch);
        add_region(resolver, subject, klass, true, branch.start, branch.end);
        return;
    }
}

// ---- assignments -----------------------------------------------------------------------------------
// `self` in a method: what its attributes are, the class knows.
static bool is_receiver(const Facts *facts, SymbolId symbol) {
    const SymbolFact *row = facts_symbol(facts, symbol);
    if (!(row->flags & SYMBOL_PARAMETER) || !fact_is(row->first_binding)) return false;
    ParameterId parameter = facts_binding(facts, row->first_binding)->parameter;
    FunctionId id = facts_parameter(facts, parameter)->function;
    const FunctionFact *function = facts_function(facts, id);
    return fact_is(function->klass) && parameter.index == function->first_parameter;
}

// A name with several bindings, or an attribute of a name that may be anything.
static bool is_followed(const Facts *facts, const BindingFact *row) {
    if (!fact_is(row->target) || !fact_is(row->value)) return false;
    if (fact_is(row->symbol)) {
        const SymbolFact *symbol = facts_symbol(facts, row->symbol);
        return !fact_same(symbol->first_binding, symbol->last_binding);
    }
    if (facts_expr(facts, row->target)->kind != EXPR_ATTRIBUTE) return false;
    ExprId root = narrow_chain_root(facts, row->target);
    return fact_is(root) && !is_receiver(facts, facts->expr_symbols.items[root.index]);
}

// What is bound is, after that binding in the same block, what the binding gave it.
static void follow_binding(Resolver *resolver, BindingId id) {
    const Facts *facts = resolver->facts;
    const BindingFact *row = facts_binding(facts, id);
    if (!is_followed(facts, row)) return;
    if (facts_scope(facts, row->scope)->kind != SCOPE_FUNCTION) return;
    const StatementFact *statement = facts_statement(facts, row->statement);
    uint32_t start, end;
    if (row->kind == BINDING_ASSIGN && statement->kind == STATEMENT_ASSIGN) {
        start = statement->end;
        end = block_end(resolver, row->statement);
    } else if (statement->kind == STATEMENT_LOOP || statement->kind == STATEMENT_WITH) {
        Branch body = branch_of(resolver, row->statement, 0);
        start = body.start;
        end = body.end;
    } else {
        return;
    }
    uint32_t before = resolver->narrowings.count;
    add_region(resolver, row->target, row->target, true, start, end);
    if (resolver->narrowings.count > before) vec_last(&resolver->narrowings)->binding = id;
}

static bool is_test(const Resolver *resolver, const ExprFact *row) {
    if (row->kind != EXPR_CALL) return false;
    const ExprFact *callee = row_of(resolver, row->base);
    const KnownNames *known = &resolver->known;
    return callee->kind == EXPR_NAME &&
           (name_equal(callee->name, known->isinstance) ||
            name_equal(callee->name, known->issubclass) || name_equal(callee->name, known->type));
}

void resolve_narrowings(Resolver *resolver) {
    Facts *facts = resolver->facts;
    narrow_index_open(&resolver->narrow_index, facts);
    *vec_push(&resolver->narrowings) = (Narrowing){0};
    for (uint32_t i = 1; i < facts->bindings.count; i++) follow_binding(resolver, (BindingId){i});
    const uint16_t whole = EXPR_CASE_CLASS | EXPR_CONDITION;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *row = &facts->exprs.items[i];
        if (is_test(resolver, row))
            follow(resolver, (ExprId){i});
        else if ((row->flags & whole) == whole)
            follow_case(resolver, (ExprId){i});
    }
    narrow_index_close_building(&resolver->narrow_index);
    narrow_index_regions(&resolver->narrow_index, resolver->narrowings.items,
                         resolver->narrowings.count);
}
