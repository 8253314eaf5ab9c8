// What stands against a parameter more, and who calls a family. In: a family of functions that override each other. Out:
// the first reason why one of them cannot gain the parameter, with its place; the edges of all their callers.
#include "program/forward.h"
#include "program/name.h"
#include "solve/signature/spread.h"

bool spread_is_left_alone(const Program *program, ModuleId module) {
    const ModuleFact *row = program_module(program, module);
    return row->left_out || row->embedded;
}

Span spread_span(const Program *program, FunctionId id) {
    const FunctionFact *function = program_function(program, id);
    FileId file = program_module_file(program, function->module);
    bool named = function->name_end > 0;
    return (Span){file, named ? function->name_start : function->start,
                  named ? function->name_end : function->end};
}

// ---- callers --------------------------------------------------------------------------------------
RowNumbers spread_callers(const Program *program, uint32_t family) {
    RowNumbers rows = {0};
    for (RowList members = program_members(program, family); members.at < members.end; members.at++) {
        FunctionId member = {*members.at};
        const FunctionFact *function = program_function(program, member);
        row_numbers_add(&rows, program_callers(program, member));
        if (!(function->flags & (FUNCTION_CONSTRUCTOR | FUNCTION_CREATOR))) continue;
        RowList lineage = program_lineage(program, function->klass);
        for (; lineage.at < lineage.end; lineage.at++) {
            const ClassFact *klass = program_class(program, (ClassId){*lineage.at});
            if (fact_same(klass->constructor, member) || fact_same(klass->creator, member))
                row_numbers_add(&rows, program_constructions(program, (ClassId){*lineage.at}));
        }
    }
    row_numbers_settle(&rows);
    return rows;
}

// ---- one function ---------------------------------------------------------------------------------
// Some base outside the tree is said not to call what the tree writes over its methods.
static bool is_closed(const Spread *spread, ClassId klass) {
    const Program *program = spread->program;
    const ClassFact *row = program_class(program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(program, row->first_ancestor + i);
        for (uint32_t b = 0; b < program_base_name_count(program); b++) {
            const BaseName *base = program_base_name(program, b);
            if (!fact_same(base->klass, ancestor)) continue;
            Str dotted = program_name(program, base->dotted);
            for (uint32_t k = 0; k < spread->request->closed.count; k++)
                if (program_name_matches(program, spread->request->closed.items[k], dotted)) return true;
        }
    }
    return false;
}

static const char *kind_obstacle(const Program *program, const FunctionFact *function) {
    if (!program_module(program, function->module)->language->traits.named_arguments)
        return "signatures are changed in Python only; rules do it for C";
    if (function->flags & FUNCTION_LAMBDA) return "a lambda is called by whoever got it";
    if (function->flags & FUNCTION_PROPERTY) return "a property takes no arguments";
    bool called = (function->flags & FUNCTION_CREATOR) ||
                  (facts_name_flags(program->facts, function->module, function->name) & NAME_CALLED);
    if ((function->flags & FUNCTION_SPECIAL) && !called) return "the language calls it";
    if (function->flags & FUNCTION_FIXED_SIGNATURE) return "what calls it looks at its parameters";
    const uint32_t made = CLASS_ENUM | CLASS_OF_CLASSES;
    if ((function->flags & FUNCTION_CONSTRUCTOR) && (program_class(program, function->klass)->flags & made))
        return "class statements make the instances of its class, and pass nothing";
    return NULL;
}

// Whoever calls it without the argument goes on doing so, and all else arrives where it did.
static bool is_compatible(const Spread *spread, const FunctionFact *function) {
    const SignatureRequest *request = spread->request;
    if (request->default_value.length == 0) return false;
    if (request->position == POSITION_KEYWORD) return true;
    for (uint32_t i = 0; i < function->parameter_count; i++)
        if (program_parameter(spread->program, (ParameterId){function->first_parameter + i})->kind == PARAMETER_REST)
            return false;
    return request->position == POSITION_LAST;
}

// Test runners call what is called so.
static bool is_test(const Program *program, FunctionId id) {
    const FunctionFact *function = program_function(program, id);
    return str_starts_with(program_name(program, function->name), STR("test")) &&
           row_count(program_callers(program, id)) == 0;
}

// Whoever calls it is not in the tree, as far as can be seen.
static const char *unseen_caller(const Spread *spread, FunctionId id) {
    const Program *program = spread->program;
    const FunctionFact *function = program_function(program, id);
    if (!spread->asked[function->family] && is_test(program, id))
        return "it may be a test, which is run without arguments; --until says what it passes";
    if (is_compatible(spread, function)) return NULL;
    if ((function->flags & FUNCTION_OVERRIDES_FOREIGN) && !is_closed(spread, function->klass))
        return "it may override something outside the tree, which calls it (--closed-base says that it does not; "
               "with --default it may)";
    bool asked = spread->asked[function->family];
    if (!asked && (function->flags & FUNCTION_WRAPPED) && row_count(program_callers(program, id)) == 0)
        return "its decorator may hand it to something outside the tree, which calls it; name it with --until";
    return NULL;
}

// A value of it is stored or handed on, and called where nobody can see.
static const EdgeFact *escaping_edge(const Spread *spread, FunctionId id) {
    const Program *program = spread->program;
    if (is_compatible(spread, program_function(program, id))) return NULL;
    for (RowList callers = program_callers(program, id); callers.at < callers.end; callers.at++) {
        const EdgeFact *edge = program_edge(program, *callers.at);
        if (edge->kind != EDGE_ESCAPE || edge->by_name || program_is_forward(program, edge)) continue;
        CallId around = program_expr(program, program_expr(program, edge->expr)->parent)->call;
        if (!spread->replaces[around.index] && !spread->replaces[edge->call.index]) return edge;
    }
    return NULL;
}

// setup = runtest, in a subclass: another function, or none, has the name there.
static bool is_given_otherwise(const Program *program, const FunctionFact *function, Span *where) {
    if (!fact_is(function->klass)) return false;
    RowList heirs = program_descendants(program, function->klass);
    for (; heirs.at < heirs.end; heirs.at++) {
        SymbolId symbol = program_symbol_in(program, program_class(program, (ClassId){*heirs.at})->body, function->name);
        BindingId id = fact_is(symbol) ? program_symbol(program, symbol)->first_binding : FACT_NONE(BindingId);
        for (; fact_is(id); id = program_binding(program, id)->next_of_symbol) {
            const BindingFact *binding = program_binding(program, id);
            if (binding->kind == BINDING_FUNCTION || binding->kind == BINDING_DECLARE) continue;
            FileId file = program_module_file(program, program_scope(program, binding->scope)->module);
            *where = (Span){file, binding->start, binding->end};
            return true;
        }
    }
    return false;
}

static const char *member_obstacle(const Spread *spread, FunctionId id, Span *where) {
    const Program *program = spread->program;
    const FunctionFact *function = program_function(program, id);
    *where = spread_span(program, id);
    if (spread_is_left_alone(program, function->module)) return "its file is not edited";
    const char *obstacle = kind_obstacle(program, function);
    if (obstacle == NULL && spread->taken[id.index])
        obstacle = "the name of the parameter means something else in it; where that is the value, --replace says so";
    if (obstacle == NULL) obstacle = unseen_caller(spread, id);
    if (obstacle != NULL) return obstacle;
    if (is_given_otherwise(program, function, where))
        return "a subclass gives the name another value here, which would not take it";
    const EdgeFact *edge = escaping_edge(spread, id);
    if (edge == NULL) return NULL;
    *where = program_expr_span(program, edge->expr);
    return "it is handed on here as a value, and nobody can see who calls that; with --default it may go on";
}

const char *spread_obstacle(const Spread *spread, uint32_t family, Span *where) {
    RowList members = program_members(spread->program, family);
    for (; members.at < members.end; members.at++) {
        FunctionId member = {*members.at};
        if (fact_is(spread_own_parameter(spread, member))) continue;
        const char *obstacle = member_obstacle(spread, member, where);
        if (obstacle != NULL) return obstacle;
    }
    return NULL;
}
