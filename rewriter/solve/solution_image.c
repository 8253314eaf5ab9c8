// Solutions as bytes. In: a solution, or an image. Out: the other. Rows are written as they are, and what they point
// to behind them: texts and ways, which take the place of the pointers when they are read.
#include "solve/solution_image.h"

// A row takes a byte for each 1024 of its kind at least.
enum { ROWS_A_BYTE = 1024 };

// Who adds a field to one of these writes and reads it here when it points somewhere, or when it is one of the
// solution itself; then the size is the new one.
#define IS_SIZE(Row, size) _Static_assert(sizeof(Row) == (size) || sizeof(void *) != 8, "a field of " #Row " is new")
IS_SIZE(Sink, 88);
IS_SIZE(FunctionPlan, 128);
IS_SIZE(ClassPlan, 16);
IS_SIZE(CallPlan, 32);
IS_SIZE(ForwardPlan, 16);
IS_SIZE(EachCall, 24);
IS_SIZE(Accessor, 56);
IS_SIZE(Ignore, 80);
IS_SIZE(Leak, 56);
IS_SIZE(TakenBack, 56);
IS_SIZE(Retyped, 12);
IS_SIZE(Lost, 24);
IS_SIZE(Solution, 328);

// The lists of a solution, and the texts that their rows point to: once for writing and for reading.
#define EACH_LIST(LIST, TEXTS)                                                                     \
    LIST(sinks)                                                                                    \
    LIST(calls) TEXTS(calls, pass)                                                                 \
    LIST(forwards)                                                                                 \
    LIST(loops) TEXTS(loops, runner)                                                               \
    LIST(accessors) TEXTS(accessors, name)                                                         \
    LIST(old_names)                                                                                \
    LIST(retyped)                                                                                  \
    LIST(lost)                                                                                     \
    LIST(defaults)                                                                                 \
    LIST(ignores) TEXTS(ignores, reason)                                                           \
    LIST(leaks)

// ---- writing -------------------------------------------------------------------------------------
#define ADD_ROWS(list)                                                                             \
    do {                                                                                           \
        image_add_number(out, (list).count);                                                       \
        image_add_rows(out, (list).items, (list).count, sizeof *(list).items);                     \
    } while (0)
#define ADD_TEXTS(items, count, text)                                                              \
    for (uint32_t at = 0; at < (count); at++) image_add_text(out, (items)[at].text)

static void add_way(const Span *way, uint32_t count, StrBuf *out) {
    image_add_rows(out, way, count, sizeof *way);
}

// One byte a row.
static void add_marks(const bool *marks, uint32_t count, StrBuf *out) {
    image_add_text(out, marks ? (Str){(const char *)marks, count} : STR_NONE);
}

void taken_backs_image_write(const TakenBacks *taken, StrBuf *out) {
    ADD_ROWS(*taken);
    ADD_TEXTS(taken->items, taken->count, what);
    ADD_TEXTS(taken->items, taken->count, lines);
}

void solution_image_write(const Solution *solution, const Facts *facts, StrBuf *out) {
#define LIST(list) ADD_ROWS(solution->list);
#define TEXTS(list, text) ADD_TEXTS(solution->list.items, solution->list.count, text);
    EACH_LIST(LIST, TEXTS)
#undef LIST
#undef TEXTS
    for (uint32_t i = 0; i < solution->sinks.count; i++)
        add_way(solution->sinks.items[i].way, solution->sinks.items[i].way_count, out);
    for (uint32_t i = 0; i < solution->leaks.count; i++) {
        add_way(solution->leaks.items[i].way, solution->leaks.items[i].way_count, out);
        add_way(solution->leaks.items[i].lasts, solution->leaks.items[i].lasts_count, out);
    }
    image_add_rows(out, solution->functions, facts->functions.count + 1, sizeof *solution->functions);
    ADD_TEXTS(solution->functions, facts->functions.count + 1, receive);
    ADD_TEXTS(solution->functions, facts->functions.count + 1, new_name);
    image_add_rows(out, solution->classes, facts->classes.count + 1, sizeof *solution->classes);
    taken_backs_image_write(&solution->taken_back, out);
    add_marks(solution->fixed_calls, facts->calls.count + 1, out);
    add_marks(solution->named_symbols, facts->symbols.count + 1, out);
    add_marks(solution->public_functions, facts->functions.count + 1, out);
    uint32_t each = solution->each_call ? facts->exprs.count + 1 : 0;
    image_add_number(out, each);
    image_add_rows(out, solution->each_call, each, sizeof *solution->each_call);
    image_add_number(out, solution->contracts);
    image_add_rows(out, solution->outcome_counts, OUTCOME_COUNT, sizeof *solution->outcome_counts);
    image_add_number(out, solution->isolated_count);
    image_add_number(out, solution->functions_changed);
    image_add_number(out, solution->calls_changed);
}

// ---- reading -------------------------------------------------------------------------------------
#define READ_ROWS(list)                                                                            \
    do {                                                                                           \
        vec_extend(&(list), image_count(image, image->rest.length * ROWS_A_BYTE));                 \
        image_rows(image, (list).items, (list).count, sizeof *(list).items);                       \
    } while (0)
#define READ_TEXTS(items, count, text)                                                             \
    for (uint32_t at = 0; at < (count); at++) (items)[at].text = image_text(image)

static Span *read_way(ImageReader *image, uint32_t count, Arena *arena) {
    if (count == 0 || image->failed) return NULL;
    Span *way = arena_array(arena, Span, count);
    image_rows(image, way, count, sizeof *way);
    return way;
}

static bool *read_marks(ImageReader *image, uint32_t count, Arena *arena) {
    Str bytes = image_text(image);
    if (bytes.length != count) return NULL;
    bool *marks = arena_array(arena, bool, count);
    for (uint32_t i = 0; i < count; i++) marks[i] = bytes.data[i] != 0;
    return marks;
}

void taken_backs_image_read(ImageReader *image, TakenBacks *taken) {
    READ_ROWS(*taken);
    READ_TEXTS(taken->items, taken->count, what);
    READ_TEXTS(taken->items, taken->count, lines);
}

void solution_image_read(ImageReader *image, const Facts *facts, Solution *solution) {
    Arena *arena = &solution->arena;
#define LIST(list) READ_ROWS(solution->list);
#define TEXTS(list, text) READ_TEXTS(solution->list.items, solution->list.count, text);
    EACH_LIST(LIST, TEXTS)
#undef LIST
#undef TEXTS
    for (uint32_t i = 0; i < solution->sinks.count; i++)
        solution->sinks.items[i].way = read_way(image, solution->sinks.items[i].way_count, arena);
    for (uint32_t i = 0; i < solution->leaks.count; i++) {
        solution->leaks.items[i].way = read_way(image, solution->leaks.items[i].way_count, arena);
        solution->leaks.items[i].lasts = read_way(image, solution->leaks.items[i].lasts_count, arena);
    }
    solution->functions = arena_array(arena, FunctionPlan, facts->functions.count + 1);
    image_rows(image, solution->functions, facts->functions.count + 1, sizeof *solution->functions);
    READ_TEXTS(solution->functions, facts->functions.count + 1, receive);
    READ_TEXTS(solution->functions, facts->functions.count + 1, new_name);
    solution->classes = arena_array(arena, ClassPlan, facts->classes.count + 1);
    image_rows(image, solution->classes, facts->classes.count + 1, sizeof *solution->classes);
    taken_backs_image_read(image, &solution->taken_back);
    solution->fixed_calls = read_marks(image, facts->calls.count + 1, arena);
    solution->named_symbols = read_marks(image, facts->symbols.count + 1, arena);
    solution->public_functions = read_marks(image, facts->functions.count + 1, arena);
    uint32_t each = image_count(image, facts->exprs.count + 1);
    if (each > 0) solution->each_call = arena_array(arena, uint32_t, each);
    image_rows(image, solution->each_call, each, sizeof *solution->each_call);
    solution->contracts = image_number(image) != 0;
    image_rows(image, solution->outcome_counts, OUTCOME_COUNT, sizeof *solution->outcome_counts);
    solution->isolated_count = (uint32_t)image_number(image);
    solution->functions_changed = (uint32_t)image_number(image);
    solution->calls_changed = (uint32_t)image_number(image);
}
