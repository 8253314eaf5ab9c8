// In: a function before and after. Out: changes of its signature that break a caller.
//
// A parameter that is gone breaks nobody when `*args` or `**kwargs` takes what callers give it. One that was put
// before others gives each of them a new place: that is said once, of the new one.
#include "api/change_internal.h"

typedef struct Signature {
    const ApiSurface *surface;
    const FunctionFact *function;
    uint32_t first, end; // rows of Facts.parameters, without the receiver
    Map rows;            // hash of a name -> row
    bool has_rest, has_keyword_rest;
    uint32_t *rank; // by row - first: how many positional parameters that the other has come before
    bool *is_before_common; // by row - first: one of those comes behind it
} Signature;

static const ParameterFact *row_of(const Signature *signature, uint32_t index) {
    return program_parameter(signature->surface->program, (ParameterId){index});
}

static Str name_of(const Signature *signature, const ParameterFact *row) {
    return program_name(signature->surface->program, row->name);
}

static bool is_mark(const ParameterFact *row) {
    return row->kind == PARAMETER_STAR_MARK || row->kind == PARAMETER_SLASH_MARK;
}

static bool is_rest(const ParameterFact *row) {
    return row->kind == PARAMETER_REST || row->kind == PARAMETER_KEYWORD_REST;
}

static bool is_positional(const ParameterFact *row) {
    return row->kind == PARAMETER_POSITIONAL || row->kind == PARAMETER_POSITIONAL_ONLY;
}

static bool is_required(const ParameterFact *row) {
    return !is_rest(row) && !is_mark(row) && !fact_is(row->default_value);
}

// The row of that name, NULL when there is none. Names of one hash are one only in theory: then none is found.
static const ParameterFact *find(const Signature *signature, Str name, uint32_t *index) {
    uint32_t row;
    if (!map_get(&signature->rows, str_hash(name), &row)) return NULL;
    if (!str_equal(name_of(signature, row_of(signature, row)), name)) return NULL;
    if (index) *index = row;
    return row_of(signature, row);
}

static Signature signature_of(const ApiSurface *surface, const ApiItem *item) {
    const FunctionFact *function = program_function(surface->program, item->function);
    Signature signature = {.surface = surface,
                           .function = function,
                           .first = function->first_parameter,
                           .end = function->first_parameter + function->parameter_count};
    bool receiver = fact_is(function->klass) && !(function->flags & FUNCTION_STATIC);
    if (receiver && signature.first < signature.end) signature.first++;
    for (uint32_t i = signature.first; i < signature.end; i++) {
        const ParameterFact *row = row_of(&signature, i);
        if (is_mark(row)) continue;
        map_put(&signature.rows, str_hash(name_of(&signature, row)), i);
        signature.has_rest |= row->kind == PARAMETER_REST;
        signature.has_keyword_rest |= row->kind == PARAMETER_KEYWORD_REST;
    }
    return signature;
}

// Counts the places of SIGNATURE that OTHER has as well.
static void rank_places(Signature *signature, const Signature *other, Arena *arena) {
    uint32_t count = signature->end - signature->first, common = 0;
    signature->rank = arena_array(arena, uint32_t, count + 1);
    signature->is_before_common = arena_array(arena, bool, count + 1);
    bool *shared = arena_array(arena, bool, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        const ParameterFact *row = row_of(signature, signature->first + i);
        const ParameterFact *there =
            is_positional(row) ? find(other, name_of(signature, row), NULL) : NULL;
        signature->rank[i] = common;
        shared[i] = there != NULL && is_positional(there);
        common += shared[i];
    }
    for (uint32_t i = count; i-- > 0;)
        signature->is_before_common[i] = signature->is_before_common[i + 1] || shared[i];
}

static Str kind_text(ParameterKind kind) {
    switch (kind) {
    case PARAMETER_POSITIONAL_ONLY: return STR("by place only");
    case PARAMETER_POSITIONAL: return STR("by place or name");
    case PARAMETER_KEYWORD: return STR("by name only");
    case PARAMETER_REST: return STR("all further places");
    case PARAMETER_KEYWORD_REST: return STR("all further names");
    case PARAMETER_STAR_MARK:
    case PARAMETER_SLASH_MARK: break;
    }
    return STR_NONE;
}

// What callers give to ROW goes into a rest of NEW instead.
static bool is_swallowed(const Signature *new, const ParameterFact *row) {
    switch (row->kind) {
    case PARAMETER_POSITIONAL_ONLY: return new->has_rest;
    case PARAMETER_POSITIONAL: return new->has_rest &&new->has_keyword_rest;
    case PARAMETER_KEYWORD: return new->has_keyword_rest;
    case PARAMETER_REST:
    case PARAMETER_KEYWORD_REST:
    case PARAMETER_STAR_MARK:
    case PARAMETER_SLASH_MARK: break;
    }
    return false;
}

// A caller's way to give the parameter is no longer there.
static bool kind_breaks(ParameterKind old, ParameterKind new) {
    if (old == new) return false;
    if (old == PARAMETER_POSITIONAL_ONLY || old == PARAMETER_KEYWORD)
        return new != PARAMETER_POSITIONAL;
    return true;
}

// ---- one by one ----------------------------------------------------------------------------------
static void compare_parameter(const Compare *compare, const Signature *old, const Signature *new,
                              uint32_t old_row, uint32_t new_row) {
    const ParameterFact *before = row_of(old, old_row), *after = row_of(new, new_row);
    Str name = name_of(old, before);
    if (kind_breaks(before->kind, after->kind))
        compare_add(compare, API_CHANGE_PARAMETER_CHANGED_KIND, name, kind_text(before->kind),
                    kind_text(after->kind));
    else if (is_positional(before) && is_positional(after) &&
             old->rank[old_row - old->first] != new->rank[new_row - new->first])
        compare_add(compare, API_CHANGE_PARAMETER_MOVED, name, STR_NONE, STR_NONE);
    if (is_required(before)) return;
    Str was = api_surface_text(old->surface, before->default_value),
        is = api_surface_text(new->surface, after->default_value);
    if (is_required(after))
        compare_add(compare, API_CHANGE_PARAMETER_CHANGED_REQUIRED, name, was, STR_NONE);
    else if (!compare_same_text(was, is))
        compare_add(compare, API_CHANGE_PARAMETER_CHANGED_DEFAULT, name, was, is);
}

static void compare_old(const Compare *compare, const Signature *old, const Signature *new) {
    for (uint32_t i = old->first; i < old->end; i++) {
        const ParameterFact *before = row_of(old, i);
        if (is_mark(before)) continue;
        bool gone;
        uint32_t row;
        if (before->kind == PARAMETER_REST) // whatever its name
            gone = !new->has_rest;
        else if (before->kind == PARAMETER_KEYWORD_REST)
            gone = !new->has_keyword_rest;
        else if (find(new, name_of(old, before), &row) != NULL) {
            compare_parameter(compare, old, new, i, row);
            continue;
        } else
            gone = !is_swallowed(new, before);
        if (gone)
            compare_add(compare, API_CHANGE_PARAMETER_REMOVED, name_of(old, before), STR_NONE,
                        STR_NONE);
    }
}

static void compare_new(const Compare *compare, const Signature *old, const Signature *new) {
    for (uint32_t i = new->first; i < new->end; i++) {
        const ParameterFact *after = row_of(new, i);
        Str name = name_of(new, after);
        if (is_mark(after) || is_rest(after) || find(old, name, NULL) != NULL) continue;
        if (is_positional(after) && new->is_before_common[i - new->first])
            compare_add(compare, API_CHANGE_PARAMETER_INSERTED, name, STR_NONE, STR_NONE);
        else if (is_required(after))
            compare_add(compare, API_CHANGE_PARAMETER_ADDED_REQUIRED, name, STR_NONE, STR_NONE);
    }
}

void compare_functions(const Compare *compare) {
    Arena scratch = {0};
    Signature old = signature_of(compare->before, compare->old),
              new = signature_of(compare->after, compare->new);
    rank_places(&old, &new, &scratch);
    rank_places(&new, &old, &scratch);
    const uint32_t waits = FUNCTION_ASYNC | FUNCTION_GENERATOR;
    if ((old.function->flags & waits) != (new.function->flags &waits))
        compare_add(compare, API_CHANGE_FUNCTION_CHANGED_ASYNC, STR_NONE, STR_NONE, STR_NONE);
    compare_old(compare, &old, &new);
    compare_new(compare, &old, &new);
    Str was = api_surface_text(compare->before, old.function->returns),
        is = api_surface_text(compare->after, new.function->returns);
    if (was.length > 0 && is.length > 0 && !compare_same_text(was, is))
        compare_add(compare, API_CHANGE_RETURN_CHANGED_TYPE, STR_NONE, was, is);
    map_release(&old.rows);
    map_release(&new.rows);
    arena_release(&scratch);
}
