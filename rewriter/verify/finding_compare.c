// In: the findings of two trees. Out: which of the second have no partner in the first. A multiset
// comparison: two faults of one kind where there was one make one new fault.
#include "verify/finding_internal.h"

typedef Vec(Finding *) Side;

static int compare_keys(const Finding *a, const Finding *b) {
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    int order = str_compare(a->path, b->path);
    return order != 0 ? order : str_compare(a->key, b->key);
}

static int compare_places(const Finding *a, const Finding *b) {
    if (a->span.start != b->span.start) return a->span.start < b->span.start ? -1 : 1;
    return 0;
}

static int by_line(const void *left, const void *right) {
    const Finding *a = *(Finding *const *)left, *b = *(Finding *const *)right;
    int order = compare_keys(a, b);
    if (order == 0) order = str_compare(a->line, b->line);
    return order != 0 ? order : compare_places(a, b);
}

static int by_key(const void *left, const void *right) {
    const Finding *a = *(Finding *const *)left, *b = *(Finding *const *)right;
    int order = compare_keys(a, b);
    return order != 0 ? order : compare_places(a, b);
}

static Side open_side(const Findings *findings) {
    Side side = {0};
    for (uint32_t i = 0; i < findings->list.count; i++)
        vec_add(&side, &findings->list.items[i]);
    return side;
}

// Takes equal ones out of both, one for one.
static void cancel(Side *before, Side *after, bool with_line) {
    int (*order)(const void *, const void *) = with_line ? by_line : by_key;
    if (before->count > 1) qsort(before->items, before->count, sizeof *before->items, order);
    if (after->count > 1) qsort(after->items, after->count, sizeof *after->items, order);
    uint32_t b = 0, a = 0, kept_before = 0, kept_after = 0;
    while (b < before->count && a < after->count) {
        int sign = compare_keys(before->items[b], after->items[a]);
        if (sign == 0 && with_line)
            sign = str_compare(before->items[b]->line, after->items[a]->line);
        if (sign < 0)
            before->items[kept_before++] = before->items[b++];
        else if (sign > 0)
            after->items[kept_after++] = after->items[a++];
        else
            a++, b++;
    }
    while (b < before->count) before->items[kept_before++] = before->items[b++];
    while (a < after->count) after->items[kept_after++] = after->items[a++];
    before->count = kept_before;
    after->count = kept_after;
}

void findings_compare(const Findings *before, Findings *after) {
    Side old = open_side(before), new = open_side(after);
    cancel(&old, &new, true);
    cancel(&old, &new, false);
    for (uint32_t i = 0; i < new.count; i++) {
        new.items[i]->is_new = true;
        after->new_count[new.items[i]->kind]++;
    }
    for (uint32_t i = 0; i < old.count; i++) after->gone_count[old.items[i]->kind]++;
    vec_release(&old);
    vec_release(&new);
}

static int by_place(const void *left, const void *right) {
    const Finding *a = left, *b = right;
    int order = str_compare(a->path, b->path);
    if (order == 0) order = compare_places(a, b);
    if (order == 0 && a->kind != b->kind) order = a->kind < b->kind ? -1 : 1;
    return order != 0 ? order : str_compare(a->message, b->message);
}

void findings_sort(Findings *findings) {
    if (findings->list.count > 1)
        qsort(findings->list.items, findings->list.count, sizeof *findings->list.items, by_place);
}
