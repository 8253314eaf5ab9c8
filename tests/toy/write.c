// Writing Slip. In: facts and decisions. Out: edits. What Slip has no words for (classes, accessors,
// functions as values, optional parameters) is never asked for.
#include "toy.h"

#include "base/bug.h"

static void insert(const Facts *facts, ModuleId module, uint32_t at, Str text, TextEdits *out) {
    TextEdit edit = {facts_module_file(facts, module), at, at, text};
    vec_add(&out->list, edit);
}

static void add_parameter(const Facts *facts, FunctionId id, const ContextText *context,
                          bool optional, TextEdits *out) {
    (void)optional;
    const FunctionFact *function = facts_function(facts, id);
    const char *comma = function->parameter_count > 0 ? ", " : "";
    insert(facts, function->module, function->open + 1,
           arena_format(out->arena, "%.*s%s", STR_ARG(context->parameter), comma), out);
}

static void add_argument(const Facts *facts, CallId id, Str name, Str value, TextEdits *out) {
    (void)name; // by position
    const CallFact *call = facts_call(facts, id);
    const char *comma = call->argument_count > 0 ? ", " : "";
    insert(facts, call->module, call->open + 1,
           arena_format(out->arena, "%.*s%s", STR_ARG(value), comma), out);
}

static void add_first_statements(const Facts *facts, FunctionId id, Str context,
                                 const FirstStatement *statements, uint32_t count,
                                 TextEdits *out) {
    (void)context;
    const FunctionFact *function = facts_function(facts, id);
    for (uint32_t i = 0; i < count; i++) {
        BUG_UNLESS(statements[i].kind == FIRST_VALUE);
        insert(facts, function->module, function->header_end,
               arena_format(out->arena, "\n    let %.*s = %.*s;", STR_ARG(statements[i].name),
                            STR_ARG(statements[i].value)),
               out);
    }
}

static void replace_range(const Facts *facts, ModuleId module, uint32_t start, uint32_t end,
                          Str text, TextEdits *out) {
    TextEdit edit = {facts_module_file(facts, module), start, end, arena_copy(out->arena, text)};
    vec_add(&out->list, edit);
}

static void replace_expression(const Facts *facts, ExprId id, Str text, TextEdits *out) {
    const ExprFact *expr = facts_expr(facts, id);
    replace_range(facts, facts_expr_module(facts, id), expr->start, expr->end, text, out);
}

static bool uses(const Facts *facts, ModuleId module, Str path) {
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *use = &facts->imports.items[i];
        if (fact_same(use->module, module) && str_equal(facts_name(facts, use->path), path))
            return true;
    }
    return false;
}

static Str use_text(Arena *arena, Str path, bool below) {
    return below ? arena_format(arena, "\nuse \"%.*s\";", STR_ARG(path))
                 : arena_format(arena, "use \"%.*s\";\n", STR_ARG(path));
}

// A name comes with all the others of its file; nothing is taken out, since nothing says what else is used.
static void edit_imports(const Facts *facts, ModuleId module, const ImportNeed *needs,
                         uint32_t need_count, const ImportChange *changes, uint32_t change_count,
                         TextEdits *out) {
    (void)changes;
    (void)change_count;
    uint32_t at = facts_module(facts, module)->imports_end;
    for (uint32_t i = 0; i < need_count; i++) {
        bool again = uses(facts, module, needs[i].module);
        for (uint32_t k = 0; k < i; k++)
            again = again || str_equal(needs[k].module, needs[i].module);
        if (again) continue;
        insert(facts, module, at, use_text(out->arena, needs[i].module, at > 0), out);
    }
}

static Str call_text(Arena *arena, Str callee, Str argument) {
    return arena_format(arena, "%.*s(%.*s)", STR_ARG(callee), STR_ARG(argument));
}

const LanguageWriter slip_writer = {
    .add_parameter = add_parameter,
    .add_argument = add_argument,
    .add_first_statements = add_first_statements,
    .replace_expression = replace_expression,
    .replace_range = replace_range,
    .edit_imports = edit_imports,
    .call_text = call_text,
};
