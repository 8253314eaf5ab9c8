// Which expression gives the context at a site, and how a rule's template reads there.
//
// In: a function of the solution, or a template. Out: text for one module, with the imports that it
// needs noted. A template's string literals are copied as they are.
#include "edit/weave_internal.h"

#include "base/bug.h"
#include "base/path.h"
#include "program/name.h"

// ---- templates -----------------------------------------------------------------------------------

static void fill_hole(StrBuf *text, Str hole, const TemplateValues *values) {
    Str prefix = STR("parameter:");
    if (str_is(hole, "context")) {
        strbuf_add(text, values->context);
    } else if (str_is(hole, "value")) {
        strbuf_add(text, values->value);
    } else if (str_is(hole, "receiver")) {
        strbuf_add(text, values->receiver);
    } else if (str_is(hole, "arguments")) {
        strbuf_add(text, values->arguments);
    } else if (str_starts_with(hole, prefix)) {
        strbuf_add(text, str_trim(str_slice(hole, prefix.length, hole.length)));
    } else {
        strbuf_addf(text, "{%.*s}", STR_ARG(hole));
    }
}

// The literal that starts at FROM, with its quotes.
static size_t literal_end(Str template, size_t from) {
    size_t at = from + 1;
    while (at < template.length && template.data[at] != template.data[from]) {
        at += template.data[at] == '\\' ? 2 : 1;
    }
    return at < template.length ? at + 1 : template.length;
}

static size_t dotted_end(Str template, size_t from) {
    size_t at = from;
    while (at < template.length) {
        bool inner_dot = template.data[at] == '.' && at + 1 < template.length &&
                         str_is_word_byte(template.data[at + 1]);
        if (!str_is_word_byte(template.data[at]) && !inner_dot) break;
        at++;
    }
    return at;
}

// A literal of a rule in the quotes of the project, where that changes nothing else in it.
static Str quoted(Weaving *weaving, Str literal) {
    Str inner = str_slice(literal, 1, literal.length > 1 ? literal.length - 1 : 1);
    bool plain = literal.length > 1 && literal.data[0] == '"' && inner.length > 0 &&
                 str_find(inner, '\'') < 0 && str_find(inner, '"') < 0 && str_find(inner, '\\') < 0;
    if (!plain || !weaving->program->facts->sources->single_quotes) return literal;
    return arena_format(&weaving->arena, "'%.*s'", STR_ARG(inner));
}

// `import app.conf`, which says of its package no more than that it is there.
static bool names_package_only(const Program *program, SymbolId symbol, Str module) {
    BindingId id = program_symbol(program, symbol)->first_binding;
    for (; fact_is(id); id = program_binding(program, id)->next_of_symbol) {
        const ImportFact *import = program_import(program, program_binding(program, id)->import_);
        if (program_binding(program, id)->kind != BINDING_IMPORT || import->kind != IMPORT_MODULE || import->has_alias)
            return false;
        if (str_equal(program_name(program, import->path), module)) return false;
    }
    return true;
}

// request.tenant, where a parameter, a local or a name of the module is called `request`.
static bool is_known(const Weaving *weaving, Site site, Str dotted) {
    const Program *program = weaving->program;
    ptrdiff_t dot = str_find(dotted, '.'), last = str_find_last(dotted, '.');
    Str first = str_slice(dotted, 0, dot < 0 ? dotted.length : (size_t)dot);
    Str module = str_slice(dotted, 0, last < 0 ? dotted.length : (size_t)last);
    Name name = intern_find(program->facts->names, first);
    bool in_function = false;
    for (ScopeId scope = site.scope; name.index && fact_is(scope); scope = program_scope(program, scope)->parent) {
        const ScopeFact *row = program_scope(program, scope);
        if (row->kind == SCOPE_CLASS && in_function) continue;
        in_function = in_function || row->kind == SCOPE_FUNCTION;
        SymbolId symbol = program_symbol_in(program, scope, name);
        if (fact_is(symbol)) return !names_package_only(program, symbol, module);
    }
    return false;
}

Str weave_template(Weaving *weaving, Site site, Str template, TemplateValues values) {
    StrBuf text = {0};
    size_t at = 0;
    while (at < template.length) {
        char c = template.data[at];
        size_t end = at + 1;
        if (c == '{') {
            while (end < template.length && template.data[end] != '}') end++;
            fill_hole(&text, str_slice(template, at + 1, end), &values);
            at = end + 1;
            continue;
        }
        if (c == '"' || c == '\'') end = literal_end(template, at);
        if (str_is_word_byte(c)) end = dotted_end(template, at);
        Str part = str_slice(template, at, end);
        if (c == '"') part = quoted(weaving, part);
        bool is_attribute = at > 0 && template.data[at - 1] == '.';
        bool is_dotted = str_is_word_byte(c) && !(c >= '0' && c <= '9') && str_find(part, '.') > 0;
        bool is_name = is_dotted && !is_attribute && !(values.known && is_known(weaving, site, part));
        strbuf_add(&text, is_name ? weave_name(weaving, site, part) : part);
        at = end;
    }
    Str result = arena_copy(&weaving->arena, strbuf_str(&text));
    strbuf_release(&text);
    return result;
}

// ---- the context at a site -------------------------------------------------------------------------
Site weave_site(const Weaving *weaving, ExprId expr) {
    const Program *program = weaving->program;
    const LazyDefault *lazy = weave_default_of(weaving, expr);
    if (lazy) return weave_site_of_body(weaving, lazy->function);
    const ExprFact *fact = program_expr(program, expr);
    Site site = weave_site_of_definition(weaving, fact->scope, fact->start);
    site.function = program_scope_function(program, fact->scope);
    return site;
}

Site weave_site_of_definition(const Weaving *weaving, ScopeId scope, uint32_t offset) {
    bool at_import = !fact_is(program_scope_function(weaving->program, scope));
    return (Site){scope, FACT_NONE(FunctionId), !at_import ? 0 : offset > 0 ? offset : 1};
}

Site weave_site_of_body(const Weaving *weaving, FunctionId function) {
    return (Site){program_function(weaving->program, function)->body, function, 0};
}

// At module level of a file that the rules call an entry point, the context is made as they say.
static const BoundaryRule *entry_rule(const Weaving *weaving, ScopeId scope) {
    const Program *program = weaving->program;
    if (fact_is(program_scope_function(program, scope))) return NULL;
    FileId file = program_module_file(program, program_scope(program, scope)->module);
    Str path = source_file(program->facts->sources, file)->path;
    for (uint32_t i = 0; i < weaving->program->rules->boundaries.count; i++) {
        const BoundaryRule *rule = &weaving->program->rules->boundaries.items[i];
        if (rule->kind != BOUNDARY_FILE || !rule->create.length) continue;
        if (str_find(rule->create, '{') >= 0) continue; // asks for a parameter
        for (uint32_t k = 0; k < rule->targets.count; k++)
            if (path_glob(rule->targets.items[k].text, path)) return rule;
    }
    return NULL;
}

static void note_ambient(Weaving *weaving, ModuleId module) {
    const ContextRule *rule = &weaving->program->rules->context;
    if (rule->ambient_include.length == 0 && rule->ambient_define.length == 0) return;
    vec_add(&weaving->modules[module.index].needs,
            ((ImportNeed){.include = rule->ambient_include, .define = rule->ambient_define}));
}

static Str ambient_text(Weaving *weaving, Site site) {
    const BoundaryRule *entry = entry_rule(weaving, site.scope);
    if (entry) return weave_template(weaving, site, entry->create, (TemplateValues){0});
    Str name = weave_name(weaving, site, weaving->program->rules->context.ambient);
    ModuleId module = program_scope(weaving->program, site.scope)->module;
    if (program_module(weaving->program, module)->language->traits.one_namespace) {
        note_ambient(weaving, module);
        return name; // an expression, as the rules have it
    }
    return weave_writer(weaving, module)->call_text(&weaving->arena, name, STR_NONE);
}

bool weave_counts_callers(const Weaving *weaving, Str api) {
    const Rules *rules = weaving->program->rules;
    return rules->api.counter.length > 0 && rules->public_api.count > 0 &&
           program_names_match(weaving->program, &rules->public_api, api);
}

Str weave_fallback(Weaving *weaving, Site site, Str api) {
    const Rules *rules = weaving->program->rules;
    if (!weave_counts_callers(weaving, api)) return ambient_text(weaving, site);
    Str name = weave_name(weaving, site, rules->api.counter);
    Str literal = arena_format(&weaving->arena, "\"%.*s\"", STR_ARG(api));
    ModuleId module = program_scope(weaving->program, site.scope)->module;
    return weave_writer(weaving, module)->call_text(&weaving->arena, name, literal);
}

static Str carried_text(Weaving *weaving, Site site, const FunctionPlan *plan) {
    const Program *program = weaving->program;
    TemplateValues values = {
        .value = program_name(program, program_parameter(program, plan->carrier)->name)};
    if (plan->carrier_is_context) return values.value;
    const CarrierRule *rule = &weaving->program->rules->carriers.items[plan->carrier_rule];
    return weave_template(weaving, site, rule->expression, values);
}

static Str held_text(Weaving *weaving, const FunctionFact *function) {
    const Program *program = weaving->program;
    BUG_UNLESS(function->parameter_count > 0);
    Str receiver = program_name(program, program_parameter(program, (ParameterId){function->first_parameter})->name);
    return weave_writer(weaving, function->module)
        ->member_text(&weaving->arena, receiver, weaving->program->rules->context.parameter);
}

Str weave_context(Weaving *weaving, Site site, uint32_t inside_accessor, bool ambient) {
    if (inside_accessor) return weaving->program->rules->context.parameter;
    while (!ambient && fact_is(site.function)) {
        const FunctionPlan *plan = &weaving->solution->functions[site.function.index];
        const FunctionFact *fact = program_function(weaving->program, site.function);
        if (plan->reads_ambient) break; // not what is around it: it may run when that has returned
        switch (plan->supply) {
        case SUPPLY_PARAMETER:
        case SUPPLY_CREATED:
        case SUPPLY_BRIDGED: return weave_parameter_name(weaving, site.function);
        case SUPPLY_CARRIER: return carried_text(weaving, site, plan);
        case SUPPLY_HELD: return held_text(weaving, fact);
        case SUPPLY_CLOSURE:
        case SUPPLY_NONE: break;
        }
        site.function = fact->enclosing;
    }
    return ambient_text(weaving, site);
}
