// In: functions whose new parameter nothing reads. Out: what keeps -Werror=unused-parameter from refusing them.
#include "clang/write/unread.h"

#include "clang/unit/mark.h"

static bool reads(const Facts *facts, const UnitFact *unit, FileId file) {
    if (unit->file.index == file.index) return true;
    for (uint32_t i = 0; i < unit->file_count; i++)
        if (facts->unit_files.items[unit->first_file + i].index == file.index) return true;
    return false;
}

UnusedParameter unread_wants(const Facts *facts, ModuleId module) {
    FileId file = facts_module_file(facts, module);
    UnusedParameter wanted = UNUSED_MAY_STAY;
    for (uint32_t i = 0; i < facts->units.count; i++) {
        const UnitFact *unit = &facts->units.items[i];
        if (unit->unused > wanted && reads(facts, unit, file)) wanted = unit->unused;
    }
    return wanted;
}

// In a line of its own, but where what follows the brace stands in the line of it.
void unread_add_statement(const Facts *facts, FunctionId id, Str parameter, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    const ModuleFact *module = facts_module(facts, function->module);
    const SourceFile *file = source_file(facts->sources, module->file);
    Str rest = str_slice(file->text, function->header_end, source_line_end(file, function->header_end));
    Str indent = source_line_indent(file, function->start), text;
    if (str_trim(rest).length > 0)
        text = arena_format(out->arena, " (void)%.*s;%s", STR_ARG(parameter), rest.data[0] == '}' ? " " : "");
    else
        text = arena_format(out->arena, "%.*s%.*s%.*s(void)%.*s;", STR_ARG(file->newline), STR_ARG(indent),
                            STR_ARG(module->indent), STR_ARG(parameter));
    TextEdit edit = {module->file, function->header_end, function->header_end, text};
    vec_add(&out->list, edit);
}

bool unread_is_compiled(const Facts *facts, ExprId id) {
    return marks_find(facts, facts_module_file(facts, facts_expr_module(facts, id)), facts_expr(facts, id)->start) != NULL;
}
