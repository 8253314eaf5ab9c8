// Private to the files that build the flow graph (flow.h).
#ifndef WEFT_SOLVE_ESCAPE_BUILD_H
#define WEFT_SOLVE_ESCAPE_BUILD_H

#include "solve/escape/flow.h"
#include "solve/solver.h"

typedef struct FlowEdge {
    uint32_t from, to;
    FlowKind kind;
} FlowEdge;

// FUNCTION reads or writes a name of a function around it.
typedef struct FlowCapture {
    FunctionId function;
    SymbolId symbol;
} FlowCapture;

typedef struct Builder {
    const Solver *solver;
    const Program *program;
    Flow *flow;
    Vec(FlowEdge) edges;
    ParameterIndex parameters;
    Map fields;           // (class, name) -> node
    Map own_fields;       // (root class, name) -> node
    CallId *makers;       // by metaclass: see builder_index_makers
    Map keyed_reads;      // (symbol of **rest, name) -> the last read of that name: keyed.c
    uint32_t *next_read;  // by expression: the one before it
    bool *mixed;          // by symbol: a **rest that gets more than named arguments
    uint8_t *listed;      // by symbol, and by name of an attribute: whose keys are listed, of listed.c
    uint8_t *listed_names;
    Vec(FlowCapture) captures;
    bool *bound_elsewhere; // by symbol: rebound.c
    Map exact;            // (call, function): see builder_feed_handed
    Map returned;         // function -> the last `return x.method`: the expression
    Map captured;         // (function, symbol) -> 1: those of `captures`
    Vec(uint32_t) filled; // nodes that something is put into, which may have other names
    uint8_t *seen;        // by node: on a way that aliases.c went
    Map assigned_fields;  // (root class, name): some instance is given one of its own, or adds to what it has
} Builder;

// The edges so far, by the node that they go from (or to).
FlowLinks builder_sort(const Builder *builder, bool backward);
void flow_links_release(FlowLinks *links);
void builder_link(Builder *builder, uint32_t from, uint32_t to, FlowKind kind);

// ---- members.c: attributes that have a node ----
void builder_index_members(Builder *builder);
// The node of attribute NAME of what REFERENCE says.
uint32_t builder_member(Builder *builder, const ClassReference *reference, Name name);
// The node of what the class body gives all instances under NAME; 0 when each gets its own, or it is no container.
uint32_t builder_shared_field(const Builder *builder, const ClassReference *reference, Name name);
// The method NAME of a class; none when it has none in the tree.
FunctionId builder_method(const Program *program, ClassId klass, Name name);

// ---- files.c ----
// Adds the stores into files whose paths name no tenant.
void builder_add_files(Builder *builder);
// EXPR is made of literals and of names that are bound once, whoever runs.
bool builder_is_fixed(const Program *program, ExprId expr);

// ---- keyed.c: names that are read from **rest ----
void builder_index_keyed(Builder *builder);
void builder_release_keyed(Builder *builder);
// The kind of the edge from what EXPR, `rest["name"]` or `rest.get("name")`, is part of.
FlowKind builder_keyed_kind(const Builder *builder, ExprId expr);
// The argument NAME, at node FROM, is what is read by that name from REST.
void builder_link_keyed(Builder *builder, uint32_t from, SymbolId rest, Name name);

// What READ, `container[key]`, is when the container is written out.
void builder_link_part(Builder *builder, ExprId read, ExprId container, ExprId key);

// ---- listed.c ----
void builder_index_listed(Builder *builder);
void builder_release_listed(Builder *builder);
// Somebody goes through the keys of what is called as CONTAINER.
bool builder_is_listed(const Builder *builder, ExprId container);

// ---- choices.c ----
typedef enum Choice {
    CHOICE_VALUE, // what goes
    CHOICE_KEY,   // the key of what goes: that tells nothing unless somebody lists them
    CHOICE_ORDER, // how all are put in order
} Choice;
// AT takes out of HOLDER what ARGUMENT says, or puts it in that order.
void builder_choose(Builder *builder, ExprId holder, ExprId argument, ExprId at, Choice how);
// The same of a call that CALL_CHOOSES marks.
void builder_add_choice(Builder *builder, const CallFact *call);

// ---- captures.c ----
// SYMBOL, of a function around READER, is read or written in that; and links all such to whoever calls the readers.
void builder_note_capture(Builder *builder, FunctionId reader, SymbolId symbol);
void builder_link_captures(Builder *builder);

// ---- metaclass.c ----
void builder_index_makers(Builder *builder);
// Edges of a construction of KLASS, at node MADE, that its metaclass carries out.
void builder_link_maker(Builder *builder, ClassId klass, uint32_t made);

// ---- rebound.c ----
void builder_index_rebound(Builder *builder);
// The node that is filled where something is put into HOLDER: what the name was bound to last, or the name.
uint32_t builder_place(const Builder *builder, ExprId holder);

// ---- special.c ----
// Edges of what parameters get where no call names their functions.
void builder_add_special(Builder *builder);

// ---- aliases.c ----
// Adds the edges of kind FLOW_SEEN, and Builder.seen; needs all others but those of through.c.
void builder_link_aliases(Builder *builder);

// ---- through.c ----
// Adds the edges of kind FLOW_THROUGH; needs all others.
void builder_link_through(Builder *builder);

// ---- build_calls.c, build_stores.c ----
void builder_add_call(Builder *builder, CallId call);
// EXPR is a module, which an import binds.
bool builder_is_module(const Program *program, ExprId expr);
// What stands before the dot of the callee is an object, and no module.
bool builder_is_method(const Program *program, const CallFact *call);
// What stands beside a function in a call that leaves the tree gets to its parameters.
void builder_feed_handed(Builder *builder);
// Fills Builder.returned.
void builder_index_returned(Builder *builder);
void builder_add_binding(Builder *builder, BindingId binding);
// What is put into EXPR (INSIDE it) stays where EXPR comes from: in the name, attribute or container.
void builder_link_into(Builder *builder, uint32_t from, ExprId expr);
void builder_add_store(Builder *builder, FlowStore store, ExprId base);

#endif
