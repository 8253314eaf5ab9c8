// Answers that are given again while nothing has changed that they were made from.
//
//     self.store        in forty methods: the attribute of the same type, found through bases, subclasses and generics
//
// Comes in: what was asked, and the variables that were read for the answer. Goes out: the same answer as long as none
// of them has grown. They count as read each time: who asks runs again when one of them grows, as if it had looked.
// Must never give an answer that looking again would not give. Evaluation is cut at a depth: where it was, or would be
// from the place that asks now, nothing is kept or found.
#include "python/resolve/memo.h"

#include <stdlib.h>

#include "base/bug.h"
#include "python/resolve/resolver.h"

enum { DEPTH_LIMIT = 40 }; // the least depth at which evaluation is cut (value_call_result)

void memo_release(Memo *memo) {
    map_release(&memo->attributes);
    vec_release(&memo->answers);
    vec_release(&memo->reads);
    vec_release(&memo->trace);
    vec_release(&memo->slots);
    vec_release(&memo->marks);
    free(memo->values);
    free(memo->heights);
    *memo = (Memo){0};
}

void memo_open(Resolver *resolver) { resolver->memo.on = true; }

void memo_settle(Resolver *resolver) {
    memo_release(&resolver->memo);
    resolver->memo.on = true;
    resolver->memo.values = memory_alloc_zeroed(resolver->facts->exprs.count, sizeof(TypeId));
    resolver->memo.heights = memory_alloc_zeroed(resolver->facts->exprs.count, sizeof(uint8_t));
}

// ---- finding ---------------------------------------------------------------------------------------
// False when it would be cut from here on.
static bool is_within(Resolver *resolver, uint32_t height) {
    uint32_t deepest = resolver->depth + height;
    if (deepest > DEPTH_LIMIT) return false;
    if (deepest > resolver->deepest) resolver->deepest = deepest;
    return true;
}

static bool is_current(const Resolver *resolver, const MemoAnswer *answer, Name name) {
    const Memo *memo = &resolver->memo;
    uint32_t slots = name.index < memo->slots.count ? memo->slots.items[name.index] : 0;
    if (answer->slots != slots) return false;
    if (answer->grown == resolver->growth) return true;
    const uint32_t *reads = memo->reads.items + answer->first_read;
    for (uint32_t i = 0; i < answer->read_count; i++)
        if (resolver->variables.items[reads[i]].grown > answer->grown) return false;
    return true;
}

bool memo_find(Resolver *resolver, TypeId type, Name name, TypeId *result) {
    Memo *memo = &resolver->memo;
    uint32_t at = 0;
    if (!memo->on || !map_get(&memo->attributes, map_key(type.index, name.index), &at)) return false;
    MemoAnswer *answer = &memo->answers.items[at];
    if (!is_current(resolver, answer, name) || !is_within(resolver, answer->height)) return false;
    answer->grown = resolver->growth;
    for (uint32_t i = 0; i < answer->read_count; i++)
        value_read(resolver, memo->reads.items[answer->first_read + i]);
    *result = answer->result;
    return true;
}

void memo_count_slot(Resolver *resolver, Name name) {
    Memo *memo = &resolver->memo;
    if (resolver->settled) return;
    if (memo->slots.count <= name.index) vec_extend(&memo->slots, name.index + 1 - memo->slots.count);
    memo->slots.items[name.index]++;
}

// ---- keeping ---------------------------------------------------------------------------------------
static MemoStart begin(Resolver *resolver) {
    MemoStart start = {resolver->memo.trace.count, resolver->deepest};
    resolver->deepest = resolver->depth;
    return start;
}

// What was nested, and whether none of it was cut.
static bool end(Resolver *resolver, MemoStart start, uint32_t *height) {
    uint32_t deepest = resolver->deepest;
    *height = deepest - resolver->depth;
    if (start.deepest > deepest) resolver->deepest = start.deepest;
    return deepest <= DEPTH_LIMIT;
}

MemoStart memo_begin(Resolver *resolver) {
    resolver->memo.tracing += resolver->memo.on && !resolver->settled;
    return begin(resolver);
}

// The variables read since FROM, each once, become those of ANSWER.
static void take_reads(Resolver *resolver, uint32_t from, MemoAnswer *answer) {
    Memo *memo = &resolver->memo;
    if (memo->marks.count < resolver->variables.count)
        vec_extend(&memo->marks, resolver->variables.count - memo->marks.count);
    uint32_t count = from;
    for (uint32_t i = from; i < memo->trace.count; i++) {
        uint32_t variable = memo->trace.items[i];
        if (memo->marks.items[variable]) continue;
        memo->marks.items[variable] = true;
        memo->trace.items[count++] = variable;
    }
    memo->trace.count = count;
    answer->read_count = count - from;
    if (answer->read_count > answer->room) {
        answer->room = answer->read_count;
        answer->first_read = memo->reads.count;
        vec_extend(&memo->reads, answer->room);
    }
    for (uint32_t i = 0; i < answer->read_count; i++) {
        memo->reads.items[answer->first_read + i] = memo->trace.items[from + i];
        memo->marks.items[memo->trace.items[from + i]] = false;
    }
}

void memo_keep(Resolver *resolver, MemoStart start, TypeId type, Name name, TypeId result) {
    Memo *memo = &resolver->memo;
    uint32_t height, at = memo->answers.count;
    bool whole = end(resolver, start, &height);
    if (!memo->on) return;
    memo->tracing -= !resolver->settled;
    if (whole) {
        uint64_t key = map_key(type.index, name.index);
        if (!map_get(&memo->attributes, key, &at)) {
            map_put(&memo->attributes, key, at);
            *vec_push(&memo->answers) = (MemoAnswer){0};
        }
        MemoAnswer *answer = &memo->answers.items[at];
        answer->result = result;
        answer->height = height;
        answer->grown = resolver->growth;
        answer->slots = name.index < memo->slots.count ? memo->slots.items[name.index] : 0;
        take_reads(resolver, start.trace, answer);
    }
    if (!memo->tracing) memo->trace.count = 0; // else who asked depends on them, too
}

// ---- values ----------------------------------------------------------------------------------------
bool memo_find_value(Resolver *resolver, ExprId expr, TypeId *result) {
    const Memo *memo = &resolver->memo;
    uint8_t height = memo->heights[expr.index];
    if (!height || !is_within(resolver, height - 1u)) return false;
    *result = memo->values[expr.index];
    return true;
}

MemoStart memo_begin_value(Resolver *resolver) { return begin(resolver); }

void memo_keep_value(Resolver *resolver, MemoStart start, ExprId expr, TypeId result) {
    Memo *memo = &resolver->memo;
    uint32_t height;
    if (!end(resolver, start, &height)) return;
    memo->values[expr.index] = result;
    memo->heights[expr.index] = (uint8_t)(height + 1);
}
