// From a solution to slices. In: what each sink needs (needs.h). Out: the slice of
// each sink. The sinks of a slice bring their needs along, so any order would do; this one puts together
// what KIND says and then counts files.
#include "solve/part/slice.h"

#include "base/bug.h"
#include "base/path.h"
#include "solve/solver.h"

static const char *const KIND_NAMES[SLICE_KIND_COUNT] = {"family", "package", "component"};

const char *slice_kind_name(SliceKind kind) { return KIND_NAMES[kind]; }

typedef struct Slicing {
    const Program *program;
    const Solution *whole;
    Slices *slices;
    SliceKind kind;
    uint32_t most_files;
    Needs needs;
    uint32_t *component;  // by sink: the first sink of its component
    bool *done;           // by decision: some slice brings it
    uint32_t *file_slice; // by file: the newest slice that changes it
} Slicing;

// ---- components ------------------------------------------------------------------------------------

static uint32_t find_root(uint32_t *parent, uint32_t item) {
    while (parent[item] != item) item = parent[item] = parent[parent[item]];
    return item;
}

// Sinks with a decision in common; the smallest number is the root.
static void find_components(Slicing *slicing) {
    const Solution *whole = slicing->whole;
    uint32_t *first = memory_alloc_zeroed(slicing->needs.decisions.count, sizeof *first);
    for (uint32_t i = 0; i < whole->sinks.count; i++) slicing->component[i] = i;
    for (uint32_t i = 1; i < whole->sinks.count; i++) {
        for (uint32_t k = 0; k < slicing->needs.of_sink[i].count; k++) {
            uint32_t *other = &first[slicing->needs.of_sink[i].items[k]];
            if (*other == 0) *other = i;
            uint32_t a = find_root(slicing->component, *other);
            uint32_t b = find_root(slicing->component, i);
            slicing->component[a > b ? a : b] = a > b ? b : a;
        }
    }
    for (uint32_t i = 1; i < whole->sinks.count; i++)
        slicing->component[i] = find_root(slicing->component, i);
    free(first);
}

// ---- cutting ---------------------------------------------------------------------------------------

static Str path_of_sink(const Slicing *slicing, uint32_t sink) {
    Span span = sink_span(slicing->program, &slicing->whole->sinks.items[sink]);
    return source_file(slicing->program->facts->sources, span.file)->path;
}

static Str folder_of_sink(const Slicing *slicing, uint32_t sink) {
    Str path = path_of_sink(slicing, sink);
    ptrdiff_t slash = str_find_last(path, '/');
    return slash < 0 ? STR(".") : str_slice(path, 0, (size_t)slash);
}

static Str name_of_group(const Slicing *slicing, uint32_t sink) {
    switch (slicing->kind) {
    case SLICE_FAMILY:
        return str_from(family_name(&slicing->program->rules->families,
                                    slicing->whole->sinks.items[sink].family));
    case SLICE_PACKAGE: return folder_of_sink(slicing, sink);
    case SLICE_COMPONENT: return path_of_sink(slicing, slicing->component[sink]);
    case SLICE_KIND_COUNT: break;
    }
    BUG("no such kind of slices: %d", slicing->kind);
}

static int compare_groups(const Slicing *slicing, uint32_t a, uint32_t b) {
    const Sink *sinks = slicing->whole->sinks.items;
    switch (slicing->kind) {
    case SLICE_FAMILY: return (int)sinks[a].family - (int)sinks[b].family;
    case SLICE_PACKAGE: return str_compare(folder_of_sink(slicing, a), folder_of_sink(slicing, b));
    case SLICE_COMPONENT:
        return slicing->component[a] < slicing->component[b]
                   ? -1
                   : slicing->component[a] > slicing->component[b];
    case SLICE_KIND_COUNT: break;
    }
    BUG("no such kind of slices: %d", slicing->kind);
}

static int compare_sinks(const void *left, const void *right, void *slicing) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    int order = compare_groups(slicing, a, b);
    return order ? order : a < b ? -1 : a > b;
}

// Files that the sink would add to slice NUMBER; with MARK they are noted.
static uint32_t count_files(Slicing *slicing, uint32_t sink, uint32_t number, bool mark) {
    const Needs *needs = &slicing->needs;
    Vec(uint32_t) fresh = {0};
    uint32_t count = 0;
    for (uint32_t i = 0; i < needs->of_sink[sink].count; i++) {
        uint32_t decision = needs->of_sink[sink].items[i], file = needs->files.items[decision];
        if (slicing->done[decision]) continue;
        if (mark) slicing->done[decision] = true;
        if (slicing->file_slice[file] == number) continue;
        if (!mark) vec_add(&fresh, slicing->file_slice[file]);
        if (!mark) vec_add(&fresh, file);
        slicing->file_slice[file] = number;
        count++;
    }
    for (uint32_t i = fresh.count; i > 0; i -= 2)
        slicing->file_slice[fresh.items[i - 1]] = fresh.items[i - 2];
    vec_release(&fresh);
    return count;
}

static void cut(Slicing *slicing) {
    const Solution *whole = slicing->whole;
    Slices *slices = slicing->slices;
    uint32_t *order = memory_alloc_zeroed(whole->sinks.count, sizeof *order), files = 0;
    for (uint32_t i = 1; i < whole->sinks.count; i++) order[i] = i;
    if (whole->sinks.count > 2)
        qsort_r(order + 1, whole->sinks.count - 1, sizeof *order, compare_sinks, slicing);
    for (uint32_t i = 1; i < whole->sinks.count; i++) {
        bool opens = i == 1 || compare_groups(slicing, order[i - 1], order[i]) != 0;
        uint32_t number = slices->names.count - 1;
        uint32_t added = count_files(slicing, order[i], number, false);
        bool full = slicing->most_files > 0 && files > 0 && files + added > slicing->most_files;
        if (opens || full) {
            vec_add(&slices->names, arena_copy(&slices->arena, name_of_group(slicing, order[i])));
            number++;
            files = 0;
        }
        files += count_files(slicing, order[i], number, true);
        slices->of_sink[order[i]] = number;
    }
    free(order);
}

// ---- the run ---------------------------------------------------------------------------------------

static void open_slicing(Slicing *slicing, const Solver *found) {
    const Program *program = slicing->program;
    const Solution *whole = slicing->whole;
    needs_find(found, &slicing->needs);
    slicing->done = memory_alloc_zeroed(slicing->needs.decisions.count, sizeof *slicing->done);
    slicing->component = memory_alloc_zeroed(whole->sinks.count, sizeof *slicing->component);
    slicing->file_slice =
        memory_alloc_zeroed(program->facts->sources->files.count + 1, sizeof *slicing->file_slice);
}

static void close_slicing(Slicing *slicing) {
    needs_release(&slicing->needs);
    free(slicing->done);
    free(slicing->component);
    free(slicing->file_slice);
}

static void open_slices(const Solution *whole, Slices *slices) {
    *slices = (Slices){0};
    slices->of_sink = arena_array(&slices->arena, uint32_t, whole->sinks.count + 1);
    vec_add(&slices->names, STR_NONE);
}

void slices_make(const Solver *found, SliceKind kind, uint32_t most_files, Slices *slices) {
    Slicing slicing = {.program = found->program,
                       .whole = found->solution,
                       .slices = slices,
                       .kind = kind,
                       .most_files = most_files};
    open_slices(slicing.whole, slices);
    open_slicing(&slicing, found);
    if (kind == SLICE_COMPONENT) find_components(&slicing);
    cut(&slicing);
    close_slicing(&slicing);
}

void slices_make_phases(const Solver *found, Family family, Slices *slices) {
    const Solution *whole = found->solution;
    const Families *families = &found->program->rules->families;
    open_slices(whole, slices);
    for (uint32_t i = 0; i <= families->count; i++) {
        Family next = i == 0 ? family : i - 1;
        if (i > 0 && next == family) continue;
        vec_add(&slices->names, str_from(family_name(families, next)));
        for (uint32_t k = 1; k < whole->sinks.count; k++)
            if (whole->sinks.items[k].family == next) slices->of_sink[k] = slices->names.count - 1;
    }
}

void slices_release(Slices *slices) {
    vec_release(&slices->names);
    arena_release(&slices->arena);
}
