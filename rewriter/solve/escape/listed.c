// Tables whose keys somebody goes through: what is a key there is told to all. Comes in: reads of names and attributes.
// Goes out: whether the keys of what is called so are listed anywhere.
//
//     COUNTS[settings.name] += 1
//     COUNTS[settings.name]                 a key that one knows tells nothing
//     COUNTS.most_common(1), list(COUNTS), for name in COUNTS
//     sorted(BY_DAY[day])                   lists the keys of what is in BY_DAY
#include "base/bug.h"
#include "solve/escape/build.h"

enum { LISTED_KEYS = 1, LISTED_PARTS = 2 }; // the keys of a table; those of the tables that are in it

// list(x), sorted(x), ",".join(x), f(*x); f(x) of the tree is seen by itself, and len(x) lists nothing.
static bool is_handed_out(const Program *program, const ExprFact *around) {
    if (around->kind == EXPR_STRING || around->kind == EXPR_STAR) return true;
    if (around->kind != EXPR_CALL) return false;
    const CallFact *call = program_call(program, around->call);
    return row_count(program_call_edges(program, around->call)) == 0 && !(call->flags & (CALL_LOOKS | CALL_SETS_ATTRIBUTE));
}

// The table that a key is looked up in: `d` of d[key], d.setdefault(key, {}); none of what is no look-up.
static ExprId looked_up_in(const Program *program, ExprId id) {
    const ExprFact *row = program_expr(program, id);
    if (row->kind == EXPR_SUBSCRIPT) return row->base;
    if (row->kind != EXPR_CALL) return FACT_NONE(ExprId);
    const CallFact *call = program_call(program, row->call);
    bool part = (call->flags & CALL_GIVES_PART) && call->argument_count > 0 && builder_is_method(program, call);
    return part ? program_expr(program, call->callee)->base : FACT_NONE(ExprId);
}

static void note(Builder *builder, ExprId id) {
    const Program *program = builder->program;
    ExprId table = looked_up_in(program, id);
    uint8_t how = fact_is(table) ? LISTED_PARTS : LISTED_KEYS;
    if (fact_is(table)) id = table;
    const ExprFact *row = program_expr(program, id);
    if (row->kind == EXPR_ATTRIBUTE) builder->listed_names[row->name.index] |= how;
    SymbolId symbol = flow_meant(program, program_symbol_of(program, id));
    if (fact_is(symbol)) builder->listed[symbol.index] |= how;
}

static void note_read(Builder *builder, ExprId id) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, id);
    bool place = row->kind == EXPR_NAME || row->kind == EXPR_ATTRIBUTE || fact_is(looked_up_in(program, id));
    if (!place || !fact_is(row->parent)) return;
    const ExprFact *around = program_expr(program, row->parent);
    bool before = fact_same(around->base, id);
    if (around->kind == EXPR_ATTRIBUTE ? before && (program_name_flags(program, row->parent) & NAME_LISTS)
                                       : !before && is_handed_out(program, around))
        note(builder, id);
}

void builder_index_listed(Builder *builder) {
    const Program *program = builder->program;
    builder->listed = memory_alloc_zeroed(program_symbol_count(program) + 1, sizeof *builder->listed);
    builder->listed_names = memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *builder->listed_names);
    for (uint32_t i = 1; i < program_expr_count(program); i++) note_read(builder, (ExprId){i});
    for (uint32_t i = 1; i < program_binding_count(program); i++) {
        const BindingFact *binding = program_binding(program, (BindingId){i});
        bool goes_through = binding->kind == BINDING_ITERATE || binding->kind == BINDING_ITERATE_ASYNC;
        if (goes_through && fact_is(binding->value)) note(builder, binding->value);
    }
    for (uint32_t i = 1; i < program_binding_count(program); i++) { // names = BY_DAY[day]; sorted(names)
        const BindingFact *binding = program_binding(program, (BindingId){i});
        bool named = binding->kind == BINDING_ASSIGN && binding->element == -1 && fact_is(binding->symbol) && fact_is(binding->value);
        if (named && (builder->listed[flow_meant(program, binding->symbol).index] & LISTED_KEYS) &&
            fact_is(looked_up_in(program, binding->value)))
            note(builder, binding->value);
    }
}

bool builder_is_listed(const Builder *builder, ExprId container) {
    const Program *program = builder->program;
    ExprId table = looked_up_in(program, container);
    uint8_t how = fact_is(table) ? LISTED_PARTS : LISTED_KEYS;
    if (fact_is(table)) container = table;
    const ExprFact *row = program_expr(program, container);
    SymbolId symbol = flow_meant(program, program_symbol_of(program, container));
    if (fact_is(symbol) && (builder->listed[symbol.index] & how)) return true;
    return row->kind == EXPR_ATTRIBUTE && (builder->listed_names[row->name.index] & how);
}

void builder_release_listed(Builder *builder) {
    free(builder->listed);
    free(builder->listed_names);
}
