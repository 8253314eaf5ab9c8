// What accesses read, how often, and the locals that hold what is read more than once. In: accesses one
// after the other. Out: answers about one function, one text or one name, each without a walk over the
// others: a file may have any number of functions, accesses and locals.
//
// Scopes are numbered in the order in which they begin, so that those inside a scope follow it without
// a gap.
#include <stdlib.h>

#include "base/bug.h"
#include "edit/weave_internal.h"


// ---- names of the program -----------------------------------------------------------------------------
typedef struct Use {
    uint32_t name;
    ScopeId scope;
} Use;
typedef Vec(Use) Uses;

// Sorts the rows by what KEY_OF gives, below COUNT; those of one key stay in their order.
static void sort_uses(Uses *uses, uint32_t count, uint32_t (*key_of)(const Use *)) {
    uint32_t *next = memory_alloc_zeroed(count + 1, sizeof *next);
    Use *sorted = memory_alloc(((size_t)uses->count + 1) * sizeof *sorted);
    for (uint32_t i = 0; i < uses->count; i++) next[key_of(&uses->items[i]) + 1]++;
    for (uint32_t k = 0; k < count; k++) next[k + 1] += next[k];
    for (uint32_t i = 0; i < uses->count; i++) sorted[next[key_of(&uses->items[i])]++] = uses->items[i];
    if (uses->count > 0) memcpy(uses->items, sorted, uses->count * sizeof *sorted);
    free(sorted);
    free(next);
}

static uint32_t name_of(const Use *use) { return use->name; }
static uint32_t scope_of(const Use *use) { return use->scope.index; }

// All names that expressions read or symbols bind, by name and scope.
void weave_reads_open(Weaving *weaving) {
    const Program *program = weaving->program;
    Uses uses = {0};
    for (uint32_t i = 1; i < program_symbol_count(program); i++)
        vec_add(&uses, ((Use){program_symbol(program, (SymbolId){i})->name.index, program_symbol(program, (SymbolId){i})->scope}));
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *expr = program_expr(program, (ExprId){i});
        if (expr->kind == EXPR_NAME) vec_add(&uses, ((Use){expr->name.index, expr->scope}));
    }
    Reads *reads = &weaving->reads;
    uint32_t names = intern_count(program->facts->names);
    sort_uses(&uses, program_scope_count(program), scope_of);
    sort_uses(&uses, names, name_of);
    reads->texts = interner_new();
    reads->first_use = memory_alloc_zeroed(names + 1, sizeof *reads->first_use);
    reads->uses = memory_alloc_zeroed(uses.count, sizeof *reads->uses);
    uint32_t at = 0;
    for (uint32_t name = 0; name < names; name++) {
        reads->first_use[name] = at;
        for (; at < uses.count && uses.items[at].name == name; at++)
            reads->uses[at] = uses.items[at].scope;
    }
    reads->first_use[names] = at;
    vec_release(&uses);
}

void weave_reads_close(Weaving *weaving) {
    Reads *reads = &weaving->reads;
    interner_free(reads->texts);
    map_release(&reads->counts);
    map_release(&reads->words);
    map_release(&reads->locals);
    map_release(&reads->first_locals);
    map_release(&reads->last_locals);
    map_release(&reads->local_scopes);
    map_release(&reads->local_around);
    free(reads->first_use);
    free(reads->uses);
}

static bool scope_is_inside(const Program *program, ScopeId scope, ScopeId outer) {
    for (; scope.index >= outer.index && fact_is(scope); scope = program_scope(program, scope)->parent)
        if (fact_same(scope, outer)) return true;
    return false;
}

// NAME stands in OUTER or in a scope inside: the first use from OUTER on tells.
static bool is_used_inside(const Weaving *weaving, ScopeId outer, Name name) {
    const Reads *reads = &weaving->reads;
    uint32_t low = reads->first_use[name.index], end = reads->first_use[name.index + 1];
    for (uint32_t high = end; low < high;) {
        uint32_t middle = low + (high - low) / 2;
        if (reads->uses[middle].index < outer.index)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && scope_is_inside(weaving->program, reads->uses[low], outer);
}

// ---- texts of accesses --------------------------------------------------------------------------------
static bool has(const Map *map, uint32_t high, uint32_t low) {
    uint32_t value;
    return map_get(map, map_key(high, low), &value);
}

// Words behind a dot are attributes.
void weave_note_words(Weaving *weaving, ModuleId module, Str text) {
    Reads *reads = &weaving->reads;
    Name whole = intern(reads->texts, text);
    if (has(&reads->words, module.index, whole.index)) return;
    map_put(&reads->words, map_key(module.index, whole.index), 0);
    for (size_t at = 0, end; at < text.length; at = end + 1) {
        for (end = at; end < text.length && str_is_word_byte(text.data[end]);) end++;
        if (end == at || (at > 0 && text.data[at - 1] == '.')) continue;
        Name word = intern(reads->texts, str_slice(text, at, end));
        map_put(&reads->words, map_key(module.index, word.index), 1);
    }
}

static uint32_t read_count(const Reads *reads, FunctionId home, Name text) {
    uint32_t count = 0;
    map_get(&reads->counts, map_key(home.index, text.index), &count);
    return count;
}

void weave_note_read(Weaving *weaving, FunctionId home, Str text) {
    Reads *reads = &weaving->reads;
    Name name = intern(reads->texts, text);
    uint32_t count = read_count(reads, home, name) + 1;
    map_put(&reads->counts, map_key(home.index, name.index), count);
}

bool weave_is_repeated(const Weaving *weaving, FunctionId home, Str text) {
    return read_count(&weaving->reads, home, intern_find(weaving->reads.texts, text)) >= 2;
}

// ---- locals -------------------------------------------------------------------------------------------
uint32_t weave_find_local(const Weaving *weaving, FunctionId home, Str text) {
    uint32_t local = 0;
    Name name = intern_find(weaving->reads.texts, text);
    map_get(&weaving->reads.locals, map_key(home.index, name.index), &local);
    return local;
}

uint32_t weave_first_local(const Weaving *weaving, FunctionId function) {
    uint32_t local = 0;
    map_get(&weaving->reads.first_locals, function.index, &local);
    return local;
}

uint32_t weave_add_local(Weaving *weaving, FunctionId home, Str name, Str text) {
    Reads *reads = &weaving->reads;
    uint32_t index = weaving->locals.count, last = 0;
    vec_add(&weaving->locals, ((Local){home, name, text, 0}));
    if (map_get(&reads->last_locals, home.index, &last))
        weaving->locals.items[last].next = index;
    else
        map_put(&reads->first_locals, home.index, index);
    map_put(&reads->last_locals, home.index, index);
    map_put(&reads->locals, map_key(home.index, intern(reads->texts, text).index), index);

    uint32_t word = intern(reads->texts, name).index;
    ScopeId scope = program_function(weaving->program, home)->body;
    map_put(&reads->local_scopes, map_key(scope.index, word), 1);
    for (; fact_is(scope) && !has(&reads->local_around, scope.index, word);
         scope = program_scope(weaving->program, scope)->parent)
        map_put(&reads->local_around, map_key(scope.index, word), 1);
    return index;
}

bool weave_has_local_around(const Weaving *weaving, ScopeId scope, Str name) {
    Name word = intern_find(weaving->reads.texts, name);
    if (!word.index) return false;
    for (; fact_is(scope); scope = program_scope(weaving->program, scope)->parent)
        if (has(&weaving->reads.local_scopes, scope.index, word.index)) return true;
    return false;
}

bool weave_is_taken(const Weaving *weaving, FunctionId id, Str name) {
    const Reads *reads = &weaving->reads;
    const FunctionFact *function = program_function(weaving->program, id);
    Name word = intern_find(reads->texts, name);
    uint32_t read = 0;
    if (word.index) {
        map_get(&reads->words, map_key(function->module.index, word.index), &read);
        if (read || has(&reads->local_around, function->body.index, word.index) ||
            weave_has_local_around(weaving, function->body, name))
            return true;
    }
    return weave_is_used(weaving, id, name);
}

// In a macro every word is replaced that is called as a parameter, also the name of a member.
static bool is_word_of_macro(const Weaving *weaving, FunctionId id, Str name) {
    const FunctionFact *row = program_function(weaving->program, id);
    return str_find_word(program_text(weaving->program, row->module, row->open, row->end), name) >= 0;
}

// A type in the list, `(srv k)`: behind a parameter that is called like it, it would be none.
static bool is_type_of_list(const Weaving *weaving, const FunctionFact *row, Name name) {
    for (uint32_t i = 0; i < row->parameter_count; i++)
        if (name_equal(program_parameter(weaving->program, (ParameterId){row->first_parameter + i})->spelled, name)) return true;
    return false;
}

bool weave_is_used(const Weaving *weaving, FunctionId id, Str name) {
    if (program_function(weaving->program, id)->flags & FUNCTION_MACRO) return is_word_of_macro(weaving, id, name);
    Name interned = intern_find(weaving->program->facts->names, name);
    ScopeId body = program_function(weaving->program, id)->body;
    return interned.index != 0 && (is_used_inside(weaving, body, interned) ||
                                   is_type_of_list(weaving, program_function(weaving->program, id), interned));
}
