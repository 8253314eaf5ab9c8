// Places in lists. In: a function or a call, and what was asked for. Out: the row before which the new one stands.
// A parameter that is required cannot follow one that has a default; an argument by position cannot follow
// one that unpacks a list, because nobody knows how many that brings.
#include "solve/signature/place.h"

static const ParameterFact *parameter_at(const Program *program, const FunctionFact *function, uint32_t i) {
    return program_parameter(program, (ParameterId){function->first_parameter + i});
}

static bool is_positional(const ParameterFact *parameter) {
    return parameter->kind == PARAMETER_POSITIONAL || parameter->kind == PARAMETER_POSITIONAL_ONLY;
}

static uint32_t receivers_of(const FunctionFact *function) {
    bool receiver = fact_is(function->klass) && !(function->flags & FUNCTION_STATIC);
    return receiver && function->parameter_count > 0 ? 1 : 0;
}

// ---- parameters -------------------------------------------------------------------------------------
static uint32_t keyword_place(const Program *program, const FunctionFact *function) {
    uint32_t count = function->parameter_count;
    bool rest = count > 0 && parameter_at(program, function, count - 1)->kind == PARAMETER_KEYWORD_REST;
    return rest ? count - 1 : count;
}

// POSITION is behind all when there are fewer. What stands directly before `/` goes behind it, so that it has a name.
static uint32_t positional_place(const Program *program, const FunctionFact *function, int32_t position) {
    uint32_t at = receivers_of(function);
    for (int32_t passed = 1; at < function->parameter_count && passed < position; at++) {
        const ParameterFact *parameter = parameter_at(program, function, at);
        if (parameter->kind == PARAMETER_SLASH_MARK) continue;
        if (!is_positional(parameter)) break;
        passed++;
    }
    if (at < function->parameter_count && parameter_at(program, function, at)->kind == PARAMETER_SLASH_MARK) at++;
    return at;
}

static const char *default_obstacle(const Spread *spread, const FunctionFact *function, uint32_t place) {
    const Program *program = spread->program;
    bool optional = spread->request->default_value.length > 0;
    for (uint32_t i = receivers_of(function); i < function->parameter_count; i++) {
        const ParameterFact *parameter = parameter_at(program, function, i);
        if (!is_positional(parameter)) continue;
        bool has_default = fact_is(parameter->default_value);
        if (i < place && has_default && !optional)
            return "it would stand behind a parameter that has a default, and have none itself; give a --default, "
                   "another --position, or pass it by name (--position keyword)";
        if (i >= place && !has_default && optional)
            return "it has a default, and would stand before a parameter that has none; use --position last or keyword";
    }
    return NULL;
}

const char *place_in_function(const Spread *spread, FunctionId id, int32_t position, SignatureFunction *row) {
    const FunctionFact *function = program_function(spread->program, id);
    bool keyword = position == POSITION_KEYWORD;
    uint32_t place = keyword ? keyword_place(spread->program, function)
                             : positional_place(spread->program, function, position);
    *row = (SignatureFunction){id, place, keyword};
    return keyword ? NULL : default_obstacle(spread, function, place);
}

uint32_t place_index(const Program *program, FunctionId id, uint32_t place) {
    const FunctionFact *function = program_function(program, id);
    uint32_t index = 0;
    for (uint32_t i = receivers_of(function); i < place; i++)
        if (is_positional(parameter_at(program, function, i))) index++;
    return index;
}

bool place_is_followed(const Program *program, FunctionId id, uint32_t place) {
    const FunctionFact *function = program_function(program, id);
    for (uint32_t i = place; i < function->parameter_count; i++) {
        const ParameterFact *parameter = parameter_at(program, function, i);
        if (is_positional(parameter) || parameter->kind == PARAMETER_REST) return true;
    }
    return false;
}

// ---- arguments --------------------------------------------------------------------------------------
Positional place_positional(const Program *program, CallId id) {
    const CallFact *call = program_call(program, id);
    Positional passed = {0};
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ArgumentKind kind = program_argument(program, (ArgumentId){call->first_argument + i})->kind;
        passed.count += kind == ARGUMENT_POSITIONAL;
        passed.unpacks = passed.unpacks || kind == ARGUMENT_REST;
    }
    return passed;
}

// The argument before which the one with INDEX arguments by position before it stands; argument_count when there are
// fewer. *UNPACKS: nobody knows, a list comes before it.
static uint32_t argument_at(const Program *program, const CallFact *call, uint32_t index, bool *unpacks) {
    uint32_t passed = 0;
    *unpacks = false;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ArgumentKind kind = program_argument(program, (ArgumentId){call->first_argument + i})->kind;
        if (kind != ARGUMENT_POSITIONAL && kind != ARGUMENT_REST) continue;
        if (passed == index) return i;
        if (kind == ARGUMENT_REST) {
            *unpacks = true;
            return call->argument_count;
        }
        passed++;
    }
    return call->argument_count;
}

static uint32_t behind_positional(const Program *program, const CallFact *call) {
    uint32_t place = 0;
    for (uint32_t i = 0; i < call->argument_count; i++)
        if (program_argument(program, (ArgumentId){call->first_argument + i})->kind == ARGUMENT_POSITIONAL)
            place = i + 1;
    return place;
}

const char *place_in_call(const Spread *spread, CallId id, uint32_t index, bool by_name, bool followed,
                          SignatureCall *row) {
    const Program *program = spread->program;
    const CallFact *call = program_call(program, id);
    bool unpacks;
    uint32_t place = argument_at(program, call, index, &unpacks);
    uint32_t passed = place_positional(program, id).count;
    row->place = call->argument_count;
    row->by_name = by_name && place == call->argument_count && (unpacks ? !followed : passed < index || spread->request->by_name);
    if (row->by_name) return NULL;
    if (unpacks)
        return "it unpacks a list among the arguments before it, and nobody knows how long that is; pass it by name "
               "(--position keyword)";
    if (place < call->argument_count) {
        row->place = place;
        return NULL;
    }
    if (passed < index) return "the parameters before it are not passed by position here, and it has no name";
    row->place = behind_positional(program, call);
    return NULL;
}
