// The words of a request for signatures, which command line and rules share. In: texts. Out: their parts, or what is wrong
// with them. Nothing is looked up in a tree.
#include "rule/signature.h"

#include "rule/schema.h"

enum { MOST_POSITION = 1000 };

void signature_request_release(SignatureRequest *request) {
    vec_release(&request->functions);
    vec_release(&request->sources);
    vec_release(&request->closed);
}

bool signature_read_parameter(Str text, SignatureRequest *request) {
    ptrdiff_t colon = str_find(text, ':');
    request->parameter = str_trim(colon < 0 ? text : str_slice(text, 0, (size_t)colon));
    request->type = colon < 0 ? STR_NONE : str_trim(str_slice(text, (size_t)colon + 1, text.length));
    return schema_is_identifier(request->parameter) && (colon < 0 || request->type.length > 0) &&
           str_find(request->type, '=') < 0;
}

static bool read_number(Str text, int32_t *number) {
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c < '0' || c > '9' || *number > MOST_POSITION) return false;
        *number = *number * 10 + (c - '0');
    }
    return *number >= 1 && *number <= MOST_POSITION;
}

bool signature_read_position(Str text, int32_t *position) {
    static const struct {
        const char *word;
        int32_t position;
    } words[] = {{"keyword", POSITION_KEYWORD}, {"first", POSITION_FIRST}, {"last", POSITION_LAST}};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!str_is(text, words[i].word)) continue;
        *position = words[i].position;
        return true;
    }
    return read_number(text, position);
}

uint32_t signature_default_hops(const SignatureRequest *request) {
    bool told = request->value.length > 0 || request->default_value.length > 0;
    return told && request->sources.count == 0 ? 0 : HOPS_ALL;
}

const char *signature_mistake(const SignatureRequest *request) {
    bool more = request->type.length > 0 || request->position != POSITION_KEYWORD || request->value.length > 0 ||
                request->default_value.length > 0 || request->sources.count > 0 || request->replace.length > 0;
    if (request->parameter.length == 0) return "name the parameter: 'tenant: app.Tenant'";
    if (request->action != SIGNATURE_ADD && more)
        return "'remove' and 'rename' are about a parameter that is there; they take its name alone";
    if (request->functions.count == 0 && request->replace.length == 0)
        return "name a function, or what becomes the parameter with 'replace'";
    return NULL;
}
