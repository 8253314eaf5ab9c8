// In: the module-level imports of two trees. Out: the circles that only the second one has. Reports
// nothing.
#include "edit/import_cycle.h"

#include "base/bug.h"

typedef struct ImportEdge {
    uint32_t from, to; // ModulePairs.list
    uint32_t offset;   // of the statement
} ImportEdge;

// Sorted by from, to.
typedef struct Graph {
    Vec(ImportEdge) edges;
    uint32_t *first; // by module, one more than there are
} Graph;

// ---- the graphs ----------------------------------------------------------------------------------
static bool runs_at_import(const Facts *facts, const ImportFact *import_) {
    return (import_->at_top || import_->guarded) && !import_->type_checking &&
           !fact_is(facts_scope_function(facts, import_->scope));
}

static void add_edge(Graph *graph, uint32_t from, uint32_t to, uint32_t offset) {
    if (to != 0 && from != to) vec_add(&graph->edges, ((ImportEdge){from, to, offset}));
}

static bool is_inside(Str module, Str package) {
    return str_starts_with(module, package) &&
           (module.length == package.length || module.data[package.length] == '.');
}

static void add_packages(const ModulePairs *pairs, Graph *graph, uint32_t from, uint32_t to,
                         uint32_t offset) {
    Str name = pairs->list.items[to].name;
    for (size_t i = 0; i < name.length; i++) {
        Str package = str_slice(name, 0, i);
        if (name.data[i] == '.' && !is_inside(pairs->list.items[from].name, package))
            add_edge(graph, from, module_pairs_find(pairs, package), offset);
    }
}

// A module that is no part of the trees, such as the runtime of an earlier run: its packages run all the same.
static void add_unknown(const ModulePairs *pairs, Graph *graph, uint32_t from, const Facts *facts,
                        const ImportFact *import_) {
    Str path = facts_name(facts, import_->path);
    uint32_t to = 0;
    for (ptrdiff_t dot = str_find_last(path, '.'); to == 0 && dot > 0 && import_->level == 0;
         dot = str_find_last(path, '.')) {
        path = str_slice(path, 0, (size_t)dot);
        to = module_pairs_find_path(pairs, path);
    }
    if (to == 0) return;
    add_packages(pairs, graph, from, to, import_->statement_start);
    if (!is_inside(pairs->list.items[from].name, pairs->list.items[to].name))
        add_edge(graph, from, to, import_->statement_start);
}

// The package binds NAME by itself: `from package import name` reads that, even where a submodule has the name.
static bool binds(const ModulePair *package, Str text, bool after) {
    const ModuleSide *side = module_pair_side(package, after);
    if (side->facts == NULL) return false;
    Name name = intern_find(side->facts->names, text);
    ScopeId scope = facts_module(side->facts, side->module)->scope;
    return name.index != 0 && fact_is(facts_symbol_in(side->facts, scope, name));
}

static void add_import(const ModulePairs *pairs, Graph *graph, uint32_t from, bool after,
                       const ImportFact *import_) {
    const Facts *facts = module_pair_side(&pairs->list.items[from], after)->facts;
    const ModulePair *module = &pairs->list.items[from];
    uint32_t to = module_pairs_find_import(pairs, module, facts, import_);
    if (to == 0) {
        add_unknown(pairs, graph, from, facts, import_);
        return;
    }
    uint32_t offset = import_->statement_start;
    const ModulePair *target = &pairs->list.items[to];
    add_packages(pairs, graph, from, to, offset);
    uint32_t submodule = 0;
    if (import_->kind == IMPORT_NAME)
        submodule = module_pairs_find_submodule(pairs, target, facts_name(facts, import_->name));
    add_edge(graph, from, submodule, offset);
    bool of_package = submodule == 0 || binds(target, facts_name(facts, import_->name), after);
    if (of_package || !is_inside(module->name, target->name)) add_edge(graph, from, to, offset);
}

static int compare_edges(const void *left, const void *right) {
    const ImportEdge *a = left, *b = right;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    return (a->offset > b->offset) - (a->offset < b->offset);
}

static void graph_open(const ModulePairs *pairs, bool after, Graph *graph) {
    uint32_t count = pairs->list.count;
    *graph = (Graph){.first = memory_alloc_zeroed(count + 1, sizeof *graph->first)};
    for (uint32_t i = 1; i < count; i++) {
        if (pairs->list.items[i].is_stub) continue;
        const ModuleSide *side = module_pair_side(&pairs->list.items[i], after);
        for (uint32_t k = side->imports.first; k < side->imports.end; k++) {
            const ImportFact *import_ = &side->facts->imports.items[k];
            if (runs_at_import(side->facts, import_))
                add_import(pairs, graph, i, after, import_);
        }
    }
    if (graph->edges.count > 1)
        qsort(graph->edges.items, graph->edges.count, sizeof(ImportEdge), compare_edges);
    for (uint32_t i = 0; i < graph->edges.count; i++)
        graph->first[graph->edges.items[i].from + 1] = i + 1;
    for (uint32_t i = 1; i <= count; i++)
        if (graph->first[i] == 0) graph->first[i] = graph->first[i - 1];
}

static void graph_close(Graph *graph) {
    vec_release(&graph->edges);
    free(graph->first);
}

// ---- ways ------------------------------------------------------------------------------------------
// STEP[m] = the module from which m is reached first, on a shortest way from START; 0 when it is not.
static void find_ways(const ModulePairs *pairs, const Graph *graph, uint32_t start, uint32_t *step) {
    uint32_t count = pairs->list.count;
    uint32_t *queue = memory_alloc_zeroed(count, sizeof *queue);
    uint32_t head = 0, tail = 0;
    for (uint32_t i = 0; i < count; i++) step[i] = 0;
    step[start] = start;
    queue[tail++] = start;
    while (head < tail) {
        uint32_t at = queue[head++];
        for (uint32_t i = graph->first[at]; i < graph->first[at + 1]; i++) {
            uint32_t to = graph->edges.items[i].to;
            if (step[to] != 0) continue;
            step[to] = at;
            queue[tail++] = to;
        }
    }
    free(queue);
}

static bool is_on_cycle(const ModulePairs *pairs, const Graph *graph, uint32_t a, uint32_t b,
                        uint32_t *step) {
    find_ways(pairs, graph, a, step);
    if (step[b] == 0) return false;
    find_ways(pairs, graph, b, step);
    return step[a] != 0;
}

// "a -> b -> c -> a", from the ways that start at b
static void add_cycle(const ModulePairs *pairs, uint32_t a, uint32_t b, const uint32_t *step,
                      StrBuf *text) {
    Vec(uint32_t) way = {0};
    for (uint32_t at = a; at != b; at = step[at]) vec_add(&way, at);
    vec_add(&way, b);
    vec_add(&way, a);
    for (uint32_t i = way.count; i-- > 0;) {
        // The list runs a ... b a backwards: b's way to a, with a in front.
        strbuf_add(text, pairs->list.items[way.items[i]].name);
        if (i > 0) strbuf_add_text(text, " -> ");
    }
    vec_release(&way);
}

// ---- the comparison --------------------------------------------------------------------------------
// By target, so that the ways from each are looked for once.
static int compare_targets(const void *left, const void *right) {
    const ImportEdge *a = left, *b = right;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    return compare_edges(left, right);
}

// Edges of AFTER that BEFORE lacks, each once.
static Graph added_edges(const Graph *before, const Graph *after) {
    Graph added = {0};
    for (uint32_t i = 0, b = 0; i < after->edges.count; i++) {
        ImportEdge edge = after->edges.items[i];
        if (i > 0 && after->edges.items[i - 1].from == edge.from &&
            after->edges.items[i - 1].to == edge.to)
            continue;
        ImportEdge key = {edge.from, edge.to, 0};
        while (b < before->edges.count && compare_edges(&before->edges.items[b], &key) < 0) b++;
        bool known = b < before->edges.count && before->edges.items[b].from == edge.from &&
                     before->edges.items[b].to == edge.to;
        if (!known) vec_add(&added.edges, edge);
    }
    if (added.edges.count > 1)
        qsort(added.edges.items, added.edges.count, sizeof(ImportEdge), compare_targets);
    return added;
}

// Keeps those that close a circle which was not there, in the order of their modules: new files come
// last, they are not what the user knows.
static void keep_closing(const ModulePairs *pairs, const Graph *before, const Graph *after,
                         Graph *added) {
    uint32_t *step = memory_alloc_zeroed(pairs->list.count, sizeof *step);
    uint32_t *old_step = memory_alloc_zeroed(pairs->list.count, sizeof *old_step);
    uint32_t kept = 0, target = 0;
    for (uint32_t i = 0; i < added->edges.count; i++) {
        ImportEdge edge = added->edges.items[i];
        if (edge.to != target) find_ways(pairs, after, edge.to, step);
        target = edge.to;
        if (step[edge.from] == 0 || !pairs->list.items[edge.from].changed) continue;
        if (is_on_cycle(pairs, before, edge.from, edge.to, old_step)) continue;
        added->edges.items[kept++] = edge;
    }
    added->edges.count = kept;
    if (kept > 1) qsort(added->edges.items, kept, sizeof(ImportEdge), compare_edges);
    free(step);
    free(old_step);
}

static void describe_closing(const ModulePairs *pairs, const Graph *after, const Graph *closing,
                             ImportCycles *cycles) {
    uint32_t *step = memory_alloc_zeroed(pairs->list.count, sizeof *step);
    bool *shown = memory_alloc_zeroed(pairs->list.count, sizeof *shown);
    for (uint32_t i = 0; i < closing->edges.count; i++) {
        const ImportEdge *edge = &closing->edges.items[i];
        if (shown[edge->to]) continue;
        find_ways(pairs, after, edge->to, step);
        StrBuf text = {0};
        add_cycle(pairs, edge->from, edge->to, step, &text);
        vec_add(&cycles->list, ((ImportCycle){edge->from, edge->offset,
                                              arena_copy(&cycles->arena, strbuf_str(&text))}));
        strbuf_release(&text);
        for (uint32_t at = edge->from; at != edge->to; at = step[at]) shown[at] = true;
        shown[edge->to] = true;
    }
    free(shown);
    free(step);
}

void import_cycles_find(const ModulePairs *pairs, ImportCycles *cycles) {
    Graph before, after;
    *cycles = (ImportCycles){0};
    graph_open(pairs, false, &before);
    graph_open(pairs, true, &after);
    Graph added = added_edges(&before, &after);
    keep_closing(pairs, &before, &after, &added);
    describe_closing(pairs, &after, &added, cycles);
    graph_close(&before);
    graph_close(&after);
    graph_close(&added);
}

void import_cycles_release(ImportCycles *cycles) {
    vec_release(&cycles->list);
    arena_release(&cycles->arena);
}
