// What is put into something is seen under its other names, too: an edge back to each of them. In: the other edges, and
// what something is put into (Builder.filled). Out: FLOW_SEEN.
//
//     def fill(out, text): out.append(text)        text -> out           FLOW_INSIDE
//     rows = []
//     fill(rows, name)                             out -> rows           FLOW_SEEN and FLOW_LEAVE
//     print(rows[0])
//
// Goes from what is filled against the edges that say "is the same as" and "is part of". Behind a part it knows that
// something in a container was filled, and not the container, so that it goes on to what was put there:
//
//     jobs.put((text, answer))                     answer -> the tuple -> jobs
//     text, answer = jobs.get()                    jobs -> jobs.get() -> answer, which is filled, and so is the first answer
//     answer.put(name + text)
//
// Only ways to a container that a function makes count. It ends at names of modules and classes: what is put there is for
// all, and that is said where it is put. And objects of the tree have attributes, which have nodes of their own.
#include "solve/escape/build.h"

#include <stdlib.h>

#include "base/bug.h"

enum { PARTS_MOST = 16 }; // of one node; behind them the container stands for its parts

// Which functions a way may go out of, so that it comes out where it went in, and ends near to an attribute: its node
// stands for that of many objects, and who makes the object is asked, but not who calls the maker.
typedef enum Phase { ANYWHERE, IN_CALLEE, AT_ATTRIBUTE, AT_MAKER } Phase;

// NODE is filled, or PART, which was taken out of it or of what is in it.
typedef struct Filled {
    uint32_t node;
    uint32_t part; // node; 0: it is NODE itself
    Phase phase;
} Filled;

// What is put into FROM is seen in TO.
typedef struct Step {
    uint32_t from, to;
    uint8_t kinds;
    uint32_t next; // the next one to the same node; 0 ends
} Step;

typedef struct Aliases {
    Builder *builder;
    FlowLinks backward;
    Map known;       // (node, part and phase) -> 1
    uint8_t *parts;  // by node: how many parts of it are known
    Vec(Filled) work;
    Vec(Step) steps;  // [0] unused
    uint32_t *first;  // by node: the first step to it
    Vec(uint32_t) made; // nodes that are such a container, or lead to one
} Aliases;

static void mark(Aliases *aliases, uint32_t node, uint32_t part, Phase phase) {
    uint32_t known = 0;
    if (part && aliases->parts[node] >= PARTS_MOST) part = node;
    if (map_get(&aliases->known, map_key(node, part << 2 | phase), &known)) return;
    map_put(&aliases->known, map_key(node, part << 2 | phase), 1);
    if (part && aliases->parts[node] < PARTS_MOST) aliases->parts[node]++;
    vec_add(&aliases->work, ((Filled){node, part, phase}));
}

// Of one call of a function, or of one object, at most.
static bool is_private(const Program *program, uint32_t node) {
    if (node < program_expr_count(program)) {
        uint8_t kind = program_expr(program, (ExprId){node})->kind;
        return kind != EXPR_NAME && kind != EXPR_NONE && kind != EXPR_STRING && kind != EXPR_NUMBER && kind != EXPR_TRUTH;
    }
    uint32_t symbol = node - program_expr_count(program);
    if (symbol >= program_symbol_count(program)) return true;
    ScopeKind kind = program_scope(program, program_symbol(program, (SymbolId){symbol})->scope)->kind;
    return kind == SCOPE_FUNCTION || kind == SCOPE_BLOCK;
}

static void add_step(Aliases *aliases, uint32_t from, uint32_t to, unsigned kinds) {
    vec_add(&aliases->steps, ((Step){from, to, (uint8_t)kinds, aliases->first[to]}));
    aliases->first[to] = aliases->steps.count - 1;
}

// An object of a class of the tree: what it is made with are its attributes.
static bool is_object(const Program *program, uint32_t node) {
    if (node >= program_expr_count(program) || program_expr(program, (ExprId){node})->kind != EXPR_CALL) return false;
    RowList edges = program_call_edges(program, program_expr(program, (ExprId){node})->call);
    return edges.at < edges.end && program_edge(program, *edges.at)->kind == EDGE_CONSTRUCT;
}

// A container that a call of a function makes: a display, a copy, what a library's class or function gives.
static bool is_made(const Program *program, uint32_t node) {
    if (node >= program_expr_count(program)) return false;
    const ExprFact *row = program_expr(program, (ExprId){node});
    if (!fact_is(program_scope_function(program, row->scope))) return false;
    switch ((ExprKind)row->kind) {
    case EXPR_LIST: case EXPR_SET: case EXPR_DICT: case EXPR_LIST_COMPREHENSION: case EXPR_SET_COMPREHENSION:
    case EXPR_DICT_COMPREHENSION:
        return true;
    case EXPR_CALL: {
        const CallFact *call = program_call(program, row->call);
        if (row_count(program_call_edges(program, row->call)) > 0 || (call->flags & CALL_GIVES_PART)) return false;
        if (call->flags & (CALL_SIFTS | CALL_KEEPS)) return true;
        // str(x), len(x): what the language itself calls by a name of its own and does not say more of is no container.
        bool own = program_expr(program, call->callee)->kind == EXPR_NAME && !fact_is(program_symbol_of(program, call->callee));
        return !own && !builder_is_method(program, call);
    }
    case EXPR_OTHER: case EXPR_NAME: case EXPR_ATTRIBUTE: case EXPR_SUBSCRIPT: case EXPR_AWAIT: case EXPR_STAR:
    case EXPR_STRING: case EXPR_NUMBER: case EXPR_NONE: case EXPR_TRUTH: case EXPR_TUPLE: case EXPR_CHOICE:
    case EXPR_UNION: case EXPR_GENERATOR: case EXPR_LAMBDA: case EXPR_WALRUS: case EXPR_YIELD: case EXPR_ELLIPSIS:
        break;
    }
    return false;
}

static uint32_t first_attribute(const Aliases *aliases) {
    const Program *program = aliases->builder->program;
    return flow_instance(program, (ClassId){program_class_count(program)});
}

static bool goes_on(Phase *phase, uint8_t kinds, bool of_attribute) {
    if (of_attribute) *phase = AT_ATTRIBUTE;
    if (kinds & FLOW_ENTER) {
        if (*phase == IN_CALLEE || *phase == AT_MAKER) return false;
        if (*phase == AT_ATTRIBUTE) *phase = AT_MAKER;
    } else if (kinds & FLOW_LEAVE) {
        if (*phase == AT_ATTRIBUTE || *phase == AT_MAKER) return false;
        *phase = IN_CALLEE;
    }
    return true;
}

// `text, answer = jobs.get()`: the place of the part in the tuple; -1: not known.
static int32_t place_of_part(const Program *program, uint32_t part) {
    uint32_t symbol = part - program_expr_count(program);
    if (part < program_expr_count(program) || symbol >= program_symbol_count(program)) return -1;
    const SymbolFact *row = program_symbol(program, (SymbolId){symbol});
    if (!fact_is(row->first_binding) || !fact_same(row->first_binding, row->last_binding)) return -1;
    return program_binding(program, row->first_binding)->element;
}

// Whether FROM, which is in what is at NODE, may be PART of it.
static bool may_be_part(const Program *program, uint32_t node, uint32_t from, uint32_t part) {
    if (is_object(program, node)) return false;
    int32_t place = place_of_part(program, part);
    if (place < 0 || node >= program_expr_count(program) || program_expr(program, (ExprId){node})->kind != EXPR_TUPLE) return true;
    ExprId child = program_expr(program, (ExprId){node})->first_child;
    for (; fact_is(child) && place > 0; place--) child = program_expr(program, child)->next_sibling;
    return fact_is(child) && flow_expr(program, child) == from;
}

static void follow_edge(Aliases *aliases, Filled at, uint32_t from, uint8_t kinds) {
    unsigned crossing = kinds & FLOW_ENTER ? FLOW_LEAVE : kinds & FLOW_LEAVE ? FLOW_ENTER : 0;
    if ((kinds & FLOW_CAPTURED) == FLOW_CAPTURED) return;
    bool copy = (kinds & FLOW_COPY) == FLOW_COPY; // a container of its own, with the same parts
    if ((kinds & FLOW_INSIDE) && !copy) {
        if (!at.part || !may_be_part(aliases->builder->program, at.node, from, at.part)) return;
        add_step(aliases, at.part, from, FLOW_SEEN | FLOW_INSIDE | FLOW_LEAVE);
        mark(aliases, from, 0, at.phase);
        mark(aliases, from, at.part, at.phase); // how deep in it the part lies is not known
        return;
    }
    uint32_t part = at.part;
    Phase phase = at.phase;
    bool of_attribute = at.node >= first_attribute(aliases);
    // Of what a callee gives, the attribute is the name that others have: desk.get_rows().append(x).
    bool ends = of_attribute && (part || (phase != ANYWHERE && !is_made(aliases->builder->program, from)));
    if ((copy && !part) || ends || !goes_on(&phase, kinds, of_attribute)) return;
    if (!copy && (kinds & FLOW_PART) && !part) part = at.node;
    if (!copy && !(kinds & (FLOW_PART | FLOW_IDENTITY))) return;
    add_step(aliases, at.node, from, FLOW_SEEN | crossing);
    mark(aliases, from, part, phase);
}

static void follow(Aliases *aliases, Filled at) {
    const FlowLinks *links = &aliases->backward;
    for (uint32_t i = links->first[at.node]; i < links->first[at.node + 1]; i++)
        if (is_private(aliases->builder->program, links->nodes[i])) follow_edge(aliases, at, links->nodes[i], links->kinds[i]);
}

static void lead(Aliases *aliases, uint32_t node) {
    if (aliases->builder->seen[node]) return;
    aliases->builder->seen[node] = 1;
    vec_add(&aliases->made, node);
}

// Edges for the steps on the ways that lead to such a container.
static void link_steps(Aliases *aliases) {
    Builder *builder = aliases->builder;
    for (uint32_t i = 1; i < aliases->steps.count; i++)
        if (is_made(builder->program, aliases->steps.items[i].to)) lead(aliases, aliases->steps.items[i].to);
    for (uint32_t at = 0; at < aliases->made.count; at++)
        for (uint32_t i = aliases->first[aliases->made.items[at]]; i; i = aliases->steps.items[i].next)
            lead(aliases, aliases->steps.items[i].from);
    for (uint32_t i = 1; i < aliases->steps.count; i++) {
        Step step = aliases->steps.items[i];
        // An attribute has no other way to what it was given when it was made: its own node is the name of that.
        bool of_attribute = step.from >= first_attribute(aliases) && step.to < program_expr_count(builder->program);
        if (builder->seen[step.to] && !of_attribute) builder_link(builder, step.from, step.to, (FlowKind)step.kinds);
    }
}

void builder_link_aliases(Builder *builder) {
    uint32_t count = builder->flow->count + 1;
    Aliases aliases = {.builder = builder,
                       .backward = builder_sort(builder, true),
                       .parts = memory_alloc_zeroed(count, sizeof(uint8_t)),
                       .first = memory_alloc_zeroed(count, sizeof(uint32_t))};
    builder->seen = memory_alloc_zeroed(count, sizeof *builder->seen);
    vec_add(&aliases.steps, ((Step){0}));
    for (uint32_t i = 0; i < builder->filled.count; i++) mark(&aliases, builder->filled.items[i], 0, ANYWHERE);
    while (aliases.work.count) {
        Filled at = *vec_last(&aliases.work);
        aliases.work.count--;
        follow(&aliases, at);
    }
    link_steps(&aliases);
    flow_links_release(&aliases.backward);
    free(aliases.parts);
    map_release(&aliases.known);
    free(aliases.first);
    vec_release(&aliases.work);
    vec_release(&aliases.steps);
    vec_release(&aliases.made);
    vec_release(&builder->filled);
}
