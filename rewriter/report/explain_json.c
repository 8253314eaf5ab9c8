// An explanation as JSON, schema_version 1. In: the model. Out: every key always there, in the order it
// is set in; what does not apply is null or an empty list.
#include "report/explain.h"

#include <jansson.h>

#include "base/bug.h"
#include "report/text.h"

enum { SCHEMA_VERSION = 1 };

static json_t *json_text(Str text) {
    json_t *value = json_stringn(text.length > 0 ? text.data : "", text.length);
    if (value != NULL) return value;
    StrBuf shown = {0};
    text_add_shown(&shown, text);
    value = json_stringn(shown.data, shown.length);
    strbuf_release(&shown);
    return value;
}

static json_t *json_text_or_null(Str text) {
    return text.length > 0 ? json_text(text) : json_null();
}

static json_t *json_word_or_null(const char *word) {
    return word != NULL && word[0] != '\0' ? json_string(word) : json_null();
}

static void set(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0) BUG("no JSON value for '%s'", key);
}

static void append(json_t *list, json_t *value) {
    if (json_array_append_new(list, value) != 0) BUG("a value does not fit into JSON");
}

static void set_place(json_t *object, const Place *place) {
    bool line = place->path.length > 0 && place->at.line > 0;
    set(object, "path", json_text_or_null(place->path));
    set(object, "line", line ? json_integer(place->at.line) : json_null());
    set(object, "column", line ? json_integer(place->at.column) : json_null());
}

static json_t *texts_json(const Str *texts, uint32_t count) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++) append(list, json_text(texts[i]));
    return list;
}

static json_t *origins_json(uint32_t origins) {
    json_t *list = json_array();
    for (int i = 0; i < ORIGIN_COUNT; i++)
        if (origins & (1u << i)) append(list, json_string(origin_name((Origin)(1 << i))));
    return list;
}

static json_t *steps_json(const ExplainChain *chain) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < chain->steps.count; i++) {
        const ExplainStep *step = &chain->steps.items[i];
        json_t *object = json_object();
        set(object, "step", json_string(step_word(step->kind)));
        set(object, "name", json_text(step->name));
        set_place(object, &step->place);
        set(object, "evidence", json_word_or_null(step->evidence));
        set(object, "remark", json_text_or_null(step->remark));
        append(list, object);
    }
    return list;
}

static void set_chains(json_t *object, const Subject *subject) {
    json_t *down = NULL, *up = json_array();
    for (uint32_t i = 0; i < subject->chains.count; i++) {
        const ExplainChain *chain = &subject->chains.items[i];
        if (chain->origin == 0) {
            down = steps_json(chain);
            continue;
        }
        json_t *from = json_object();
        set(from, "origin", json_string(origin_name((Origin)chain->origin)));
        set(from, "steps", steps_json(chain));
        append(up, from);
    }
    set(object, "chain_to_access", down != NULL ? down : json_null());
    set(object, "chains_from_origins", up);
}

static json_t *sites_json(const Subject *subject) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < subject->sites.count; i++) {
        const ExplainSite *site = &subject->sites.items[i];
        json_t *object = json_object();
        set_place(object, &site->place);
        set(object, subject->kind == SUBJECT_CODE ? "message" : "in", json_text(site->where));
        set(object, "outcome", json_word_or_null(site->outcome));
        set(object, "code",
            site->has_code ? json_string(diagnostic_code_name(site->code)) : json_null());
        append(list, object);
    }
    return list;
}

static json_t *subject_json(const Subject *subject) {
    static const char *const kinds[] = {"function", "class",   "symbol", "access",
                                        "call",     "message", "code"};
    json_t *object = json_object();
    set(object, "kind", json_string(kinds[subject->kind]));
    set(object, "noun", json_string(subject->noun));
    set(object, "name", json_text(subject->name));
    set_place(object, &subject->place);
    set(object, "decision", json_string(subject->decision));
    set(object, "changes", texts_json(subject->changes.items, subject->changes.count));
    set(object, "reasons", texts_json(subject->reasons.items, subject->reasons.count));
    set(object, "origins", origins_json(subject->origins));
    const char *code = subject->has_code ? diagnostic_code_name(subject->code) : NULL;
    const char *title = subject->has_code ? diagnostic_code_title(subject->code) : NULL;
    set(object, "code", json_word_or_null(code));
    set(object, "title", json_word_or_null(title));
    set(object, "meaning", json_text_or_null(subject->meaning));
    set(object, "example", json_text_or_null(subject->example));
    set(object, "remedy", json_text_or_null(subject->remedy));
    set_chains(object, subject);
    set(object, "sites", sites_json(subject));
    return object;
}

void explain_write_json(const Explanation *explanation, FILE *out) {
    static const char *const answers[] = {"subjects", "candidates", "nothing"};
    json_t *subjects = json_array(), *root = json_object();
    for (uint32_t i = 0; i < explanation->subjects.count; i++)
        append(subjects, subject_json(&explanation->subjects.items[i]));
    bool near = explanation->answer == ANSWER_NOTHING && explanation->nearest.at.line > 0;
    set(root, "schema_version", json_integer(SCHEMA_VERSION));
    set(root, "query", json_text(explanation->query));
    set(root, "answer", json_string(answers[explanation->answer]));
    set(root, "inside", json_text_or_null(explanation->inside));
    set(root, "nearest_line", near ? json_integer(explanation->nearest.at.line) : json_null());
    set(root, "subjects", subjects);
    // A full disk shows in ferror(out), which the caller looks at.
    (void)json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}
