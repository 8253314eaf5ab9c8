// Tables whose keys somebody goes through: what is a key there is told to all. Comes in: reads of names and attributes.
// Goes out: whether the keys of what is called so are listed anywhere.
//
//     COUNTS[settings.name] += 1
//     COUNTS[settings.name]                 a key that one knows tells nothing
//     COUNTS.most_common(1), list(COUNTS), for name in COUNTS
#include "base/bug.h"
#include "solve/escape/build.h"

// list(x), sorted(x), ",".join(x), f(*x); f(x) of the tree is seen by itself, and len(x) lists nothing.
static bool is_handed_out(const Program *program, const ExprFact *around) {
    if (around->kind == EXPR_STRING || around->kind == EXPR_STAR) return true;
    if (around->kind != EXPR_CALL) return false;
    const CallFact *call = program_call(program, around->call);
    return row_count(program_call_edges(program, around->call)) == 0 && !(call->flags & (CALL_LOOKS | CALL_SETS_ATTRIBUTE));
}

static void note(Builder *builder, ExprId id) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, id);
    if (row->kind == EXPR_ATTRIBUTE) builder->listed_names[row->name.index] = true;
    SymbolId symbol = flow_meant(program, program_symbol_of(program, id));
    if (fact_is(symbol)) builder->listed[symbol.index] = true;
}

static void note_read(Builder *builder, ExprId id) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, id);
    if ((row->kind != EXPR_NAME && row->kind != EXPR_ATTRIBUTE) || !fact_is(row->parent)) return;
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
}

bool builder_is_listed(const Builder *builder, ExprId container) {
    const Program *program = builder->program;
    const ExprFact *row = program_expr(program, container);
    SymbolId symbol = flow_meant(program, program_symbol_of(program, container));
    if (fact_is(symbol) && builder->listed[symbol.index]) return true;
    return row->kind == EXPR_ATTRIBUTE && builder->listed_names[row->name.index];
}

void builder_release_listed(Builder *builder) {
    free(builder->listed);
    free(builder->listed_names);
}
