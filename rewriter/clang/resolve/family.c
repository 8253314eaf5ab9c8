// In: families of one function each, and where values of functions go. Out: families of what changes together, and
// FUNCTION_FIXED_SIGNATURE for those that a declaration without a list, a name that is pasted together or a value that
// nobody follows holds fast.
#include "clang/resolve/family.h"

#include <stdlib.h>

#include "base/bug.h"
#include "clang/resolve/unseen.h"
#include "clang/resolve/unseen_value.h"
#include "clang/unit/mark.h"

typedef struct Families {
    Facts *facts;
    const Names *names;
    uint32_t *parent; // by FunctionId, used of families only; the smallest number of those that are joined leads
    bool *fixed;      // by FunctionId
} Families;

static uint32_t leader(const Families *families, uint32_t family) {
    while (families->parent[family] != family) {
        families->parent[family] = families->parent[families->parent[family]];
        family = families->parent[family];
    }
    return family;
}

static void join(const Families *families, uint32_t a, uint32_t b) {
    a = leader(families, a);
    b = leader(families, b);
    families->parent[a > b ? a : b] = a > b ? b : a;
}

static uint32_t row_at(const Families *families, FileId file, uint32_t offset) {
    uint32_t row = 0;
    map_get(&families->names->rows, map_key(file.index, offset), &row);
    return row;
}

// What has no row has no list that could change.
static void join_flow(const Families *families, const FlowFact *flow) {
    uint32_t from = row_at(families, flow->file, flow->offset), to = row_at(families, flow->to, flow->to_offset);
    if (from && to)
        join(families, families->facts->functions.items[from].family, families->facts->functions.items[to].family);
    else
        families->fixed[from ? from : to] = true;
}

static void read_mark(const Families *families, const MarkFact *mark) {
    uint32_t row = row_at(families, mark->file, mark->offset);
    if (mark->kind == MARK_FIXED && row) families->fixed[row] = true;
    if (!row) families->fixed[names_declared(families->names, mark).index] = true;
}

// A function that is the first value of a field in a branch that no unit compiles.
static void join_unseen(const Families *families) {
    Facts *facts = families->facts;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        const ScopeFact *scope = facts_scope(facts, expr->scope);
        if (expr->kind != EXPR_NAME || scope->kind != SCOPE_MODULE || fact_is(expr->parent)) continue;
        FunctionId function = names_function(families->names, scope->module, expr->name, NULL);
        bool known = fact_is(function) && !(facts_function(facts, function)->flags & FUNCTION_MACRO);
        if (!known || marks_find(facts, facts_module_file(facts, scope->module), expr->start)) continue;
        FunctionId pointer = unseen_pointer_of(families->names, (ExprId){i});
        if (fact_is(pointer))
            join(families, facts->functions.items[function.index].family, facts->functions.items[pointer.index].family);
    }
}

// What stands first between the brackets is no parameter, which has a type: a word alone, a string.
static bool has_arguments(const Facts *facts, const FunctionFact *row) {
    Str list = facts_text(facts, row->module, row->open + 1, row->close), first;
    if (!str_split_next(&list, ',', &first)) return false;
    first = str_trim(first);
    bool word = first.length > 0 && !str_is(first, "void");
    for (size_t i = 0; i < first.length; i++) word = word && (str_is_word_byte(first.data[i]) || first.data[i] == '"');
    return word;
}

// START_TEST(counts) { ... }: a macro declares the function, and takes what it is given. What looks like its name is none for
// the compiler, who reads the body.
static void fix_made_by_macros(const Families *families) {
    const Facts *facts = families->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        FileId file = facts_module_file(facts, row->module);
        bool defined = !(row->flags & (FUNCTION_MACRO | FUNCTION_POINTER | FUNCTION_STUB));
        bool called = defined && has_arguments(facts, row) && !marks_find(facts, file, row->name_start);
        if (called && marks_between(facts, file, row->close, row->end)) families->fixed[i] = true;
    }
}

static void settle(const Families *families) {
    Facts *facts = families->facts;
    bool *stays = memory_alloc_zeroed(facts->functions.count + 1, sizeof *stays); // by family
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionFact *row = &facts->functions.items[i];
        row->family = leader(families, row->family);
        if (families->fixed[i] || (row->flags & FUNCTION_FIXED_SIGNATURE)) row->flags |= FUNCTION_HOLDS_FAMILY;
        stays[row->family] = stays[row->family] || (row->flags & FUNCTION_HOLDS_FAMILY);
    }
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (stays[facts->functions.items[i].family])
            facts->functions.items[i].flags |= FUNCTION_FIXED_SIGNATURE;
    free(stays);
}

void family_resolve(const Names *names) {
    Facts *facts = names->facts;
    Families families = {.facts = facts, .names = names};
    families.parent = memory_alloc_zeroed(facts->functions.count + 1, sizeof *families.parent);
    families.fixed = memory_alloc_zeroed(facts->functions.count + 1, sizeof *families.fixed);
    for (uint32_t i = 0; i < facts->functions.count; i++) families.parent[i] = i;
    for (uint32_t i = 0; i < facts->flows.count; i++)
        if (facts->flows.items[i].kind == FLOW_FACT_JOINS) join_flow(&families, &facts->flows.items[i]);
    for (uint32_t i = 0; i < facts->marks.count; i++)
        if (facts->marks.items[i].kind >= MARK_DECLARED) read_mark(&families, &facts->marks.items[i]);
    join_unseen(&families);
    unseen_fix_pointers(names, families.fixed);
    fix_made_by_macros(&families);
    settle(&families);
    free(families.parent);
    free(families.fixed);
}
