// The table of the Python writer's operations; see facts/language.h for what each promises.
#include "python/write/write.h"
#include "python/write/operations.h"

const LanguageWriter python_writer = {
    .add_parameter = write_add_parameter,
    .accept_any_keyword = write_accept_any_keyword,
    .add_argument = write_add_argument,
    .accept_any_arguments = write_accept_any_arguments,
    .binder = {"functools.partial", sizeof "functools.partial" - 1},
    .bind_argument = write_bind_argument,
    .run_for_each = write_run_for_each,
    .add_decorator = write_add_decorator,
    .add_first_statements = write_add_first_statements,
    .add_inline_fallback = write_add_inline_fallback,
    .find_fallback = write_find_fallback,
    .require_parameter = write_require_parameter,
    .make_default_lazy = write_make_default_lazy,
    .indent_default = write_indent_default,
    .replace_expression = write_replace_expression,
    .replace_range = write_replace_range,
    .add_constructor = write_add_constructor,
    .accessor_from_instance = write_accessor_from_instance,
    .accessor_from_getter = write_accessor_from_getter,
    .remove_creator = write_remove_creator,
    .edit_imports = write_edit_imports,
    .call_text = write_call_text,
    .member_text = write_member_text,
    .rename_export = write_rename_export,
    .fit_lines = write_fit_lines,
    .remove_export = write_remove_export,
    .remove_statement = write_remove_statement,
};
