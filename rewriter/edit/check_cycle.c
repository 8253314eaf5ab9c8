// Import cycles. In: the imports of all modules before and after. Out: E505 for an import that was
// added and closes a circle which was not there.
//
// An edge is what runs when a module is imported: the module that is named, the packages on the way
// to it that are not on the way to the importer (those are running already), and submodules taken by
// `from package import module`. Imports in functions, for type checkers, and under a condition (such
// as a main guard) are no edges.
#include "edit/check_internal.h"

#include "base/bug.h"
#include "base/map.h"

typedef struct ImportEdge {
    uint32_t from, to; // Check.modules
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

static void add_packages(const Check *check, Graph *graph, uint32_t from, uint32_t to,
                         uint32_t offset) {
    Str name = check->modules.items[to].name;
    for (size_t i = 0; i < name.length; i++) {
        Str package = str_slice(name, 0, i);
        if (name.data[i] == '.' && !is_inside(check->modules.items[from].name, package))
            add_edge(graph, from, check_find_dotted(check, package), offset);
    }
}

static void add_import(const Check *check, Graph *graph, uint32_t from, const Facts *facts,
                       const ImportFact *import_) {
    const ModulePair *module = &check->modules.items[from];
    uint32_t to =
        check_find_module(check, module, import_->level, facts_name(facts, import_->path));
    if (to == 0) return;
    uint32_t offset = import_->statement_start;
    const ModulePair *target = &check->modules.items[to];
    add_packages(check, graph, from, to, offset);
    uint32_t submodule = 0;
    if (import_->kind == IMPORT_NAME)
        submodule = check_find_submodule(check, target, facts_name(facts, import_->name));
    add_edge(graph, from, submodule, offset);
    if (submodule == 0 || !is_inside(module->name, target->name)) add_edge(graph, from, to, offset);
}

static int compare_edges(const void *left, const void *right) {
    const ImportEdge *a = left, *b = right;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    return (a->offset > b->offset) - (a->offset < b->offset);
}

static void graph_open(const Check *check, bool after, Graph *graph) {
    uint32_t count = check->modules.count;
    *graph = (Graph){.first = memory_alloc_zeroed(count + 1, sizeof *graph->first)};
    for (uint32_t i = 1; i < count; i++) {
        if (check->modules.items[i].is_stub) continue;
        const Facts *facts;
        Rows rows = check_imports_of(check, &check->modules.items[i], after, &facts);
        for (uint32_t k = rows.first; k < rows.end; k++)
            if (runs_at_import(facts, &facts->imports.items[k]))
                add_import(check, graph, i, facts, &facts->imports.items[k]);
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
static void find_ways(const Check *check, const Graph *graph, uint32_t start, uint32_t *step) {
    uint32_t count = check->modules.count;
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

static bool is_on_cycle(const Check *check, const Graph *graph, uint32_t a, uint32_t b,
                        uint32_t *step) {
    find_ways(check, graph, a, step);
    if (step[b] == 0) return false;
    find_ways(check, graph, b, step);
    return step[a] != 0;
}

// "a -> b -> c -> a", from the ways that start at b
static void add_cycle(const Check *check, uint32_t a, uint32_t b, const uint32_t *step,
                      StrBuf *text) {
    Vec(uint32_t) way = {0};
    for (uint32_t at = a; at != b; at = step[at]) vec_add(&way, at);
    vec_add(&way, b);
    vec_add(&way, a);
    for (uint32_t i = way.count; i-- > 0;) {
        // The list runs a ... b a backwards: b's way to a, with a in front.
        strbuf_add(text, check->modules.items[way.items[i]].name);
        if (i > 0) strbuf_add_text(text, " -> ");
    }
    vec_release(&way);
}

static void report(Check *check, const ImportEdge *edge, const uint32_t *step) {
    StrBuf cycle = {0};
    add_cycle(check, edge->from, edge->to, step, &cycle);
    const ModulePair *from = &check->modules.items[edge->from];
    check_report(check, DIAGNOSTIC_E505, from->after, edge->offset,
                 "the rewrite would make an import cycle: %.*s", STR_ARG(strbuf_str(&cycle)));
    strbuf_release(&cycle);
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
static void keep_closing(const Check *check, const Graph *before, const Graph *after,
                         Graph *added) {
    uint32_t *step = memory_alloc_zeroed(check->modules.count, sizeof *step);
    uint32_t *old_step = memory_alloc_zeroed(check->modules.count, sizeof *old_step);
    uint32_t kept = 0, target = 0;
    for (uint32_t i = 0; i < added->edges.count; i++) {
        ImportEdge edge = added->edges.items[i];
        if (edge.to != target) find_ways(check, after, edge.to, step);
        target = edge.to;
        if (step[edge.from] == 0 || check->modules.items[edge.from].after == NULL) continue;
        if (is_on_cycle(check, before, edge.from, edge.to, old_step)) continue;
        added->edges.items[kept++] = edge;
    }
    added->edges.count = kept;
    if (kept > 1) qsort(added->edges.items, kept, sizeof(ImportEdge), compare_edges);
    free(step);
    free(old_step);
}

// One report a circle, and one a module that is imported: the first says it all.
static void report_closing(Check *check, const Graph *after, const Graph *closing) {
    uint32_t *step = memory_alloc_zeroed(check->modules.count, sizeof *step);
    bool *shown = memory_alloc_zeroed(check->modules.count, sizeof *shown);
    for (uint32_t i = 0; i < closing->edges.count; i++) {
        const ImportEdge *edge = &closing->edges.items[i];
        if (shown[edge->to]) continue;
        find_ways(check, after, edge->to, step);
        report(check, edge, step);
        for (uint32_t at = edge->from; at != edge->to; at = step[at]) shown[at] = true;
        shown[edge->to] = true;
    }
    free(shown);
    free(step);
}

void check_cycles(Check *check) {
    Graph before, after;
    graph_open(check, false, &before);
    graph_open(check, true, &after);
    Graph added = added_edges(&before, &after);
    keep_closing(check, &before, &after, &added);
    report_closing(check, &after, &added);
    graph_close(&before);
    graph_close(&after);
    graph_close(&added);
}
