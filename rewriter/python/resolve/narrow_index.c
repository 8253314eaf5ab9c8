// Look-ups of narrowing: which expressions are the same chain (`a.b["c"]`), where a chain is stored, the
// blocks of a statement, and which regions hold at a place. Comes in: the tables. Goes out: answers that
// cost about the same however many bindings, tests or statements a function has.
#include <stdlib.h>

#include "base/bug.h"
#include "python/resolve/narrow.h"

// ---- chains ----------------------------------------------------------------------------------------
typedef enum ChainPart { PART_ROOT, PART_ATTRIBUTE, PART_ITEM, PART_COUNT } ChainPart;

static bool is_constant(const ExprFact *row) {
    return row->kind == EXPR_NUMBER || (row->kind == EXPR_STRING && row->name.index);
}

static uint32_t chain_number(NarrowIndex *index, ChainPart part, uint32_t base, uint32_t name) {
    Map *map = &index->chains[part];
    uint32_t number = index->chain_count;
    if (map_get(map, map_key(base, name), &number)) return number;
    map_put(map, map_key(base, name), number);
    index->chain_count++;
    return number;
}

// 0 when the expression is no chain.
static uint32_t chain_find(NarrowIndex *index, Facts *facts, ExprId id) {
    const ExprFact *row = facts_expr(facts, id);
    if (row->kind == EXPR_NAME) {
        uint32_t symbol = facts->expr_symbols.items[id.index].index;
        return symbol ? chain_number(index, PART_ROOT, 0, symbol) : 0;
    }
    if (row->kind != EXPR_ATTRIBUTE && row->kind != EXPR_SUBSCRIPT) return 0;
    uint32_t base = index->chain_of[row->base.index];
    if (!base) return 0;
    if (row->kind == EXPR_ATTRIBUTE)
        return chain_number(index, PART_ATTRIBUTE, base, row->name.index);
    const ExprFact *item = facts_expr(facts, row->first_child);
    if (!fact_is(row->first_child) || !is_constant(item)) return 0;
    Str text = facts_text(facts, facts_expr_module(facts, id), item->start, item->end);
    return chain_number(index, PART_ITEM, base, intern(facts->names, text).index);
}

// A base has its row behind that of the whole: the numbers are given from the back.
static void number_chains(NarrowIndex *index, Facts *facts) {
    index->chain_of = memory_alloc_zeroed(facts->exprs.count, sizeof *index->chain_of);
    index->chain_count = 1;
    for (uint32_t i = facts->exprs.count; i-- > 1;)
        index->chain_of[i] = chain_find(index, facts, (ExprId){i});
    for (int part = 0; part < PART_COUNT; part++) map_release(&index->chains[part]);
}

// ---- stores ----------------------------------------------------------------------------------------
static bool is_stored(const ExprFact *row) { return row->flags & (EXPR_STORED | EXPR_DELETED); }

static void list_stores(NarrowIndex *index, const Facts *facts) {
    index->first_store = memory_alloc_zeroed(index->chain_count + 1, sizeof *index->first_store);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (is_stored(&facts->exprs.items[i])) index->first_store[index->chain_of[i] + 1]++;
    for (uint32_t i = 0; i < index->chain_count; i++)
        index->first_store[i + 1] += index->first_store[i];
    uint32_t *next = memory_alloc_zeroed(index->chain_count, sizeof *next);
    index->stores = memory_alloc_zeroed(index->first_store[index->chain_count],
                                        sizeof *index->stores);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        if (!is_stored(&facts->exprs.items[i])) continue;
        uint32_t chain = index->chain_of[i];
        index->stores[index->first_store[chain] + next[chain]++] = i;
    }
    free(next);
}

ExprId narrow_next_store(const NarrowIndex *index, const Facts *facts, uint32_t chain, ExprId from,
                         uint32_t start, uint32_t end) {
    uint32_t low = index->first_store[chain], last = index->first_store[chain + 1];
    for (uint32_t high = last; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (index->stores[middle] <= from.index)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < last; low++) { // few stand before START: those of the statement that narrows
        const ExprFact *row = &facts->exprs.items[index->stores[low]];
        if (row->start >= end) break;
        if (row->start >= start) return (ExprId){index->stores[low]};
    }
    return FACT_NONE(ExprId);
}

// ---- blocks ----------------------------------------------------------------------------------------
static void list_branches(NarrowIndex *index, const Facts *facts) {
    uint32_t count = facts->statements.count;
    index->last_inside = memory_alloc_zeroed(count, sizeof *index->last_inside);
    index->jumps = memory_alloc_zeroed(count, sizeof *index->jumps);
    vec_add(&index->branches, (Branch){0});
    for (uint32_t i = 1; i < count; i++) {
        const StatementFact *row = &facts->statements.items[i];
        index->jumps[i] = index->jumps[i - 1] + (row->kind == STATEMENT_JUMP);
        if (!fact_is(row->parent)) continue;
        uint32_t at = 0;
        uint64_t key = map_key(row->parent.index, row->branch);
        if (!map_get(&index->branch_at, key, &at)) {
            at = index->branches.count;
            map_put(&index->branch_at, key, at);
            vec_add(&index->branches, ((Branch){.start = row->start}));
        }
        index->branches.items[at].end = row->end;
        index->branches.items[at].last = i;
    }
    for (uint32_t i = count; i-- > 1;) {
        if (index->last_inside[i] < i) index->last_inside[i] = i;
        uint32_t parent = facts->statements.items[i].parent.index;
        if (index->last_inside[parent] < index->last_inside[i])
            index->last_inside[parent] = index->last_inside[i];
    }
}

Branch narrow_branch(const NarrowIndex *index, StatementId owner, uint8_t branch) {
    uint32_t at = 0;
    map_get(&index->branch_at, map_key(owner.index, branch), &at);
    return index->branches.items[at];
}

bool narrow_has_jump(const NarrowIndex *index, StatementId owner) {
    return index->jumps[index->last_inside[owner.index]] > index->jumps[owner.index];
}

void narrow_index_open(NarrowIndex *index, Facts *facts) {
    number_chains(index, facts);
    list_stores(index, facts);
    list_branches(index, facts);
}

void narrow_index_close_building(NarrowIndex *index) {
    free(index->first_store);
    free(index->stores);
    free(index->last_inside);
    free(index->jumps);
    vec_release(&index->branches);
    map_release(&index->branch_at);
}

// ---- regions ---------------------------------------------------------------------------------------
// Each chain has its regions as a tree in an array: sorted by start, the middle one is the root, and
// every root knows the largest end below it.
typedef struct RegionKey {
    uint32_t chain, start, narrowing;
} RegionKey;

static int compare_regions(const void *left, const void *right) {
    const RegionKey *a = left, *b = right;
    if (a->chain != b->chain) return a->chain < b->chain ? -1 : 1;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return (a->narrowing > b->narrowing) - (a->narrowing < b->narrowing);
}

static uint32_t measure(NarrowIndex *index, const Narrowing *rows, uint32_t low, uint32_t high) {
    if (low >= high) return 0;
    uint32_t middle = low + (high - low) / 2, end = rows[index->regions[middle]].end;
    uint32_t left = measure(index, rows, low, middle), right = measure(index, rows, middle + 1, high);
    if (left > end) end = left;
    if (right > end) end = right;
    index->largest_end[middle] = end;
    return end;
}

void narrow_index_regions(NarrowIndex *index, const Narrowing *rows, uint32_t count) {
    RegionKey *keys = memory_alloc_zeroed(count, sizeof *keys);
    for (uint32_t i = 1; i < count; i++)
        keys[i - 1] = (RegionKey){index->chain_of[rows[i].subject.index], rows[i].start, i};
    if (count > 1) qsort(keys, count - 1, sizeof *keys, compare_regions);
    index->regions = memory_alloc_zeroed(count, sizeof *index->regions);
    index->largest_end = memory_alloc_zeroed(count, sizeof *index->largest_end);
    index->first_region = memory_alloc_zeroed(index->chain_count + 1, sizeof *index->first_region);
    uint32_t at = 0;
    for (uint32_t chain = 0; chain < index->chain_count; chain++) {
        index->first_region[chain] = at;
        for (; at + 1 < count && keys[at].chain == chain; at++)
            index->regions[at] = keys[at].narrowing;
        measure(index, rows, index->first_region[chain], at);
    }
    index->first_region[index->chain_count] = at;
    free(keys);
}

void narrow_index_close(NarrowIndex *index) {
    free(index->chain_of);
    free(index->regions);
    free(index->largest_end);
    free(index->first_region);
}

typedef struct Finding {
    const NarrowIndex *index;
    const Narrowing *rows;
    uint32_t place;
    uint32_t *found;
    uint32_t count;
} Finding;

// Regions of one chain that hold PLACE; the newest NARROWING_LIMIT of them when there are more.
static void find_regions(Finding *finding, uint32_t low, uint32_t high) {
    if (low >= high) return;
    uint32_t middle = low + (high - low) / 2;
    if (finding->index->largest_end[middle] <= finding->place) return;
    uint32_t narrowing = finding->index->regions[middle];
    const Narrowing *row = &finding->rows[narrowing];
    if (row->start <= finding->place) find_regions(finding, middle + 1, high);
    if (row->start <= finding->place && finding->place < row->end &&
        finding->count < NARROWING_LIMIT)
        finding->found[finding->count++] = narrowing;
    if (finding->count < NARROWING_LIMIT) find_regions(finding, low, middle);
}

static int compare_numbers(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

uint32_t narrow_regions_at(const NarrowIndex *index, const Narrowing *rows, ExprId expr,
                           uint32_t place, uint32_t found[NARROWING_LIMIT]) {
    uint32_t chain = index->chain_of[expr.index];
    if (!chain) return 0;
    Finding finding = {index, rows, place, found, 0};
    find_regions(&finding, index->first_region[chain], index->first_region[chain + 1]);
    if (finding.count > 1) qsort(found, finding.count, sizeof *found, compare_numbers);
    return finding.count;
}
