// The writer's operations, one file a group; write.c collects them in python_writer. What each does
// is said in facts/language.h.
#ifndef WEFT_PYTHON_WRITE_OPERATIONS_H
#define WEFT_PYTHON_WRITE_OPERATIONS_H

#include "facts/language.h"

// write_call.c
// The docstring of the function, or of the class whose constructor it is, lists the parameter, where it lists others.
void write_document_parameter(const Facts *facts, FunctionId function, const ContextText *context, TextEdits *out);
void write_add_parameter(const Facts *facts, FunctionId function, const ContextText *context,
                         bool optional, TextEdits *out);
void write_accept_any_keyword(const Facts *facts, FunctionId lambda, TextEdits *out);
void write_add_argument(const Facts *facts, CallId call, Str name, Str value, TextEdits *out);
void write_accept_any_arguments(const Facts *facts, ExprId parameters, TextEdits *out);
void write_bind_argument(const Facts *facts, ExprId function_value, Str binder, Str name, Str value,
                         TextEdits *out);
void write_run_for_each(const Facts *facts, ExprId expr, Str runner, Str name, TextEdits *out);
void write_add_decorator(const Facts *facts, FunctionId function, Str decorator, TextEdits *out);
void write_replace_expression(const Facts *facts, ExprId expr, Str text, TextEdits *out);
void write_replace_range(const Facts *facts, ModuleId module, uint32_t start, uint32_t end,
                         Str text, TextEdits *out);
Str write_call_text(Arena *arena, Str callee, Str argument);
Str write_member_text(Arena *arena, Str object, Str name);

// signature.c
void write_insert_parameters(const Facts *facts, FunctionId function, uint32_t place, const Str *texts,
                             uint32_t count, const ContextText *documented, TextEdits *out);
void write_insert_argument(const Facts *facts, CallId call, uint32_t place, Str text, TextEdits *out);
void write_remove_parameter(const Facts *facts, ParameterId parameter, TextEdits *out);
void write_remove_argument(const Facts *facts, ArgumentId argument, TextEdits *out);
void write_drop_statement(const Facts *facts, StatementId statement, TextEdits *out);

// write_body.c
void write_add_first_statements(const Facts *facts, FunctionId function, Str context,
                                const FirstStatement *statements, uint32_t count, TextEdits *out);
void write_add_constructor(const Facts *facts, const ClassMethods *klass, const ContextText *context,
                           bool optional, TextEdits *out);

// write_fallback.c
bool write_add_inline_fallback(const Facts *facts, FunctionId function, const FirstStatement *first,
                               TextEdits *out);
bool write_find_fallback(const Facts *facts, FunctionId function, Str parameter, Str ambient,
                         Str counter, Span *stretch);
void write_require_parameter(const Facts *facts, FunctionId function, Str name, TextEdits *out);

// overload.c
void write_add_overloads(const Facts *facts, FunctionId function, const OverloadText *overload, TextEdits *out);
bool write_find_overloads(const Facts *facts, FunctionId function, Str parameter, Span *stretch);

// write_accessor.c
void write_accessor_from_instance(const Facts *facts, BindingId binding, const ContextText *context,
                                  const AccessorText *accessor, TextEdits *out);
void write_accessor_from_getter(const Facts *facts, FunctionId getter, ExprId construction,
                                BindingId state, bool remove_state, const ContextText *context,
                                const AccessorText *accessor, TextEdits *out);

// write_default.c
void write_make_default_lazy(const Facts *facts, ParameterId parameter, TextEdits *out);
void write_indent_default(const Facts *facts, ParameterId parameter, TextEdits *out);

// write_creator.c
void write_remove_creator(const Facts *facts, const AttributeIndex *attributes, ClassId klass, TextEdits *out);

// write_import.c
void write_edit_imports(const Facts *facts, ModuleId module, const ImportNeed *needs,
                        uint32_t need_count, const ImportChange *changes, uint32_t change_count,
                        TextEdits *out);

// lay_out.c
void write_lay_out(const Facts *facts, ModuleId module, Str parameter, const TextEdit *edits, uint32_t count,
                   OwnedEdits *out);

// write_export.c
void write_remove_export(const Facts *facts, ModuleId module, Name name, TextEdits *out);
void write_remove_statement(const Facts *facts, ModuleId module, StatementId statement,
                            TextEdits *out);
void write_rename_export(const Facts *facts, ModuleId module, Name old, Str replacement, bool keep,
                         TextEdits *out);

#endif
