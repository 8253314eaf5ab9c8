// From a plan for signatures to edits. In: functions, calls and stretches of text. Out: edits, and the imports that
// the texts of the request need where they go. Nothing is decided here.
#include "edit/weave_signature.h"

#include "edit/weave_internal.h"
#include "program/index.h"

typedef struct Signing {
    Weaving weaving;
    const SignatureRequest *request;
    const SignaturePlan *plan;
} Signing;

// What the writer added is for the sake of KIND, INDEX.
static void take(Signing *signing, DecisionKind kind, uint32_t index, const char *what, Str name) {
    weave_take(&signing->weaving, kind, index, FAMILY_CONTEXT, SAFETY_REVIEW, "%s '%.*s'", what, STR_ARG(name));
}

// All of it is one change; there are no families of accesses.
static void name_family(Weaving *weaving) {
    for (uint32_t i = 0; i < weaving->pending.count; i++) weaving->pending.items[i].family = STR("signature");
}

// A text of the request, as SITE writes it.
static Str written(Signing *signing, Site site, Str text) {
    return weave_template(&signing->weaving, site, text, (TemplateValues){.known = true});
}

// ---- functions --------------------------------------------------------------------------------------
static Str declaration(Signing *signing, Site site) {
    const SignatureRequest *request = signing->request;
    Arena *arena = &signing->weaving.arena;
    Str type = request->type.length > 0 ? written(signing, site, request->type) : STR_NONE;
    Str value = request->default_value.length > 0 ? written(signing, site, request->default_value) : STR_NONE;
    const char *equals = value.length == 0 ? "" : type.length > 0 ? " = " : "=";
    return arena_format(arena, "%.*s%s%.*s%s%.*s", STR_ARG(request->parameter), type.length > 0 ? ": " : "",
                        STR_ARG(type), equals, STR_ARG(value));
}

static bool has_star(const Program *program, const FunctionFact *function) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        ParameterKind kind = program_parameter(program, (ParameterId){function->first_parameter + i})->kind;
        if (kind == PARAMETER_REST || kind == PARAMETER_STAR_MARK) return true;
    }
    return false;
}

static void write_function(Signing *signing, const SignatureFunction *row) {
    Weaving *weaving = &signing->weaving;
    const FunctionFact *function = program_function(weaving->program, row->function);
    Site site = weave_site_of_definition(weaving, function->scope, function->start);
    Str declared = declaration(signing, site);
    Str texts[] = {STR("*"), declared};
    bool star = row->keyword && !has_star(weaving->program, function);
    ContextText documented = {.parameter = signing->request->parameter,
                              .type = signing->request->type,
                              .about = signing->request->about};
    weave_writer(weaving, function->module)
        ->insert_parameters(weaving->program->facts, row->function, row->place, star ? texts : texts + 1,
                            star ? 2 : 1, documented.about.length > 0 ? &documented : NULL, &weaving->texts);
    take(signing, DECISION_FUNCTION, row->function.index, "parameter of",
         program_name(weaving->program, function->qualified));
}

static void write_class(Signing *signing, ClassId id) {
    Weaving *weaving = &signing->weaving;
    const ClassFact *klass = program_class(weaving->program, id);
    Site site = weave_site_of_definition(weaving, klass->body, klass->start);
    ContextText context = {.parameter = signing->request->parameter, .type = written(signing, site, signing->request->type)};
    RowList methods = program_methods(weaving->program, id);
    weave_writer(weaving, klass->module)
        ->add_constructor(weaving->program->facts, &(ClassMethods){id, methods.at, row_count(methods)}, &context, false,
                          &weaving->texts);
    take(signing, DECISION_CLASS, id.index, "constructor of", program_name(weaving->program, klass->qualified));
}

// ---- calls ------------------------------------------------------------------------------------------
static void bind_value(Signing *signing, ExprId expr, Site site, Str value, bool by_name) {
    Weaving *weaving = &signing->weaving;
    ModuleId module = program_expr_module(weaving->program, expr);
    Str binder = weave_binder(weaving, site);
    Str name = by_name ? signing->request->parameter : STR_NONE;
    weave_writer(weaving, module)->bind_argument(weaving->program->facts, expr, binder, name, value, &weaving->texts);
}

static void write_call(Signing *signing, const SignatureCall *row) {
    Weaving *weaving = &signing->weaving;
    ModuleId module = program_expr_module(weaving->program, row->expr);
    Site site = weave_site(weaving, row->expr);
    Str value = row->at_hand ? row->value : written(signing, site, row->value);
    if (!fact_is(row->call)) {
        bind_value(signing, row->expr, site, value, row->by_name);
    } else if (row->by_name) {
        weave_writer(weaving, module)
            ->add_argument(weaving->program->facts, row->call, signing->request->parameter, value, &weaving->texts);
    } else {
        weave_writer(weaving, module)
            ->insert_argument(weaving->program->facts, row->call, row->place, value, &weaving->texts);
    }
    const ExprFact *expr = program_expr(weaving->program, fact_is(row->call) ? program_call(weaving->program, row->call)->callee : row->expr);
    take(signing, fact_is(row->call) ? DECISION_CALL : DECISION_FORWARD,
         fact_is(row->call) ? row->call.index : row->expr.index, "argument of",
         program_text(weaving->program, module, expr->start, expr->end));
}

// ---- texts ------------------------------------------------------------------------------------------
static void mark_gone(Weaving *weaving, ExprId id) {
    const ExprFact *expr = program_expr(weaving->program, id);
    weaving->replaced[id.index] = true;
    if (fact_is(expr->base)) mark_gone(weaving, expr->base);
}

static void write_text(Signing *signing, const SignatureText *text) {
    Weaving *weaving = &signing->weaving;
    if (fact_is(text->expr)) mark_gone(weaving, text->expr);
    weave_writer(weaving, text->module)
        ->replace_range(weaving->program->facts, text->module, text->start, text->end, text->text, &weaving->texts);
    take(signing, DECISION_NONE, 0, "use of", signing->request->parameter);
}

static void write_statement(Signing *signing, StatementId id) {
    Weaving *weaving = &signing->weaving;
    const StatementFact *statement = program_statement(weaving->program, id);
    ModuleId module = program_scope(weaving->program, statement->scope)->module;
    mark_gone(weaving, statement->value);
    weave_writer(weaving, module)->drop_statement(weaving->program->facts, id, &weaving->texts);
    take(signing, DECISION_NONE, 0, "use of", signing->request->parameter);
}

static void write_losses(Signing *signing) {
    Weaving *weaving = &signing->weaving;
    const Program *program = weaving->program;
    const SignaturePlan *plan = signing->plan;
    for (uint32_t i = 0; i < plan->lost_parameters.count; i++) {
        ParameterId id = plan->lost_parameters.items[i];
        FunctionId function = program_parameter(program, id)->function;
        const FunctionFact *row = program_function(program, function);
        weave_writer(weaving, row->module)->remove_parameter(program->facts, id, &weaving->texts);
        take(signing, DECISION_FUNCTION, function.index, "parameter of", program_name(program, row->qualified));
    }
    for (uint32_t i = 0; i < plan->lost_arguments.count; i++) {
        ArgumentId id = plan->lost_arguments.items[i];
        CallId call = program_argument(program, id)->call;
        ModuleId module = program_call(program, call)->module;
        weave_writer(weaving, module)->remove_argument(program->facts, id, &weaving->texts);
        take(signing, DECISION_CALL, call.index, "argument of", signing->request->parameter);
    }
}

void weave_signature(const Program *program, const Solution *solution, const SignatureRequest *request,
                     const SignaturePlan *plan, Edits *edits) {
    Signing signing = {.request = request, .plan = plan};
    weave_open(&signing.weaving, program, solution, edits);
    for (uint32_t i = 0; i < plan->calls.count; i++) write_call(&signing, &plan->calls.items[i]);
    for (uint32_t i = 0; i < plan->texts.count; i++) write_text(&signing, &plan->texts.items[i]);
    for (uint32_t i = 0; i < plan->statements.count; i++) write_statement(&signing, plan->statements.items[i]);
    for (uint32_t i = 0; i < plan->functions.count; i++) write_function(&signing, &plan->functions.items[i]);
    for (uint32_t i = 0; i < plan->classes.count; i++) write_class(&signing, plan->classes.items[i]);
    write_losses(&signing);
    weave_write_imports(&signing.weaving);
    name_family(&signing.weaving);
    weave_give_out(&signing.weaving);
    weave_close(&signing.weaving);
}
