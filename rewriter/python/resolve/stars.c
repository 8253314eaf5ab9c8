// In: the imports of a tree. Out: star imports that may bring a name. A module that brings together what a thousand others
// define has a thousand of them, and each of its names is asked for.
#include "python/resolve/stars.h"

#include <stdlib.h>

#include "base/bug.h"

enum { MANY = 8 }; // rows of one module; fewer are looked at one by one

static uint32_t module_of(const Stars *stars, const Facts *facts, uint32_t place) {
    return facts_import(facts, stars->list.items[place])->module.index;
}

// The first of PLACES (NULL: of all rows), COUNT of them, whose module is MODULE or a later one.
static uint32_t first_of(const Stars *stars, const Facts *facts, const uint32_t *places, uint32_t count, uint32_t module) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (module_of(stars, facts, places != NULL ? places[middle] : middle) < module)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// ---- building --------------------------------------------------------------------------------------
static bool is_of_module(const Facts *facts, const SymbolFact *symbol) {
    ModuleId module = facts_scope(facts, symbol->scope)->module;
    return fact_is(module) && fact_same(facts_module(facts, module)->scope, symbol->scope);
}

static void list_definers(Stars *stars, const Facts *facts) {
    uint32_t names = intern_count(facts->names), *next;
    stars->first_definer = memory_alloc_zeroed(names + 2, sizeof *stars->first_definer);
    stars->definers = memory_alloc_zeroed(facts->symbols.count + 1, sizeof *stars->definers);
    next = memory_alloc_zeroed(names + 2, sizeof *next);
    for (uint32_t i = 1; i < facts->symbols.count; i++)
        if (is_of_module(facts, &facts->symbols.items[i])) stars->first_definer[facts->symbols.items[i].name.index + 1]++;
    for (uint32_t k = 0; k <= names; k++) stars->first_definer[k + 1] += stars->first_definer[k];
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        if (!is_of_module(facts, symbol)) continue;
        uint32_t name = symbol->name.index;
        stars->definers[stars->first_definer[name] + next[name]++] = facts_scope(facts, symbol->scope)->module.index;
    }
    free(next);
}

void stars_build(Stars *stars, const Facts *facts) {
    uint32_t of_module = 0, most = 0, known;
    stars->has_stars = memory_alloc_zeroed(facts->modules.count + 1, sizeof *stars->has_stars);
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *row = &facts->imports.items[i];
        if (row->kind != IMPORT_ALL) continue;
        bool same = stars->list.count > 0 && module_of(stars, facts, stars->list.count - 1) == row->module.index;
        of_module = same ? of_module + 1 : 1;
        if (of_module > most) most = of_module;
        stars->has_stars[row->module.index] = true;
        uint64_t key = map_key(row->module.index, row->target.index);
        if (!map_get(&stars->first, key, &known)) map_put(&stars->first, key, stars->list.count);
        vec_add(&stars->list, (ImportId){i});
    }
    for (uint32_t i = 0; i < stars->list.count; i++)
        if (stars->has_stars[facts_import(facts, stars->list.items[i])->target.index]) vec_add(&stars->nested, i);
    if (most > MANY) list_definers(stars, facts);
}

void stars_release(Stars *stars) {
    vec_release(&stars->list);
    vec_release(&stars->nested);
    map_release(&stars->first);
    free(stars->has_stars);
    free(stars->first_definer);
    free(stars->definers);
}

// ---- asking ----------------------------------------------------------------------------------------
static int compare_places(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

void stars_find(const Stars *stars, const Facts *facts, ModuleId module, Name name, StarPlaces *places) {
    vec_clear(places);
    if (!fact_is(module) || !stars->has_stars[module.index]) return;
    uint32_t first = first_of(stars, facts, NULL, stars->list.count, module.index);
    uint32_t end = first_of(stars, facts, NULL, stars->list.count, module.index + 1);
    if (end - first <= MANY) {
        for (uint32_t i = first; i < end; i++) vec_add(places, i);
        return;
    }
    for (uint32_t i = stars->first_definer[name.index]; i < stars->first_definer[name.index + 1]; i++) {
        uint32_t place;
        if (map_get(&stars->first, map_key(module.index, stars->definers[i]), &place)) vec_add(places, place);
    }
    uint32_t nested = first_of(stars, facts, stars->nested.items, stars->nested.count, module.index);
    for (; nested < stars->nested.count && stars->nested.items[nested] < end; nested++)
        vec_add(places, stars->nested.items[nested]);
    if (places->count > 1) qsort(places->items, places->count, sizeof *places->items, compare_places);
}
