// A class explained: whether its objects hold the context, why not, and where they are made. In: its
// plan and the facts behind it. Out: one subject.
#include "explain/explainer.h"

#include "base/message.h"
static const char *closed_kind(uint32_t flags) {
    if (flags & CLASS_ENUM) return "is an enumeration";
    if (flags & CLASS_TUPLE) return "is a named tuple";
    if (flags & CLASS_TYPED_DICT) return "is a typed dictionary";
    if (flags & CLASS_PROTOCOL) return "is a protocol, an interface only";
    if (flags & CLASS_DATA) return "is a dataclass: its constructor is generated";
    if (flags & CLASS_SLOTS) return "has slots, a fixed set of attributes";
    if (flags & CLASS_EXCEPTION) return "is an exception";
    if (flags & CLASS_METACLASS) return "has a metaclass, which makes the objects";
    if (flags & CLASS_MADE_OUTSIDE) return "is made by something outside the tree";
    if (flags & CLASS_READ_WHOLE) return "has its attributes read or restored as a whole";
    return "computes its attributes itself";
}

// The first construction that needs no caller with a context.
static ExprId made_at_import(const Explainer *explainer, const RowNumbers *constructions) {
    const Program *program = explainer->program;
    for (uint32_t i = 0; i < constructions->count; i++) {
        const EdgeFact *edge = program_edge(program, constructions->items[i]);
        FunctionId caller = program_edge_caller(program, constructions->items[i]);
        uint32_t maker = program_function(program, caller)->klass.index;
        bool kept = false; // by a getter, in a module-level variable
        for (uint32_t g = 0; g < program_getter_count(program); g++)
            kept = kept || fact_same(program_getter(program, g)->function, caller);
        if (!fact_is(caller) || kept || explainer->solution->functions[caller.index].import_only ||
            (maker && explainer->solution->classes[maker].process_lifetime))
            return edge->expr;
    }
    return FACT_NONE(ExprId);
}

static Str lifetime_reason(const Explainer *explainer, ClassId klass) {
    RowNumbers constructions = {0};
    program_add_constructions(explainer->program, klass, &constructions);
    row_numbers_settle(&constructions);
    ExprId expr = made_at_import(explainer, &constructions);
    vec_release(&constructions);
    if (!fact_is(expr)) return STR("is process-wide by a rule");
    Place at = explain_expr_place(explainer, expr);
    return message_format(
        explainer->arena,
        "lives as long as the process (made at %.*s:%u), and would keep the context "
        "of the first tenant",
        STR_ARG(at.path), at.at.line);
}

static Str receiving_method(const Explainer *explainer, ClassId klass) {
    const Program *program = explainer->program;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (explainer->solution->functions[i].boundary &&
            program_is_subclass(program, klass, program_function(program, (FunctionId){i})->klass))
            return program_name(program, program_function(program, (FunctionId){i})->name);
    return STR("?");
}

static bool is_left_out(const Program *program, ClassId id) {
    return program_module(program, program_class(program, id)->module)->left_out;
}

Str explain_hold_reason(const Explainer *explainer, ClassId id) {
    const ClassPlan *plan = &explainer->solution->classes[id.index];
    const uint32_t flags = program_class(explainer->program, id)->flags;
    Str other = explain_class_name(explainer, plan->hold_class);
    switch (plan->hold_reason) {
    case HOLD_FREE: return plan->process_lifetime ? lifetime_reason(explainer, id) : STR_NONE;
    case HOLD_CLOSED_KIND: return str_from(closed_kind(flags));
    case HOLD_FOREIGN_BASE: return STR("has a base outside the tree, which makes the objects");
    case HOLD_CREATOR: return STR("has a __new__ that gets every argument of the constructor");
    case HOLD_NAME_TAKEN:
        return message_format(explainer->arena,
                            "has a constructor that uses the name '%.*s' for something else",
                            STR_ARG(explainer->program->rules->context.parameter));
    case HOLD_NEVER: return STR("is excluded by a rule (never_hold)");
    case HOLD_RECEIVES:
        return message_format(explainer->arena,
                            "receives for every tenant in turn: its method '%.*s' is a boundary",
                            STR_ARG(receiving_method(explainer, id)));
    case HOLD_PROCESS_LIFETIME: return lifetime_reason(explainer, id);
    case HOLD_NAMED:
        return STR("is named by a string or by settings, for whoever makes it and keeps it");
    case HOLD_KEPT:
        return STR("is put where the process keeps it, for whichever tenant comes next");
    case HOLD_ANCESTOR:
        return message_format(explainer->arena, "inherits the constructor of %.*s, which %.*s",
                            STR_ARG(other),
                            STR_ARG(explain_hold_reason(explainer, plan->hold_class)));
    case HOLD_OTHER_CONSTRUCTOR:
        return message_format(explainer->arena,
                            "has no constructor, and one written for it would come between its "
                            "subclass %.*s and another one",
                            STR_ARG(other));
    case HOLD_TAKEN_BACK:
        return is_left_out(explainer->program, id)
                   ? STR("stays as it is: its file is left out")
                   : STR("stays as it is: weft could not change it safely");
    case HOLD_DESCENDANT:
        return message_format(explainer->arena, "has the subclass %.*s, which %.*s", STR_ARG(other),
                            STR_ARG(explain_hold_reason(explainer, plan->hold_class)));
    }
    return STR_NONE;
}

// ---- the subject ---------------------------------------------------------------------------------
// The nearest class, itself first, whose instances keep the context.
static ClassId holding_class(const Explainer *explainer, ClassId id) {
    const Program *program = explainer->program;
    const ClassFact *klass = program_class(program, id);
    if (explainer->solution->classes[id.index].holds) return id;
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(program, klass->first_ancestor + i);
        if (explainer->solution->classes[ancestor.index].holds) return ancestor;
    }
    return FACT_NONE(ClassId);
}

static bool method_uses_context(const Explainer *explainer, ClassId klass) {
    const Program *program = explainer->program;
    for (RowList rows = program_methods(program, klass); rows.at < rows.end; rows.at++)
        if (explainer->solution->functions[*rows.at].needs_value) return true;
    return false;
}

static void add_holding(Explainer *explainer, Subject *subject, ClassId id, ClassId holder) {
    const ClassFact *klass = program_class(explainer->program, id);
    const ClassPlan *plan = &explainer->solution->classes[id.index];
    subject_change(explainer, subject, "holds the context: the object keeps what it is made with");
    if (!fact_same(holder, id))
        subject_change(explainer, subject, "inherits that from %.*s",
                       STR_ARG(explain_class_name(explainer, holder)));
    else if (plan->needs_constructor)
        subject_change(explainer, subject, "gets a constructor, with the %s parameter '%.*s'",
                       message_text(plan->optional_constructor ? "optional" : "required"),
                       STR_ARG(explainer->program->rules->context.parameter));
    else
        subject_change(explainer, subject, "its constructor %.*s takes it",
                       STR_ARG(explain_function_name(explainer, klass->constructor)));
}

static void add_not_holding(Explainer *explainer, Subject *subject, ClassId id) {
    const ClassPlan *plan = &explainer->solution->classes[id.index];
    Str reason = explain_hold_reason(explainer, id);
    bool asked = plan->hold_reason != HOLD_FREE || method_uses_context(explainer, id);
    if (!asked) {
        subject_change(explainer, subject, "does not hold the context");
        subject_reason(explainer, subject, "no method needs the context from its object");
    } else if (reason.length) {
        subject_change(explainer, subject,
                       "does not hold the context; methods that need it take it, or bridge");
        subject_reason(explainer, subject, "it %.*s", STR_ARG(reason));
    } else {
        subject_change(explainer, subject, "does not have to hold the context");
        subject_reason(explainer, subject, "its methods get the context another way");
    }
}

static const char *construction_outcome(const Explainer *explainer, const EdgeFact *edge) {
    uint32_t plan = explainer->call_plan[edge->call.index];
    if (!plan) return "unchanged";
    const CallPlan *call = &explainer->solution->calls.items[plan - 1];
    switch (call->supply) {
    case CALL_UNCHANGED: return "unchanged";
    case CALL_PASSES: return call->ambient ? "passes the ambient context" : "passes the context";
    case CALL_HAS_IT: return "has it";
    case CALL_REFUSED: return "refused";
    }
    return "";
}

static void add_constructions(Explainer *explainer, Subject *subject, ClassId klass) {
    const Program *program = explainer->program;
    subject->site_title = "made at";
    ExprId last = {0}; // a class value has an edge for each class: one call, one site
    RowNumbers rows = {0};
    program_add_constructions(program, klass, &rows);
    row_numbers_settle(&rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        const EdgeFact *edge = program_edge(program, rows.items[i]);
        if (fact_same(edge->expr, last)) continue;
        last = edge->expr;
        Str where = explain_where(explainer, edge->expr);
        vec_add(&subject->sites, ((ExplainSite){.place = explain_expr_place(explainer, edge->expr),
                                                .where = where,
                                                .brief = explain_brief(explainer, where),
                                                .outcome = construction_outcome(explainer, edge)}));
    }
    vec_release(&rows);
}

static uint32_t class_origins(const Explainer *explainer, ClassId klass) {
    uint32_t origins = 0;
    for (RowList rows = program_methods(explainer->program, klass); rows.at < rows.end; rows.at++)
        if (explainer->solution->functions[*rows.at].supply == SUPPLY_HELD)
            origins |= explainer->solution->functions[*rows.at].origins;
    return origins;
}

void explain_class(Explainer *explainer, ClassId id, bool list) {
    ClassId holder = holding_class(explainer, id);
    Subject *subject =
        explain_add(explainer, SUBJECT_CLASS, "class", explain_class_name(explainer, id),
                    explain_class_place(explainer, id));
    bool obstacle = explainer->solution->classes[id.index].hold_reason != HOLD_FREE;
    subject->decision = fact_is(holder) ? "holds" : obstacle ? "cannot_hold" : "unchanged";
    if (list) return;
    if (fact_is(holder))
        add_holding(explainer, subject, id, holder);
    else
        add_not_holding(explainer, subject, id);
    add_constructions(explainer, subject, id);
    ExplainChain down;
    if (!fact_is(holder)) return;
    if (explain_chain_down(explainer, FACT_NONE(FunctionId), id, &down))
        vec_add(&subject->chains, down);
    subject->origins = class_origins(explainer, id);
    explain_chains_up(explainer, FACT_NONE(FunctionId), id, subject->origins, subject);
}
