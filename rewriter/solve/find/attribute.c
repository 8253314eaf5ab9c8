// Reads of an attribute, by the class of the object, to sinks. Comes in: what objects are instances of.
// Goes out: sinks whose expression is the read. An object that may be something else is refused with
// W215; one that is made in place, with W214.
#include "solve/solver.h"

// a.b.c: its text can be written again with nothing in it that another edit wants.
static bool is_plain(const Program *program, ExprId expr) {
    while (program_expr(program, expr)->kind == EXPR_ATTRIBUTE)
        expr = program_expr(program, expr)->base;
    return program_expr(program, expr)->kind == EXPR_NAME;
}

// The rows [from, to) of Facts.class_references say what one object may be.
static void add_read(Solver *solver, uint32_t index, uint32_t from, uint32_t to, ClassId klass) {
    const Program *program = solver->program;
    const SinkRule *rule = &solver->program->rules->sinks.items[index];
    const ClassReference *rows = program->facts->class_references.items;
    ExprId read = program_expr(program, rows[from].expr)->parent;
    if (program_expr(program, read)->flags & (EXPR_STORED | EXPR_DELETED)) return;
    bool some = false, all = rows[from].certain;
    for (uint32_t i = from; i < to; i++) {
        bool fits = rows[i].instance && program_is_subclass(program, rows[i].klass, klass);
        some = some || fits;
        all = all && fits;
    }
    if (!some || solver_is_exempt(solver, read, rule) ||
        solver_in_runtime(solver, read))
        return;
    Sink *sink = solver_add_sink(solver, read, index, 0, rule->family);
    bool plain = is_plain(program, rows[from].expr);
    if ((all && plain) || sink->outcome == OUTCOME_REFUSED) return;
    sink->outcome = OUTCOME_REFUSED;
    sink->code = all ? DIAGNOSTIC_W214 : DIAGNOSTIC_W215;
}

void solver_add_attributes(Solver *solver, uint32_t rule) {
    const Program *program = solver->program;
    Str target = solver->program->rules->sinks.items[rule].target.text;
    size_t dot = (size_t)str_find_last(target, '.');
    ClassId klass = program_find_class(solver->program, str_slice(target, 0, dot));
    Name name = intern_find(program->facts->names, str_slice(target, dot + 1, target.length));
    if (!fact_is(klass) || !name.index) return;
    const ClassReference *rows = program->facts->class_references.items;
    uint32_t count = program_class_reference_count(program);
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && fact_same(rows[to].expr, rows[from].expr);) to++;
        ExprId parent = program_expr(program, rows[from].expr)->parent;
        if (name_equal(rows[from].asked, name) &&
            program_expr(program, parent)->kind == EXPR_ATTRIBUTE)
            add_read(solver, rule, from, to, klass);
    }
}
