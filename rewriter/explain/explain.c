// Answers a query. In: a name, a line or a code. Out: subjects, or an error that proposes near names.
// A name is matched part by part from its end, so "Bot.run" means any run of any Bot; the whole name of
// a thing means that thing.
#include "explain/explain.h"

#include "base/message.h"
#include "explain/explainer.h"
#include "program/name.h"
#include "report/code_text.h"

enum { MOST_NEAR = 3 };

// ---- building ------------------------------------------------------------------------------------
Subject *explain_add(Explainer *explainer, SubjectKind kind, const char *noun, Str name,
                     Place place) {
    Subject *subject = vec_push(&explainer->out->subjects);
    subject->kind = kind;
    subject->noun = noun;
    subject->name = name;
    subject->place = place;
    subject->decision = "";
    return subject;
}

void explain_set_code(Explainer *explainer, Subject *subject, DiagnosticCode code) {
    subject->has_code = true;
    subject->code = code;
    subject->remedy = code_text(explainer->arena, code).remedy;
}

__attribute__((format(printf, 2, 0))) static Str format_text(Arena *arena, const char *format,
                                                             va_list arguments) {
    StrBuf text = {0};
    message_addv(&text, format, arguments);
    Str copy = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}

void subject_change(Explainer *explainer, Subject *subject, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vec_add(&subject->changes, format_text(explainer->arena, format, arguments));
    va_end(arguments);
}

void subject_reason(Explainer *explainer, Subject *subject, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vec_add(&subject->reasons, format_text(explainer->arena, format, arguments));
    va_end(arguments);
}

void explain_release(Explanation *explanation) {
    for (uint32_t i = 0; i < explanation->subjects.count; i++) {
        Subject *subject = &explanation->subjects.items[i];
        for (uint32_t k = 0; k < subject->chains.count; k++)
            vec_release(&subject->chains.items[k].steps);
        vec_release(&subject->chains);
        vec_release(&subject->changes);
        vec_release(&subject->reasons);
        vec_release(&subject->sites);
    }
    vec_release(&explanation->subjects);
    arena_release(&explanation->arena);
}

// ---- names ---------------------------------------------------------------------------------------
// Something that has a dotted name.
typedef struct Named {
    SubjectKind kind;
    uint32_t id;
    Str name;
} Named;
typedef Vec(Named) NamedList;

static bool is_in(const NamedList *list, SubjectKind kind, uint32_t id) {
    for (uint32_t i = 0; i < list->count; i++)
        if (list->items[i].kind == kind && list->items[i].id == id) return true;
    return false;
}

static void add_symbol(const Explainer *explainer, SymbolId symbol, NamedList *list) {
    if (!fact_is(symbol) || is_in(list, SUBJECT_SYMBOL, symbol.index)) return;
    vec_add(list, ((Named){SUBJECT_SYMBOL, symbol.index, explain_symbol_name(explainer, symbol)}));
}

static void collect_named(const Explainer *explainer, NamedList *list) {
    const Program *program = explainer->program;
    for (uint32_t i = 0; i < explainer->program->rules->sinks.count; i++)
        add_symbol(explainer, explainer->rule_symbol[i], list);
    for (uint32_t i = 1; i < explainer->solution->accessors.count; i++)
        add_symbol(explainer, explainer->solution->accessors.items[i].symbol, list);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        vec_add(list,
                ((Named){SUBJECT_CLASS, i,
                         program_name(program, program_class(program, (ClassId){i})->qualified)}));
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (!(function->flags & (FUNCTION_LAMBDA | FUNCTION_OVERLOAD)))
            vec_add(list,
                    ((Named){SUBJECT_FUNCTION, i, program_name(program, function->qualified)}));
    }
}

static Str last_part(Str *name) {
    ptrdiff_t dot = str_find_last(*name, '.');
    Str part = str_slice(*name, (size_t)(dot + 1), name->length);
    *name = dot < 0 ? STR_NONE : str_slice(*name, 0, (size_t)dot);
    return part;
}

// "outer.inner" is enough for "module.outer.<locals>.inner".
static bool ends_with_parts(Str name, Str query) {
    while (query.length) {
        Str wanted = last_part(&query), part = last_part(&name);
        if (str_is(part, "<locals>") && !str_equal(part, wanted)) part = last_part(&name);
        if (!part.length || !str_equal(part, wanted)) return false;
    }
    return true;
}

static int compare_named(const void *left, const void *right) {
    const Named *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    if (order) return order;
    // The symbol of a sink comes last: it lists all accesses.
    bool last_a = a->kind == SUBJECT_SYMBOL, last_b = b->kind == SUBJECT_SYMBOL;
    if (last_a != last_b) return last_a ? 1 : -1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

// Keeps what QUERY means; when something has QUERY as its whole name, only that.
static void keep_matches(const Program *program, NamedList *list, Str query) {
    bool whole = false;
    for (uint32_t i = 0; i < list->count; i++)
        whole = whole || program_is_named(program, query, list->items[i].name);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        Named named = list->items[i];
        if (whole ? program_is_named(program, query, named.name)
                  : ends_with_parts(named.name, query))
            list->items[kept++] = named;
    }
    list->count = kept;
    if (kept) qsort(list->items, kept, sizeof *list->items, compare_named);
}

static void explain_named(Explainer *explainer, const NamedList *list) {
    bool one = str_equal(list->items[0].name, list->items[list->count - 1].name);
    explainer->out->answer = one ? ANSWER_SUBJECTS : ANSWER_CANDIDATES;
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t id = list->items[i].id;
        if (list->items[i].kind == SUBJECT_FUNCTION)
            explain_function(explainer, (FunctionId){id}, !one);
        else if (list->items[i].kind == SUBJECT_CLASS)
            explain_class(explainer, (ClassId){id}, !one);
        else
            explain_symbol(explainer, (SymbolId){id}, !one);
    }
}

// Up to MOST_NEAR names whose last part is near that of QUERY, the nearest first.
static void propose(const NamedList *list, Str query, Diagnostics *mistakes) {
    size_t best[MOST_NEAR];
    Str names[MOST_NEAR];
    uint32_t count = 0;
    Str wanted = last_part(&query);
    for (uint32_t i = 0; i < list->count; i++) {
        Str rest = list->items[i].name, part = last_part(&rest);
        size_t distance = str_distance(wanted, part);
        if (distance > wanted.length / 3 + 1 || distance >= part.length) continue;
        if (query.length && !ends_with_parts(rest, query)) distance += 1;
        uint32_t at = count;
        while (at > 0 && distance < best[at - 1]) at--;
        bool known = at > 0 && str_equal(names[at - 1], list->items[i].name);
        if (at == MOST_NEAR || known) continue;
        if (count < MOST_NEAR) count++;
        for (uint32_t k = count - 1; k > at; k--) {
            best[k] = best[k - 1];
            names[k] = names[k - 1];
        }
        best[at] = distance;
        names[at] = list->items[i].name;
    }
    StrBuf text = {0};
    for (uint32_t i = 0; i < count; i++)
        strbuf_addf(&text, "%s'%.*s'", i ? ", " : "", STR_ARG(names[i]));
    if (count)
        diagnostic_help(mistakes, "did you mean %s?", text.data);
    else
        diagnostic_help(mistakes,
                        "give a function, method, class or sink by its dotted name or the "
                        "end of it, FILE:LINE, or a code such as W201");
    strbuf_release(&text);
}

static bool explain_name(Explainer *explainer, Str query, Diagnostics *mistakes) {
    NamedList all = {0}, found = {0};
    collect_named(explainer, &all);
    for (uint32_t i = 0; i < all.count; i++) vec_add(&found, all.items[i]);
    keep_matches(explainer->program, &found, query);
    bool good = found.count > 0;
    if (good) {
        explain_named(explainer, &found);
    } else {
        diagnostic_add(mistakes, DIAGNOSTIC_E902, SPAN_NONE, "nothing in the tree is called '%.*s'",
                       STR_ARG(query));
        propose(&all, query, mistakes);
    }
    vec_release(&all);
    vec_release(&found);
    return good;
}

// ---- queries -------------------------------------------------------------------------------------
static void explain_code(Explainer *explainer, DiagnosticCode code) {
    CodeText text = code_text(explainer->arena, code);
    Subject *subject = explain_add(explainer, SUBJECT_CODE, "code",
                                   str_from(diagnostic_code_name(code)), (Place){0});
    static const char *const severities[] = {"note", "warning", "error"};
    subject->decision = severities[diagnostic_code_severity(code)];
    subject->has_code = true;
    subject->code = code;
    subject->meaning = text.meaning;
    subject->example = text.example;
    subject->remedy = text.remedy;
    subject->site_title = "in this tree";
    const Diagnostics *all = explainer->input->diagnostics;
    for (uint32_t i = 0; i < all->list.count; i++) {
        const Diagnostic *item = &all->list.items[i];
        if (item->code != code) continue;
        Str title = str_from(diagnostic_code_title(code)), brief = item->message;
        if (str_starts_with(brief, title) && brief.length > title.length + 2)
            brief = str_slice(brief, title.length + 2, brief.length);
        ExplainSite site = {.where = item->message, .brief = brief, .outcome = ""};
        if (item->span.file.index) {
            const SourceFile *file = source_file(explainer->input->sources, item->span.file);
            site.place.path = file->path;
            if (file->text.data) site.place.at = source_line_column(file, item->span.start);
        }
        vec_add(&subject->sites, site);
    }
}

bool explain_is_code(Str query) {
    DiagnosticCode code;
    return diagnostic_code_find(query, &code);
}

bool explain_build(const ExplainInput *input, Str query, Diagnostics *mistakes,
                   Explanation *explanation) {
    *explanation = (Explanation){.query = query};
    Explainer explainer = {.input = input,
                           .program = input->program,
                           .solution = input->solution,
                           .out = explanation,
                           .arena = &explanation->arena};
    DiagnosticCode code;
    if (diagnostic_code_find(query, &code)) { // answered even when the tree could not be analysed
        explain_code(&explainer, code);
        return true;
    }
    explain_index(&explainer);
    FileId file;
    uint32_t line;
    if (!explain_is_line(query)) return explain_name(&explainer, query, mistakes);
    if (!explain_find_line(&explainer, query, &file, &line, mistakes)) return false;
    explain_line(&explainer, file, line);
    return true;
}
