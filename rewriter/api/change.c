// In: two interfaces. Out: what changed between them so that callers break, object by object. What is only new
// is counted.
#include "api/change_internal.h"

#include <stdlib.h>

#include "report/baseline.h"

static const struct {
    const char *name, *text;
} KINDS[] = {
#define API_CHANGE(KIND, name, text) {name, text},
#include "api/change_kinds.def"
#undef API_CHANGE
};

const char *api_change_name(ApiChangeKind kind) { return KINDS[kind].name; }
const char *api_change_text(ApiChangeKind kind) { return KINDS[kind].text; }

// ---- adding a change -----------------------------------------------------------------------------
static Str keep(const Compare *compare, Str text) {
    return text.length > 0 ? arena_copy(&compare->changes->arena, text) : STR_NONE;
}

void compare_add(const Compare *compare, ApiChangeKind kind, Str parameter, Str before, Str after) {
    ApiChange change = {.kind = kind,
                        .object = keep(compare, compare->old->name),
                        .parameter = keep(compare, parameter),
                        .before = keep(compare, before),
                        .after = keep(compare, after),
                        .in_before = compare->new == NULL};
    const ApiItem *at = compare->new ? compare->new : compare->old;
    const ApiSurface *surface = compare->new ? compare->after : compare->before;
    const SourceFile *file = source_file(surface->program->facts->sources, at->span.file);
    LineColumn place = source_line_column(file, at->span.start);
    change.path = keep(compare, file->path);
    change.line = place.line;
    change.column = place.column;
    vec_add(&compare->changes->list, change);
}

// ---- texts ---------------------------------------------------------------------------------------
static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\\';
}

// A formatter changes blanks, quotes and commas in front of a closing bracket; none of that is a change.
bool compare_same_text(Str a, Str b) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.length && is_blank(a.data[i])) i++;
        while (k < b.length && is_blank(b.data[k])) k++;
        if (i == a.length || k == b.length) return i == a.length && k == b.length;
        char left = a.data[i] == '\'' ? '"' : a.data[i],
             right = b.data[k] == '\'' ? '"' : b.data[k];
        if (left != right) return false;
        i++, k++;
    }
}

// ---- objects -------------------------------------------------------------------------------------
static bool is_base_of(const Compare *compare, Str name) {
    const Program *program = compare->after->program;
    const ClassFact *klass = program_class(program, compare->new->klass);
    for (ExprId base = klass->first_base; fact_is(base);
         base = program_expr(program, base)->next_sibling)
        if (compare_same_text(api_surface_text(compare->after, base), name)) return true;
    return false;
}

// A base that the class no longer names, and does not inherit from in another way either.
static void compare_bases(const Compare *compare) {
    const Program *before = compare->before->program, *after = compare->after->program;
    const ClassFact *old = program_class(before, compare->old->klass);
    const ClassFact *new = program_class(after, compare->new->klass);
    for (ExprId base = old->first_base; fact_is(base);
         base = program_expr(before, base)->next_sibling) {
        Str text = api_surface_text(compare->before, base);
        bool found = str_is(text, "object") || is_base_of(compare, text);
        int64_t dot = str_find_last(text, '.');
        Str last = str_slice(text, (size_t)(dot + 1), text.length);
        for (uint32_t i = 0; !found && i < new->ancestor_count; i++) {
            ClassId ancestor = *program_ancestor(after, new->first_ancestor + i);
            found = str_equal(program_name(after, program_class(after, ancestor)->name), last);
        }
        if (!found) compare_add(compare, API_CHANGE_CLASS_REMOVED_BASE, text, STR_NONE, STR_NONE);
    }
}

static void compare_attributes(const Compare *compare) {
    Str old_type = api_surface_text(compare->before, compare->old->annotation),
        new_type = api_surface_text(compare->after, compare->new->annotation),
        old_value = api_surface_text(compare->before, compare->old->value),
        new_value = api_surface_text(compare->after, compare->new->value);
    if (old_type.length > 0 && new_type.length > 0 && !compare_same_text(old_type, new_type))
        compare_add(compare, API_CHANGE_ATTRIBUTE_CHANGED_TYPE, STR_NONE, old_type, new_type);
    if (old_value.length > 0 && !compare_same_text(old_value, new_value))
        compare_add(compare, API_CHANGE_ATTRIBUTE_CHANGED_VALUE, STR_NONE, old_value, new_value);
}

// A property is read as an attribute is.
static bool same_kind(ApiKind old, ApiKind new) {
    bool both_read = (old == API_ATTRIBUTE || old == API_PROPERTY) &&
                     (new == API_ATTRIBUTE || new == API_PROPERTY);
    return old == new || both_read;
}

static bool is_typed(const Compare *compare) {
    const Program *program = compare->after->program;
    const FunctionFact *function = program_function(program, compare->new->function);
    return program_module(program, function->module)->language->parameter_type != NULL;
}

static void compare_object(const Compare *compare) {
    ApiKind kind = compare->old->kind;
    if (compare->new == NULL) {
        compare_add(compare,
                    kind == API_ROUTE ? API_CHANGE_ROUTE_REMOVED : API_CHANGE_OBJECT_REMOVED,
                    STR_NONE, STR_NONE, STR_NONE);
    } else if (!same_kind(kind, compare->new->kind)) {
        compare_add(compare, API_CHANGE_OBJECT_CHANGED_KIND, STR_NONE,
                    str_from(api_kind_name(kind)), str_from(api_kind_name(compare->new->kind)));
    } else if (kind == API_CLASS) {
        compare_bases(compare);
    } else if (kind == API_FUNCTION) {
        is_typed(compare) ? compare_typed_functions(compare) : compare_functions(compare);
    } else if (kind == API_ATTRIBUTE && compare->new->kind == API_ATTRIBUTE) {
        compare_attributes(compare);
    }
}

// What an alias means is compared where it stands itself, if that is public.
static const ApiItem *meant(const ApiSurface *surface, const ApiItem *item) {
    const ApiItem *found = item->kind == API_ALIAS ? api_surface_find(surface, item->name) : item;
    return found ? found : item;
}

static void compare_all(const ApiSurface *before, const ApiSurface *after, ApiChanges *changes) {
    for (uint32_t i = 0; i < before->items.count; i++) {
        const ApiItem *item = &before->items.items[i];
        if (!item->public_) continue;
        changes->public_before++;
        ApiItem old = *meant(before, item); // under the name that callers know
        bool elsewhere = item->kind == API_ALIAS && old.kind != API_ALIAS && old.public_;
        old.name = item->name;
        old.span = item->span;
        Compare compare = {before, after, &old, api_surface_find(after, item->name), changes};
        if (compare.new != NULL && elsewhere) continue;
        compare_object(&compare);
    }
    for (uint32_t i = 0; i < after->items.count; i++) {
        const ApiItem *item = &after->items.items[i];
        if (!item->public_) continue;
        changes->public_after++;
        changes->added += api_surface_find(before, item->name) == NULL;
    }
}

static int compare_changes(const void *left, const void *right) {
    const ApiChange *a = left, *b = right;
    int order = str_compare(a->object, b->object);
    if (order == 0) order = (a->kind > b->kind) - (a->kind < b->kind);
    return order != 0 ? order : str_compare(a->parameter, b->parameter);
}

void api_changes_build(const ApiSurface *before, const ApiSurface *after, ApiChanges *changes) {
    *changes = (ApiChanges){0};
    compare_all(before, after, changes);
    if (changes->list.count > 1)
        qsort(changes->list.items, changes->list.count, sizeof *changes->list.items,
              compare_changes);
}

void api_changes_release(ApiChanges *changes) {
    vec_release(&changes->list);
    arena_release(&changes->arena);
}

// ---- baseline ------------------------------------------------------------------------------------
static const char HEADER[] =
    "# Changes of the public interface that are accepted: see `weft api --help`.\n"
    "# Written by weft api diff --update-baseline.\n";

Str api_change_identity(Arena *arena, const ApiChange *change) {
    return arena_format(arena, "%s %.*s%s%.*s", api_change_name(change->kind),
                        STR_ARG(change->object), change->parameter.length > 0 ? " " : "",
                        STR_ARG(change->parameter));
}

bool api_baseline_read(Str path, ApiChanges *changes, Diagnostics *diagnostics) {
    Baseline baseline;
    bool good = baseline_read(path, &baseline, diagnostics);
    for (uint32_t i = 0; good && i < changes->list.count; i++) {
        ApiChange *change = &changes->list.items[i];
        change->accepted = baseline_has(&baseline, api_change_identity(&changes->arena, change));
        changes->accepted += change->accepted;
    }
    changes->baseline_gone = good ? baseline_stale(&baseline) : 0;
    baseline_release(&baseline);
    return good;
}

bool api_baseline_write(Str path, const ApiChanges *changes, Diagnostics *diagnostics) {
    Baseline all = {0};
    for (uint32_t i = 0; i < changes->list.count; i++)
        vec_add(&all.list, ((BaselineEntry){
                               .text = api_change_identity(&all.arena, &changes->list.items[i])}));
    bool good = baseline_write_entries(path, HEADER, &all, diagnostics);
    baseline_release(&all);
    return good;
}
