// The `__new__` singleton idiom goes.
//
// In: a class that keeps its one instance in a class variable. Out: the method and the variables that
// only it used are gone; what the method set on the instance and others read becomes a class
// variable. A variable that anybody else mentions stays, and a class body is never left empty.
#include "facts/stretch.h"
#include "python/syntax/joined.h"
#include "python/write/layout.h"
#include "python/write/operations.h"

typedef struct Removal {
    Writing writing;
    const AttributeIndex *attributes;
    ClassId klass;
    FunctionId creator;
    StatementList children;
    Vec(bool) removed; // by child
} Removal;

static FunctionId own_creator(const Facts *facts, ClassId klass) {
    Stretch rows = facts_functions_of(facts, facts_class(facts, klass)->module);
    for (uint32_t i = rows.first; i < rows.end; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (fact_same(function->klass, klass) && (function->flags & FUNCTION_CREATOR)) {
            return (FunctionId){i};
        }
    }
    return FACT_NONE(FunctionId);
}

// ---- who reads an attribute ----------------------------------------------------------------------------
static bool inside(const Facts *facts, ExprId id, ModuleId module, uint32_t start, uint32_t end) {
    const ExprFact *expr = facts_expr(facts, id);
    return expr->start >= start && expr->end <= end &&
           fact_same(facts_expr_module(facts, id), module);
}

static bool inside_creator(const Removal *removal, ExprId id) {
    const FunctionFact *creator = facts_function(removal->writing.facts, removal->creator);
    return inside(removal->writing.facts, id, creator->module, creator->start, creator->end);
}

// True for `Class.name` anywhere, and for any `x.name` in the text of the class or a subclass.
static bool concerns_class(const Removal *removal, ExprId id) {
    const Facts *facts = removal->writing.facts;
    const ExprFact *base = facts_expr(facts, facts_expr(facts, id)->base);
    Name own = facts_class(facts, removal->klass)->name;
    if (base->kind == EXPR_NAME && name_equal(base->name, own)) return true;
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        const ClassFact *klass = &facts->classes.items[i];
        if (i != removal->klass.index && !facts_is_subclass(facts, (ClassId){i}, removal->klass)) {
            continue;
        }
        if (inside(facts, id, klass->module, klass->start, klass->end)) return true;
    }
    return false;
}

static bool mentioned_elsewhere(const Removal *removal, Name name) {
    for (ExprId at = attribute_index_first(removal->attributes, name); fact_is(at);
         at = attribute_index_next(removal->attributes, at))
        if (!inside_creator(removal, at) && concerns_class(removal, at)) return true;
    return false;
}

static bool mentioned_in_creator(const Removal *removal, Name name) {
    for (ExprId at = attribute_index_first(removal->attributes, name); fact_is(at);
         at = attribute_index_next(removal->attributes, at))
        if (inside_creator(removal, at)) return true;
    return false;
}

// ---- what goes -----------------------------------------------------------------------------------------
// The class variable that a child statement binds; none for anything else.
static Name class_variable(const Removal *removal, StatementId child) {
    const Facts *facts = removal->writing.facts;
    ScopeId body = facts_class(facts, removal->klass)->body;
    SymbolId symbol = facts_scope(facts, body)->first_symbol;
    for (; fact_is(symbol); symbol = facts_symbol(facts, symbol)->next_in_scope) {
        const SymbolFact *fact = facts_symbol(facts, symbol);
        const BindingFact *first = facts_binding(facts, fact->first_binding);
        bool assigned = first->kind == BINDING_ASSIGN || first->kind == BINDING_DECLARE;
        if (assigned && first->element == -1 && fact_same(first->statement, child) &&
            fact_same(fact->first_binding, fact->last_binding)) {
            return fact->name;
        }
    }
    return NAME_NONE;
}

static void mark_children(Removal *removal) {
    const Facts *facts = removal->writing.facts;
    const FunctionFact *creator = facts_function(facts, removal->creator);
    for (uint32_t i = 0; i < removal->children.list.count; i++) {
        StatementId child = removal->children.list.items[i];
        const StatementFact *statement = facts_statement(facts, child);
        bool goes = statement->start < creator->end && creator->start < statement->end;
        if (!goes && !statement->shares_line) {
            Name name = class_variable(removal, child);
            goes = name.index != 0 && mentioned_in_creator(removal, name) &&
                   !mentioned_elsewhere(removal, name);
        }
        vec_add(&removal->removed, goes);
    }
}

// ---- what the creator set on the instance ------------------------------------------------------------------
// Lines `name = value` for the attributes that the creator gives the instance, that the rest of the
// class reads, and that the class body does not have.
static void add_defaults(const Removal *removal, Str indent, StrBuf *lines) {
    const Facts *facts = removal->writing.facts;
    const SourceFile *file = removal->writing.file;
    ScopeId body = facts_class(facts, removal->klass)->body;
    Stretch rows = facts_bindings_of(facts, facts_function(facts, removal->creator)->module);
    for (uint32_t i = rows.first; i < rows.end; i++) {
        const BindingFact *binding = &facts->bindings.items[i];
        const ExprFact *target = facts_expr(facts, binding->target);
        if (binding->kind != BINDING_ASSIGN || target->kind != EXPR_ATTRIBUTE) continue;
        if (!fact_is(binding->value) || !inside_creator(removal, binding->target)) continue;
        const ExprFact *value = facts_expr(facts, binding->value);
        bool constant = value->kind == EXPR_TRUTH || value->kind == EXPR_NONE ||
                        value->kind == EXPR_NUMBER || value->kind == EXPR_STRING;
        if (!constant || fact_is(facts_symbol_in(facts, body, target->name))) continue;
        if (!mentioned_elsewhere(removal, target->name)) continue;
        if (lines->length > 0) strbuf_add(lines, file->newline);
        strbuf_add(lines, indent);
        strbuf_add(lines, facts_name(facts, target->name));
        strbuf_add_text(lines, " = ");
        strbuf_add(lines, str_slice(file->text, value->start, value->end));
    }
}

// ---- taking lines out ----------------------------------------------------------------------------------
// Takes out the children [first, last]; TEXT, when not empty, stands in their place.
static void remove_run(const Removal *removal, uint32_t first, uint32_t last, Str text) {
    const Facts *facts = removal->writing.facts;
    const SourceFile *file = removal->writing.file;
    const StatementId *children = removal->children.list.items;
    uint32_t from = facts_statement(facts, children[first])->start;
    uint32_t to = facts_statement(facts, children[last])->end;
    const FunctionFact *creator = facts_function(facts, removal->creator);
    if (from > creator->start && from < creator->end) from = creator->start;
    uint32_t line = source_line_start(file, from), end = joined_line_end(file, to), above, below;
    if (!layout_previous_text(file, from, &above)) above = line;
    bool blank_above = layout_next_line(file, above) < line;
    bool opens_block = first == 0 && !facts_class(facts, removal->klass)->docstring_end;
    bool more = last + 1 < removal->children.list.count;
    if (!layout_next_text(file, to, &below)) below = (uint32_t)file->text.length;
    if (text.length > 0) {
        write_replace(&removal->writing, line, end, text);
    } else if (more && (blank_above || opens_block)) {
        write_replace(&removal->writing, line, below, STR_NONE);
    } else {
        write_replace(&removal->writing, above, end, STR_NONE);
    }
}

static void remove_children(const Removal *removal) {
    const Facts *facts = removal->writing.facts;
    uint32_t count = removal->children.list.count;
    const StatementFact *head = facts_statement(facts, removal->children.list.items[0]);
    Str indent = source_line_indent(removal->writing.file, head->start);
    StrBuf text = {0};
    add_defaults(removal, indent, &text);
    bool empty = !facts_class(facts, removal->klass)->docstring_end;
    for (uint32_t i = 0; i < count; i++) empty = empty && removal->removed.items[i];
    if (empty && text.length == 0) {
        strbuf_add(&text, indent);
        strbuf_add_text(&text, "pass");
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!removal->removed.items[i]) continue;
        uint32_t last = i;
        while (last + 1 < count && removal->removed.items[last + 1]) last++;
        remove_run(removal, i, last, strbuf_str(&text));
        strbuf_clear(&text);
        i = last;
    }
    strbuf_release(&text);
}

void write_remove_creator(const Facts *facts, const AttributeIndex *attributes, ClassId klass, TextEdits *out) {
    Removal removal = {.attributes = attributes, .klass = klass, .creator = own_creator(facts, klass)};
    if (!fact_is(removal.creator)) return;
    const ClassFact *fact = facts_class(facts, klass);
    removal.writing = writing_on(facts, fact->module, out);
    layout_children(facts, fact->statement, &removal.children);
    mark_children(&removal);
    if (removal.children.list.count > 0) remove_children(&removal);
    vec_release(&removal.children.list);
    vec_release(&removal.removed);
}
