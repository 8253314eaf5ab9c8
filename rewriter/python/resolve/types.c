// Hash-consed type terms. Comes in: kinds and ids. Goes out: one id for each distinct term. Never
// looks at the program; never frees a term before the whole table.
#include "python/resolve/types.h"

#include "base/bug.h"

enum { JOIN_COUNT = 1 << 14 }; // a power of two

static uint64_t hash_mix(uint64_t hash, uint64_t value) {
    hash ^= value + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
    return hash * 0xff51afd7ed558ccdu;
}

static uint64_t term_hash(TypeKind kind, uint32_t a, uint32_t b, const TypeId *parts,
                          uint32_t count) {
    uint64_t hash = hash_mix((uint64_t)kind, ((uint64_t)a << 32) | b);
    for (uint32_t i = 0; i < count; i++) hash = hash_mix(hash, parts[i].index);
    return hash ^ (hash >> 31);
}

static bool term_is(const Types *types, const TypeTerm *term, TypeKind kind, uint32_t a, uint32_t b,
                    const TypeId *parts, uint32_t count) {
    if (term->kind != kind || term->a != a || term->b != b || term->part_count != count) return false;
    for (uint32_t i = 0; i < count; i++)
        if (types->parts.items[term->first_part + i].index != parts[i].index) return false;
    return true;
}

static void slots_grow(Types *types) {
    uint32_t slot_count = types->slot_count ? types->slot_count * 2 : 1024;
    uint32_t *slots = memory_alloc_zeroed(slot_count, sizeof *slots);
    for (uint32_t i = 1; i < types->terms.count; i++) {
        const TypeTerm *term = &types->terms.items[i];
        uint64_t at = term_hash(term->kind, term->a, term->b,
                                types->parts.items + term->first_part, term->part_count);
        while (slots[at & (slot_count - 1)]) at++;
        slots[at & (slot_count - 1)] = i;
    }
    free(types->slots);
    types->slots = slots;
    types->slot_count = slot_count;
}

// The kinds whose a is a type.
static bool wraps_types(TypeKind kind) {
    return kind == TYPE_LIST || kind == TYPE_DICT || kind == TYPE_AWAITABLE ||
           kind == TYPE_CONTEXT || kind == TYPE_CALLABLE;
}

// The kinds whose b is a type.
static bool wraps_second(TypeKind kind) {
    return kind == TYPE_DICT || kind == TYPE_INSTANCE;
}

static bool is_open(const Types *types, TypeKind kind, uint32_t a, uint32_t b, const TypeId *parts,
                    uint32_t count) {
    const TypeTerm *terms = types->terms.items;
    if (kind == TYPE_PARAMETER) return true;
    if (wraps_types(kind) && terms[a].open) return true;
    if (wraps_second(kind) && terms[b].open) return true;
    for (uint32_t i = 0; i < count; i++)
        if (terms[parts[i].index].open) return true;
    return false;
}

static TypeId term_intern(Types *types, TypeKind kind, uint32_t a, uint32_t b, const TypeId *parts,
                          uint32_t count, uint32_t depth) {
    if (types->terms.count * 2 >= types->slot_count) slots_grow(types);
    uint64_t at = term_hash(kind, a, b, parts, count);
    for (;; at++) {
        uint32_t found = types->slots[at & (types->slot_count - 1)];
        if (!found) break;
        if (term_is(types, &types->terms.items[found], kind, a, b, parts, count))
            return (TypeId){found};
    }
    bool open = is_open(types, kind, a, b, parts, count);
    uint32_t first = types->parts.count;
    for (uint32_t i = 0; i < count; i++) vec_add(&types->parts, parts[i]);
    uint32_t index = types->terms.count;
    TypeTerm *term = vec_push(&types->terms);
    *term = (TypeTerm){kind, a, b, first, count, depth, open};
    types->slots[at & (types->slot_count - 1)] = index;
    return (TypeId){index};
}

void types_init(Types *types) {
    *types = (Types){.joins = memory_alloc_zeroed(JOIN_COUNT, sizeof *types->joins)};
    vec_push(&types->terms)->kind = TYPE_UNKNOWN;
    slots_grow(types);
}

void types_release(Types *types) {
    vec_release(&types->terms);
    vec_release(&types->parts);
    free(types->slots);
    free(types->joins);
    *types = (Types){0};
}

static uint32_t depth_of(const Types *types, TypeId type) {
    return types->terms.items[type.index].depth;
}

TypeId type_make(Types *types, TypeKind kind, uint32_t a, uint32_t b) {
    uint32_t depth = 0;
    if (wraps_types(kind) || (wraps_second(kind) && b)) {
        uint32_t depth_a = wraps_types(kind) ? depth_of(types, (TypeId){a}) : 0;
        uint32_t depth_b = wraps_second(kind) ? depth_of(types, (TypeId){b}) : 0;
        depth = 1 + (depth_a > depth_b ? depth_a : depth_b);
        if (depth > TYPE_DEPTH_LIMIT) {
            if (wraps_types(kind)) a = 0;
            b = 0;
            depth = 1;
        }
    }
    return term_intern(types, kind, a, b, NULL, 0, depth);
}

TypeId type_tuple(Types *types, const TypeId *parts, uint32_t count) {
    uint32_t depth = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t part = depth_of(types, parts[i]);
        if (part > depth) depth = part;
    }
    if (depth + 1 > TYPE_DEPTH_LIMIT) return type_make(types, TYPE_LIST, 0, 0);
    return term_intern(types, TYPE_TUPLE, 0, 0, parts, count, depth + 1);
}

uint32_t type_member_count(const Types *types, TypeId type) {
    const TypeTerm *term = &types->terms.items[type.index];
    if (term->kind == TYPE_UNKNOWN) return 0;
    return term->kind == TYPE_UNION ? term->part_count : 1;
}

TypeId type_member(const Types *types, TypeId type, uint32_t index) {
    const TypeTerm *term = &types->terms.items[type.index];
    return term->kind == TYPE_UNION ? types->parts.items[term->first_part + index] : type;
}

static void put_members(const Types *types, TypeId type, TypeMembers *members) {
    members->count = type_member_count(types, type);
    for (uint32_t i = 0; i < members->count; i++) members->items[i] = type_member(types, type, i);
}

// The same as merging a union of one, which is nearly all that is added.
static void add_member(TypeMembers *members, TypeId type) {
    uint32_t low = 0, high = members->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (members->items[middle].index < type.index)
            low = middle + 1;
        else
            high = middle;
    }
    bool known = low < members->count && members->items[low].index == type.index;
    if (known || members->count == TYPE_UNION_LIMIT) return;
    memmove(&members->items[low + 1], &members->items[low], (members->count - low) * sizeof *members->items);
    members->items[low] = type;
    members->count++;
}

void type_add_members(const Types *types, TypeMembers *members, TypeId type) {
    if (!type.index) return;
    if (type_kind(types, type) != TYPE_UNION) {
        add_member(members, type);
        return;
    }
    TypeId merged[2 * TYPE_UNION_LIMIT];
    uint32_t count = 0, i = 0, j = 0, added = type_member_count(types, type);
    while (i < members->count || j < added) {
        TypeId x = i < members->count ? members->items[i] : (TypeId){UINT32_MAX};
        TypeId y = j < added ? type_member(types, type, j) : (TypeId){UINT32_MAX};
        TypeId least = x.index <= y.index ? x : y;
        if (x.index == least.index) i++;
        if (y.index == least.index) j++;
        merged[count++] = least;
    }
    if (count > TYPE_UNION_LIMIT) return; // the limit: what came first stays
    memcpy(members->items, merged, count * sizeof *merged);
    members->count = count;
}

TypeId type_of_members(Types *types, const TypeMembers *members) {
    uint32_t depth = 0;
    if (members->count == 0) return (TypeId){0};
    if (members->count == 1) return members->items[0];
    for (uint32_t i = 0; i < members->count; i++)
        if (depth_of(types, members->items[i]) > depth) depth = depth_of(types, members->items[i]);
    return term_intern(types, TYPE_UNION, 0, 0, members->items, members->count, depth);
}

TypeId type_join(Types *types, TypeId a, TypeId b) {
    if (a.index == b.index || !b.index) return a;
    if (!a.index) return b;
    uint64_t hash = hash_mix(a.index, b.index);
    TypeJoin *join = &types->joins[(hash >> 32) & (JOIN_COUNT - 1)];
    if (join->a.index == a.index && join->b.index == b.index) return join->result;
    TypeMembers members;
    put_members(types, a, &members);
    type_add_members(types, &members, b);
    *join = (TypeJoin){a, b, type_of_members(types, &members)};
    return join->result;
}

TypeId type_without_none(Types *types, TypeId type) {
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        if (type_kind(types, member) != TYPE_NONE) result = type_join(types, result, member);
    }
    return result;
}

TypeId type_element(Types *types, TypeId type) {
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeTerm term = types->terms.items[type_member(types, type, i).index];
        if (term.kind == TYPE_LIST || term.kind == TYPE_DICT)
            result = type_join(types, result, (TypeId){term.a});
        else if (term.kind == TYPE_TUPLE)
            for (uint32_t k = 0; k < term.part_count; k++)
                result = type_join(types, result, types->parts.items[term.first_part + k]);
    }
    return result;
}
