// In: a function before and after, whose arguments go by place and whose declaration says their types. Out: changes that
// break a caller. Names of parameters mean nothing to it; types do.
//
// The two lists are laid beside each other so that as much as possible is the same: what is over is gone, or new.
#include "api/change_internal.h"

enum { MOST = 64 }; // parameters; of longer lists only the length counts

typedef struct Typed {
    Str name, type;
} Typed;

typedef struct List {
    Typed items[MOST];
    uint32_t count;
    Str result;
    bool macro;
    bool open; // and whatever follows
} List;

static void read_list(const ApiSurface *surface, const ApiItem *item, Arena *arena, List *list) {
    const Program *program = surface->program;
    const FunctionFact *function = program_function(program, item->function);
    const Language *language = program_module(program, function->module)->language;
    *list = (List){.result = language->result_type(arena, program->facts, item->function),
                   .macro = function->flags & FUNCTION_MACRO};
    for (uint32_t i = 0; i < function->parameter_count && list->count < MOST; i++) {
        ParameterId id = {function->first_parameter + i};
        const ParameterFact *row = program_parameter(program, id);
        list->open = list->open || row->kind == PARAMETER_REST;
        if (row->kind == PARAMETER_REST) continue;
        Str type = language->parameter_type(arena, program->facts, id);
        Str name = program_name(program, row->name);
        list->items[list->count++] = (Typed){name.length > 0 ? name : type, type};
    }
}

// How much is the same where A stands beside B: 0 nothing.
static uint32_t likeness(const Typed *a, const Typed *b) {
    bool types = str_equal(a->type, b->type), names = str_equal(a->name, b->name);
    return types ? 4 + names : names;
}

// best[i][k]: the most that is the same behind item I of OLD and item K of NEW.
static void lay_beside(const List *old, const List *new, uint32_t best[MOST + 1][MOST + 1]) {
    for (uint32_t i = old->count + 1; i-- > 0;)
        for (uint32_t k = new->count + 1; k-- > 0;) {
            best[i][k] = 0;
            if (i < old->count) best[i][k] = best[i + 1][k];
            if (k < new->count && best[i][k + 1] > best[i][k]) best[i][k] = best[i][k + 1];
            uint32_t like = i < old->count && k < new->count ? likeness(&old->items[i], &new->items[k]) : 0;
            if (like > 0 && like + best[i + 1][k + 1] >= best[i][k]) best[i][k] = like + best[i + 1][k + 1];
        }
}

// Whether I and K stand beside each other in the best layout.
static bool are_paired(const List *old, const List *new, uint32_t best[MOST + 1][MOST + 1], uint32_t i, uint32_t k) {
    if (i == old->count || k == new->count) return false;
    uint32_t like = likeness(&old->items[i], &new->items[k]);
    return like > 0 && like + best[i + 1][k + 1] == best[i][k];
}

static void add_change(const Compare *compare, ApiChangeKind kind, Str name) {
    compare_add(compare, kind, name, STR_NONE, STR_NONE);
}

static void compare_lists(const Compare *compare, const List *old, const List *new) {
    static _Thread_local uint32_t best[MOST + 1][MOST + 1];
    uint32_t i = 0, k = 0;
    lay_beside(old, new, best);
    while (i < old->count || k < new->count) {
        const Typed *before = &old->items[i], *after = &new->items[k];
        bool paired = are_paired(old, new, best, i, k);
        bool replaced = !paired && i < old->count && k < new->count && best[i][k] == best[i + 1][k + 1];
        if (paired || replaced) {
            if (!str_equal(before->type, after->type))
                compare_add(compare, API_CHANGE_PARAMETER_CHANGED_KIND, before->name, before->type, after->type);
            i++, k++;
        } else if (i < old->count && best[i + 1][k] == best[i][k]) {
            add_change(compare, API_CHANGE_PARAMETER_REMOVED, before->name);
            i++;
        } else {
            bool last = i == old->count;
            add_change(compare, last ? API_CHANGE_PARAMETER_ADDED_REQUIRED : API_CHANGE_PARAMETER_INSERTED, after->name);
            k++;
        }
    }
}

void compare_typed_functions(const Compare *compare) {
    Arena arena = {0};
    List old, new;
    read_list(compare->before, compare->old, &arena, &old);
    read_list(compare->after, compare->new, &arena, &new);
    if (old.macro != new.macro) // one stands for the other: what it is given is all that can be compared
        for (uint32_t i = 0; i < MOST; i++) old.items[i].type = new.items[i].type = STR_NONE;
    compare_lists(compare, &old, &new);
    if (old.open && !new.open) add_change(compare, API_CHANGE_PARAMETER_REMOVED, STR("..."));
    if (old.result.length > 0 && new.result.length > 0 && !str_equal(old.result, new.result))
        compare_add(compare, API_CHANGE_RETURN_CHANGED_TYPE, STR_NONE, old.result, new.result);
    arena_release(&arena);
}
