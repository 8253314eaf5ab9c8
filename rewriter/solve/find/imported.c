// Names that imports bring and no symbol of the tree stands for, to sinks: those of other packages
// (`django.conf.settings`), those that a plugin's host has no longer, and modules whose data is the state (`app.config`).
// Comes in: a rule of kind `symbol`, or `call` of a host's getter. Goes out: sinks whose expression is what names the
// thing, `settings` or `conf.settings`, or the call of it; of a module also the names that are imported from it one by one, each with its part:
//
//     from app import config      config.DEBUG   the sink is `config`
//     from app.config import DEBUG       DEBUG   the sink is `DEBUG`, its part is DEBUG
//
// Functions, classes and modules in such a module are code and stay.
#include "solve/solver.h"

#include "program/name.h"
#include "rule/template.h"

enum { MOST_HOPS = 8 }; // of re-exports

typedef struct Target {
    Str text;        // dotted, as the rule has it
    ModuleId module; // of the tree; none: a name from outside
} Target;

static const ImportFact *only_import(const Program *program, ExprId name) {
    const SymbolFact *symbol = program_symbol(program, program_symbol_of(program, name));
    const BindingFact *binding = program_binding(program, symbol->first_binding);
    bool once = fact_same(symbol->first_binding, symbol->last_binding);
    return once && fact_is(binding->import_) ? program_import(program, binding->import_) : NULL;
}

// `from app import config`, also where app/__init__.py imports its module itself and so has it as a name.
static bool brings_module(const Program *program, const ImportFact *import, ModuleId module) {
    for (uint32_t i = 0; i < MOST_HOPS; i++) {
        if (import->kind == IMPORT_MODULE || import->target_is_module)
            return fact_same(import->target, module);
        BindingId binding = program_symbol(program, import->definition)->first_binding;
        ImportId next = program_binding(program, binding)->import_;
        if (!fact_is(next)) return false;
        import = program_import(program, next);
    }
    return false;
}

// What the chain of names EXPR stands for, through its import; empty when it is no such chain.
static Str imported_path(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_ATTRIBUTE) {
        Str owner = imported_path(solver, row->base);
        if (owner.length == 0) return owner;
        return arena_format(solver->arena, "%.*s.%.*s", STR_ARG(owner),
                            STR_ARG(program_name(program, row->name)));
    }
    const ImportFact *import = row->kind == EXPR_NAME ? only_import(program, expr) : NULL;
    if (import == NULL) return STR_NONE;
    bool first_part = import->kind == IMPORT_MODULE && !import->has_alias; // import a.b binds a
    return program_name(program, first_part ? import->bound : import->dotted);
}

static Str last_part(Str dotted) {
    return str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
}

// Looks at the last name first, which few chains have.
static bool is_named(const Solver *solver, const Target *target, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *row = program_expr(program, expr);
    if (row->kind == EXPR_NAME) {
        const ImportFact *import = only_import(program, expr);
        if (import == NULL || (import->kind == IMPORT_MODULE && !import->has_alias &&
                               str_find(program_name(program, import->path), '.') >= 0))
            return false;
        if (fact_is(target->module)) return brings_module(program, import, target->module);
        return program_is_named(program, target->text, program_name(program, import->dotted));
    }
    return row->kind == EXPR_ATTRIBUTE &&
           str_equal(program_name(program, row->name), last_part(target->text)) &&
           program_is_named(program, target->text, imported_path(solver, expr));
}

// ---- of a module ---------------------------------------------------------------------------------
static bool is_data(const Program *program, SymbolId symbol) {
    for (BindingId id = program_symbol(program, symbol)->first_binding; fact_is(id);
         id = program_binding(program, id)->next_of_symbol) {
        BindingKind kind = program_binding(program, id)->kind;
        if (kind == BINDING_FUNCTION || kind == BINDING_CLASS || kind == BINDING_IMPORT)
            return false;
    }
    return fact_is(symbol);
}

// `config.load()` calls code that is no setting; `config` by itself may be asked for anything.
static bool asks_for_code(const Solver *solver, const Target *target, ExprId expr) {
    const Program *program = solver->program;
    const ExprFact *parent = program_expr(program, program_expr(program, expr)->parent);
    if (!fact_is(target->module) || parent->kind != EXPR_ATTRIBUTE ||
        !fact_same(parent->base, expr))
        return false;
    const ModuleFact *module = program_module(program, target->module);
    SymbolId symbol = program_symbol_in(program, module->scope, parent->name);
    if (fact_is(symbol)) return !is_data(program, symbol);
    Str part = arena_format(solver->arena, "%.*s.%.*s", STR_ARG(target->text),
                            STR_ARG(program_name(program, parent->name)));
    return fact_is(program_find_module(program, part));
}

// `DEBUG`, where it is imported from the module by its name.
static bool is_part(const Solver *solver, const Target *target, ExprId expr) {
    const Program *program = solver->program;
    if (!fact_is(target->module) || program_expr(program, expr)->kind != EXPR_NAME) return false;
    const ImportFact *import = only_import(program, expr);
    if (import == NULL || import->kind != IMPORT_NAME || import->target_is_module ||
        !fact_same(import->target, target->module))
        return false;
    const ModuleFact *module = program_module(program, target->module);
    return is_data(program, program_symbol_in(program, module->scope, import->name));
}

static bool is_exempt_part(const Program *program, const SinkRule *rule, Name part) {
    for (uint32_t i = 0; i < rule->except_attributes.count; i++)
        if (str_equal(rule->except_attributes.items[i], program_name(program, part))) return true;
    return false;
}

// ---- of a function ---------------------------------------------------------------------------------
// NAME is called, or, which no rule can replace, handed on.
static void add_call(Solver *solver, ExprId name, uint32_t index) {
    const Program *program = solver->program;
    const SinkRule *rule = &program->rules->sinks.items[index];
    ExprId call = program_expr(program, name)->parent;
    const ExprFact *row = program_expr(program, call);
    bool called = row->kind == EXPR_CALL && fact_same(row->base, name);
    Sink *sink = solver_add_sink(solver, called ? call : name, index, 0, rule->family);
    if (called) return;
    sink->outcome = OUTCOME_REFUSED;
    sink->code = DIAGNOSTIC_W302;
}

// ---- all -----------------------------------------------------------------------------------------
void solver_add_imported(Solver *solver, uint32_t index) {
    const Program *program = solver->program;
    const SinkRule *rule = &program->rules->sinks.items[index];
    Target target = {rule->target.text, program_find_module(program, rule->target.text)};
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        ExprId expr = {i};
        const ExprFact *row = program_expr(program, expr);
        if (row->flags & (EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING | EXPR_STORED | EXPR_DELETED))
            continue;
        bool part = is_part(solver, &target, expr);
        if (!part && (!is_named(solver, &target, expr) || asks_for_code(solver, &target, expr)))
            continue;
        Name name = part ? only_import(program, expr)->name : NAME_NONE;
        if (rule->kind == SINK_CALL) {
            add_call(solver, expr, index);
            continue;
        }
        if (solver_in_runtime(solver, expr) || solver_is_exempt(solver, expr, rule) ||
            (part && is_exempt_part(program, rule, name)))
            continue;
        solver_add_sink(solver, expr, index, 0, rule->family)->part = name;
    }
}

bool solver_imports(const Solver *solver, const SinkRule *rule) {
    const Program *program = solver->program;
    Str head = template_head(rule->replace), target = rule->target.text;
    ptrdiff_t dot = str_find_last(target, '.');
    Str owner = str_slice(target, 0, dot > 0 ? (size_t)dot : 0);
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        Str dotted = program_name(program, import->dotted);
        // An attribute of what another package has: flask.current_app.config.
        if (!fact_is(import->target) && owner.length > 0 && str_equal(dotted, owner)) return true;
        if (program_is_named(program, rule->target.text, dotted)) return true;
        if (head.length > 0 && program_is_named(program, head, dotted)) return true;
    }
    return false;
}
