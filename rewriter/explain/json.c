// An explanation as JSON, schema_version 1. In: the model. Out: every key always there, in the order it
// is set in; what does not apply is null or an empty list.
#include "explain/explain.h"

#include "report/json_value.h"

enum { SCHEMA_VERSION = 1 };

static void set_place(json_t *object, const Place *place) {
    bool line = place->path.length > 0 && place->at.line > 0;
    json_put(object, "path", json_text_or_null(place->path));
    json_put(object, "line", line ? json_integer(place->at.line) : json_null());
    json_put(object, "column", line ? json_integer(place->at.column) : json_null());
}

static json_t *texts_json(const Str *texts, uint32_t count) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < count; i++) json_add(list, json_text(texts[i]));
    return list;
}

static json_t *steps_json(const ExplainChain *chain) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < chain->steps.count; i++) {
        const ExplainStep *step = &chain->steps.items[i];
        json_t *object = json_object();
        json_put(object, "step", json_string(step_word(step->kind)));
        json_put(object, "name", json_text(step->name));
        set_place(object, &step->place);
        json_put(object, "evidence", json_word_or_null(step->evidence));
        json_put(object, "remark", json_text_or_null(step->remark));
        json_add(list, object);
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
        json_put(from, "origin", json_string(origin_name((Origin)chain->origin)));
        json_put(from, "steps", steps_json(chain));
        json_add(up, from);
    }
    json_put(object, "chain_to_access", down != NULL ? down : json_null());
    json_put(object, "chains_from_origins", up);
}

static json_t *sites_json(const Subject *subject) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < subject->sites.count; i++) {
        const ExplainSite *site = &subject->sites.items[i];
        json_t *object = json_object();
        set_place(object, &site->place);
        json_put(object, subject->kind == SUBJECT_CODE ? "message" : "in", json_text(site->where));
        json_put(object, "outcome", json_word_or_null(site->outcome));
        json_put(object, "code",
                 site->has_code ? json_string(diagnostic_code_name(site->code)) : json_null());
        json_add(list, object);
    }
    return list;
}

static json_t *subject_json(const Subject *subject) {
    static const char *const kinds[] = {"function", "class",   "symbol", "access",
                                        "call",     "message", "code"};
    json_t *object = json_object();
    json_put(object, "kind", json_string(kinds[subject->kind]));
    json_put(object, "noun", json_string(subject->noun));
    json_put(object, "name", json_text(subject->name));
    set_place(object, &subject->place);
    json_put(object, "decision", json_string(subject->decision));
    json_put(object, "changes", texts_json(subject->changes.items, subject->changes.count));
    json_put(object, "reasons", texts_json(subject->reasons.items, subject->reasons.count));
    json_put(object, "origins", json_origins(subject->origins));
    const char *code = subject->has_code ? diagnostic_code_name(subject->code) : NULL;
    const char *title = subject->has_code ? diagnostic_code_title(subject->code) : NULL;
    json_put(object, "code", json_word_or_null(code));
    json_put(object, "title", json_word_or_null(title));
    json_put(object, "meaning", json_text_or_null(subject->meaning));
    json_put(object, "example", json_text_or_null(subject->example));
    json_put(object, "remedy", json_text_or_null(subject->remedy));
    set_chains(object, subject);
    json_put(object, "sites", sites_json(subject));
    return object;
}

void explain_write_json(const Explanation *explanation, FILE *out) {
    static const char *const answers[] = {"subjects", "candidates", "nothing"};
    json_t *subjects = json_array(), *root = json_object();
    for (uint32_t i = 0; i < explanation->subjects.count; i++)
        json_add(subjects, subject_json(&explanation->subjects.items[i]));
    bool near = explanation->answer == ANSWER_NOTHING && explanation->nearest.at.line > 0;
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "query", json_text(explanation->query));
    json_put(root, "answer", json_string(answers[explanation->answer]));
    json_put(root, "inside", json_text_or_null(explanation->inside));
    json_put(root, "nearest_line", near ? json_integer(explanation->nearest.at.line) : json_null());
    json_put(root, "subjects", subjects);
    json_write(root, 2, out);
}
