// Rows of the program by their ids, and the small questions that are asked of them everywhere. All are those
// of facts.h, which says what they mean.
#ifndef WEFT_PROGRAM_ROWS_H
#define WEFT_PROGRAM_ROWS_H

#include "program/program.h"

// program_call(program, id) is the row, program_call_count(program) the number of rows with row 0.
// program_edge(program, i) is the i-th row of a table whose rows have no ids.
#define FACT_TABLE(table, Row, Id, row)                                                            \
    static inline const Row *program_##row(const Program *program, Id id) {                        \
        return &program->facts->table.items[id.index];                                             \
    }                                                                                              \
    static inline uint32_t program_##row##_count(const Program *program) {                         \
        return program->facts->table.count;                                                        \
    }
#define RESOLUTION_TABLE(table, Row, row)                                                          \
    static inline const Row *program_##row(const Program *program, uint32_t index) {               \
        return &program->facts->table.items[index];                                                \
    }                                                                                              \
    static inline uint32_t program_##row##_count(const Program *program) {                         \
        return program->facts->table.count;                                                        \
    }
#define RESOLUTION_MAP(table, Row, Id, row)                                                        \
    static inline Row program_##row(const Program *program, Id id) {                               \
        return program->facts->table.items[id.index];                                              \
    }
#include "facts/facts_tables.def"

static inline Str program_name(const Program *program, Name name) {
    return facts_name(program->facts, name);
}
static inline Str program_text(const Program *program, ModuleId module, uint32_t start,
                               uint32_t end) {
    return facts_text(program->facts, module, start, end);
}
static inline Span program_expr_span(const Program *program, ExprId expr) {
    return facts_expr_span(program->facts, expr);
}
static inline ModuleId program_expr_module(const Program *program, ExprId expr) {
    return facts_expr_module(program->facts, expr);
}
static inline FileId program_module_file(const Program *program, ModuleId module) {
    return facts_module_file(program->facts, module);
}
static inline FunctionId program_scope_function(const Program *program, ScopeId scope) {
    return facts_scope_function(program->facts, scope);
}
static inline bool program_scope_in_class_body(const Program *program, ScopeId scope) {
    return facts_scope_in_class_body(program->facts, scope);
}
static inline int32_t program_statement_depth(const Program *program, StatementId statement,
                                              StatementId outer) {
    return facts_statement_depth(program->facts, statement, outer);
}
static inline SymbolId program_symbol_in(const Program *program, ScopeId scope, Name name) {
    return facts_symbol_in(program->facts, scope, name);
}
static inline bool program_is_subclass(const Program *program, ClassId child, ClassId klass) {
    return facts_is_subclass(program->facts, child, klass);
}
// What the language says of the name that EXPR ends with, and of what the call runs: NameFlag bits.
static inline uint32_t program_name_flags(const Program *program, ExprId expr) {
    return facts_name_flags(program->facts, program_expr_module(program, expr), program_expr(program, expr)->name);
}
static inline uint32_t program_callee_flags(const Program *program, CallId call) {
    const CallFact *row = program_call(program, call);
    return facts_name_flags(program->facts, row->module, row->dotted);
}

#endif
