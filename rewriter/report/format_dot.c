// The way of the context as a graph for Graphviz. In: the model. Out: one node a module that migrates, one
// arrow for each import between them; or, around one function or module, one node a function that
// takes the context and one arrow for each that gives it on. https://graphviz.org/doc/info/lang.html
#include "report/format.h"

#include "report/dot_quote.h"

static const char *level_fill(Level level) {
    static const char *const colors[] = {"#d8f0d8", "#fff2c0", "#ffd8b0", "#f8b8b8"};
    return level < LEVEL_COUNT ? colors[level] : "white";
}

static void add_modules(StrBuf *out, const Report *report) {
    for (uint32_t i = 0; i < report->files.count; i++) {
        const ReportFile *file = &report->files.items[i];
        if (!file->migrates) continue;
        strbuf_add_text(out, "  ");
        dot_add_quoted(out, file->path);
        strbuf_addf(out, " [fillcolor=\"%s\" tooltip=\"%u accesses, risk %s\"];\n",
                    level_fill(file->risk), file->access_count, level_name(file->risk));
        for (uint32_t d = 0; d < file->dependencies.count; d++) {
            strbuf_add_text(out, "  ");
            dot_add_quoted(out, file->path);
            strbuf_add_text(out, " -> ");
            dot_add_quoted(out, report->files.items[file->dependencies.items[d]].path);
            strbuf_add_text(out, ";\n");
        }
    }
}

// ---- around one function or module ---------------------------------------------------------------

typedef struct Graph {
    const Report *report;
    Arena arena;
    bool *chosen; // by function: is what was asked for
    bool *above;  // its context reaches a chosen one
    bool *below;  // its context comes from a chosen one
} Graph;

// NAME stands in QUALIFIED between dots: the function itself, or a class or module around it.
static bool is_meant(Str name, Str qualified) {
    for (Str rest = qualified; rest.length >= name.length;) {
        if (str_starts_with(rest, name) &&
            (rest.length == name.length || rest.data[name.length] == '.'))
            return true;
        ptrdiff_t dot = str_find(rest, '.');
        if (dot < 0) return false;
        rest = str_slice(rest, (size_t)dot + 1, rest.length);
    }
    return false;
}

bool report_around_is_known(const Report *report, Str around) {
    const Program *program = report->input->program;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (is_meant(around,
                     program_name(program, program_function(program, (FunctionId){i})->qualified)))
            return true;
    return false;
}

static void choose(Graph *graph, Str name) {
    const Program *program = graph->report->input->program;
    uint32_t count = program_function_count(program);
    graph->chosen = arena_array(&graph->arena, bool, count + 1);
    graph->above = arena_array(&graph->arena, bool, count + 1);
    graph->below = arena_array(&graph->arena, bool, count + 1);
    for (uint32_t i = 1; i < count; i++) {
        Str qualified =
            program_name(program, program_function(program, (FunctionId){i})->qualified);
        graph->chosen[i] = is_meant(name, qualified);
        graph->above[i] = graph->below[i] = graph->chosen[i];
    }
}

static uint32_t link_end(const Report *report, uint32_t link, bool giver) {
    const ReportLink *row = &report->links.items[link];
    return giver ? row->giver.index : row->taker.index;
}

// Marks what is reached from MARKED over links, towards their givers (UP) or their takers.
static void spread(Graph *graph, bool *marked, bool up) {
    const Report *report = graph->report;
    uint32_t functions = program_function_count(report->input->program);
    uint32_t *first = arena_array(&graph->arena, uint32_t, functions + 1);
    uint32_t *next = arena_array(&graph->arena, uint32_t, report->links.count + 1);
    Vec(uint32_t) queue = {0};
    for (uint32_t i = 0; i < report->links.count; i++) { // numbers of links count from 1
        uint32_t from = link_end(report, i, !up);
        next[i + 1] = first[from];
        first[from] = i + 1;
    }
    for (uint32_t i = 1; i < functions; i++)
        if (marked[i]) vec_add(&queue, i);
    for (uint32_t at = 0; at < queue.count; at++)
        for (uint32_t link = first[queue.items[at]]; link != 0; link = next[link]) {
            uint32_t to = link_end(report, link - 1, up);
            if (!marked[to]) vec_add(&queue, to);
            marked[to] = true;
        }
    vec_release(&queue);
}

static Str function_name(const Graph *graph, FunctionId function) {
    const Program *program = graph->report->input->program;
    return program_name(program, program_function(program, function)->qualified);
}

static bool is_inside(const Graph *graph, const ReportLink *link) {
    return (graph->above[link->giver.index] && graph->above[link->taker.index]) ||
           (graph->below[link->giver.index] && graph->below[link->taker.index]);
}

static void add_functions(StrBuf *out, const Report *report, Str around) {
    Graph graph = {.report = report};
    choose(&graph, around);
    spread(&graph, graph.above, true);
    spread(&graph, graph.below, false);
    for (uint32_t i = 1; i < program_function_count(report->input->program); i++) {
        if (!graph.chosen[i] || function_name(&graph, (FunctionId){i}).length == 0) continue;
        strbuf_add_text(out, "  ");
        dot_add_quoted(out, function_name(&graph, (FunctionId){i}));
        strbuf_add_text(out, " [fillcolor=\"#fff2c0\"];\n");
    }
    for (uint32_t i = 0; i < report->links.count; i++) {
        const ReportLink *link = &report->links.items[i];
        if (!is_inside(&graph, link)) continue;
        strbuf_add_text(out, "  ");
        dot_add_quoted(out, function_name(&graph, link->giver));
        strbuf_add_text(out, " -> ");
        dot_add_quoted(out, function_name(&graph, link->taker));
        strbuf_add_text(out, link->edge != 0 ? ";\n" : " [style=dashed];\n");
    }
    arena_release(&graph.arena);
}

void report_write_dot(const Report *report, const ReportStyle *style, FILE *out) {
    StrBuf text = {0};
    strbuf_add_text(&text, "digraph weft {\n  rankdir=LR;\n"
                           "  node [shape=box style=filled fontname=\"sans-serif\"];\n");
    if (style->around.length > 0)
        add_functions(&text, report, style->around);
    else
        add_modules(&text, report);
    strbuf_add_text(&text, "}\n");
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
