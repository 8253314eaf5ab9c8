// An explanation as a graph. In: the model. Out: the DOT language; nodes and arrows in the order in which the chains
// have them.
#include "explain/explain.h"

#include "report/dot_quote.h"

// Lines that are there already; a chain has few steps, and chains are few.
typedef struct Graph {
    StrBuf text;
    Arena arena;
    Vec(Str) lines;
} Graph;

static void add_line(Graph *graph, StrBuf *line) {
    Str text = strbuf_str(line);
    bool known = false;
    for (uint32_t i = 0; i < graph->lines.count && !known; i++) known = str_equal(graph->lines.items[i], text);
    if (!known) {
        vec_add(&graph->lines, arena_copy(&graph->arena, text));
        strbuf_add(&graph->text, text);
    }
    strbuf_release(line);
}

static Str place_text(Arena *arena, const Place *place) {
    return place->at.line > 0 ? arena_format(arena, "%.*s:%u", STR_ARG(place->path), place->at.line)
                              : arena_copy(arena, place->path);
}

// A function is one node wherever it is called; an access is one of its own.
static Str node_name(Graph *graph, const ExplainStep *step) {
    if (step->kind != STEP_ACCESS) return step->name;
    Str place = place_text(&graph->arena, &step->place);
    return arena_format(&graph->arena, "%.*s at %.*s", STR_ARG(step->name), STR_ARG(place));
}

static void add_node(Graph *graph, const ExplainStep *step) {
    StrBuf line = {0};
    bool access = step->kind == STEP_ACCESS;
    strbuf_add_text(&line, "  ");
    dot_add_quoted(&line, node_name(graph, step));
    strbuf_add_text(&line, " [label=");
    dot_add_quoted(&line, step->brief);
    if (access) {
        strbuf_add_text(&line, " fillcolor=\"#fff2c0\" tooltip=");
        dot_add_quoted(&line, step->remark);
    }
    strbuf_add_text(&line, "];\n");
    add_line(graph, &line);
}

static void add_arrow(Graph *graph, Str from, const ExplainStep *step) {
    StrBuf line = {0}, label = {0};
    strbuf_add_text(&line, "  ");
    dot_add_quoted(&line, from);
    strbuf_add_text(&line, " -> ");
    dot_add_quoted(&line, node_name(graph, step));
    strbuf_add_text(&line, " [label=");
    strbuf_addf(&label, "%s", step_verb(step));
    strbuf_add(&label, place_text(&graph->arena, &step->place));
    dot_add_quoted(&line, strbuf_str(&label));
    strbuf_add_text(&line, "];\n");
    strbuf_release(&label);
    add_line(graph, &line);
}

static void add_origin(Graph *graph, const ExplainChain *chain) {
    StrBuf node = {0}, arrow = {0};
    Str name = arena_format(&graph->arena, "from %s", origin_name((Origin)chain->origin));
    strbuf_add_text(&node, "  ");
    dot_add_quoted(&node, name);
    strbuf_add_text(&node, " [shape=ellipse fillcolor=\"#d8e8f8\"];\n");
    add_line(graph, &node);
    strbuf_add_text(&arrow, "  ");
    dot_add_quoted(&arrow, name);
    strbuf_add_text(&arrow, " -> ");
    dot_add_quoted(&arrow, node_name(graph, &chain->steps.items[0]));
    strbuf_add_text(&arrow, ";\n");
    add_line(graph, &arrow);
}

static void add_chain(Graph *graph, const ExplainChain *chain) {
    for (uint32_t i = 0; i < chain->steps.count; i++) add_node(graph, &chain->steps.items[i]);
    if (chain->steps.count > 0 && chain->origin != 0) add_origin(graph, chain);
    for (uint32_t i = 1; i < chain->steps.count; i++)
        add_arrow(graph, node_name(graph, &chain->steps.items[i - 1]), &chain->steps.items[i]);
}

void explain_write_dot(const Explanation *explanation, FILE *out) {
    Graph graph = {0};
    strbuf_add_text(&graph.text, "digraph ");
    dot_add_quoted(&graph.text, explanation->query);
    strbuf_add_text(&graph.text, " {\n  rankdir=LR;\n  node [shape=box style=filled fillcolor=white];\n");
    for (uint32_t i = 0; i < explanation->subjects.count; i++)
        for (uint32_t k = 0; k < explanation->subjects.items[i].chains.count; k++)
            add_chain(&graph, &explanation->subjects.items[i].chains.items[k]);
    strbuf_add_text(&graph.text, "}\n");
    fwrite(graph.text.data, 1, graph.text.length, out);
    strbuf_release(&graph.text);
    vec_release(&graph.lines);
    arena_release(&graph.arena);
}
