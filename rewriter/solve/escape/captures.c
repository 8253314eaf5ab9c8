// What a function that was made by another one keeps for itself. Comes in: reads and writes of names of the functions
// around. Goes out: edges from whoever calls it, since what it captures is a part of what is called.
//
//     def counter():
//         first = None
//         def remember(value):
//             nonlocal first
//             first = first or value
//         return remember
//     remember = counter()             lives as long as the module, and so does `first`
#include "solve/escape/build.h"

#include <stdlib.h>

void builder_note_capture(Builder *builder, FunctionId reader, SymbolId symbol) {
    const Program *program = builder->program;
    FunctionId owner = program_scope_function(program, program_symbol(program, symbol)->scope);
    for (; fact_is(reader) && !fact_same(reader, owner); reader = program_function(program, reader)->enclosing) {
        uint32_t known = 0;
        uint64_t key = map_key(reader.index, symbol.index);
        if (map_get(&builder->captured, key, &known)) continue;
        map_put(&builder->captured, key, 1);
        vec_add(&builder->captures, ((FlowCapture){reader, symbol}));
    }
}

static int compare_captures(const void *left, const void *right) {
    const FlowCapture *a = left, *b = right;
    if (a->function.index != b->function.index) return a->function.index < b->function.index ? -1 : 1;
    return a->symbol.index < b->symbol.index ? -1 : a->symbol.index > b->symbol.index;
}

static uint32_t first_capture(const Builder *builder, FunctionId function) {
    uint32_t low = 0, high = builder->captures.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (builder->captures.items[middle].function.index < function.index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void builder_link_captures(Builder *builder) {
    const Program *program = builder->program;
    if (builder->captures.count > 1)
        qsort(builder->captures.items, builder->captures.count, sizeof(FlowCapture), compare_captures);
    for (uint32_t i = 1; builder->captures.count > 0 && i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind != EDGE_CALL || !fact_is(edge->call)) continue;
        if (!fact_is(program_function(program, edge->callee)->enclosing)) continue;
        uint32_t called = flow_expr(program, program_call(program, edge->call)->callee);
        for (uint32_t k = first_capture(builder, edge->callee); k < builder->captures.count; k++) {
            if (!fact_same(builder->captures.items[k].function, edge->callee)) break;
            builder_link(builder, called, flow_symbol(program, builder->captures.items[k].symbol), FLOW_CAPTURED);
        }
    }
    vec_release(&builder->captures);
    map_release(&builder->captured);
}
