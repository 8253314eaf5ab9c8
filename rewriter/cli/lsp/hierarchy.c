// In: a function of an editor, and the links of the report: who hands the context to whom. Out: items of the protocol. An
// item names its function, so that it still means the same one when the tree has been analysed anew.
#include "cli/lsp/hierarchy.h"

#include <stdlib.h>
#include <string.h>

#include "cli/lsp/position.h"

enum { KIND_FUNCTION = 12, KIND_METHOD = 6 };

static const FunctionFact *fact_of(const Tree *tree, uint32_t index) { return &tree->now->run.facts.functions.items[index]; }

static FileId file_of(const Tree *tree, uint32_t index) {
    return facts_module_file(&tree->now->run.facts, fact_of(tree, index)->module);
}

static json_t *string(Str text) { return json_stringn(text.data ? text.data : "", text.length); }

static Str short_name(Str qualified) {
    ptrdiff_t dot = str_find_last(qualified, '.');
    return str_slice(qualified, (size_t)(dot + 1), qualified.length);
}

// NULL for a function of another folder, or without a name.
static json_t *item(const Tree *tree, uint32_t index) {
    const Facts *facts = &tree->now->run.facts;
    const FunctionFact *function = fact_of(tree, index);
    const SourceFile *file = source_file(&tree->now->run.sources, file_of(tree, index));
    if (function->name_end == 0 || str_starts_with(file->path, STR("/"))) return NULL;
    Str qualified = facts_name(facts, function->qualified);
    char *uri = uri_of(tree->now->run.sources.root, file->path);
    json_t *result = json_pack("{s:o, s:i, s:o, s:s, s:o, s:o, s:{s:s, s:o}}", "name", string(short_name(qualified)), "kind",
                               fact_is(function->klass) ? KIND_METHOD : KIND_FUNCTION, "detail", string(qualified), "uri",
                               uri, "range", position_range(file, function->start, function->end), "selectionRange",
                               position_range(file, function->name_start, function->name_end), "data", "uri", uri,
                               "function", string(qualified));
    free(uri);
    return result;
}

json_t *hierarchy_prepare(Tree *tree, const json_t *parameters) {
    const char *uri = json_string_value(json_object_get(json_object_get(parameters, "textDocument"), "uri"));
    const json_t *position = json_object_get(parameters, "position");
    json_int_t line = json_integer_value(json_object_get(position, "line"));
    json_int_t character = json_integer_value(json_object_get(position, "character"));
    FileId id = tree_file(tree, uri);
    if (!tree_is_good(tree) || id.index == 0 || line < 0 || line >= UINT32_MAX || character < 0 || character >= UINT32_MAX)
        return json_null();
    const SourceFile *file = source_file(&tree->now->run.sources, id);
    size_t offset = position_offset(file->text, (Position){(uint32_t)line, (uint32_t)character});
    uint32_t inner = 0; // the last one that begins before the place and has not ended
    for (uint32_t i = 1; i < tree->now->run.facts.functions.count; i++) {
        const FunctionFact *function = fact_of(tree, i);
        if (function->name_end > 0 && file_of(tree, i).index == id.index && function->start <= offset &&
            offset <= function->end && (inner == 0 || function->start >= fact_of(tree, inner)->start))
            inner = i;
    }
    json_t *found = inner != 0 ? item(tree, inner) : NULL;
    return found != NULL ? json_pack("[o]", found) : json_null();
}

// 0 when there is no such function any more.
static uint32_t asked_for(const Tree *tree, const json_t *parameters) {
    const json_t *data = json_object_get(json_object_get(parameters, "item"), "data");
    const char *name = json_string_value(json_object_get(data, "function"));
    FileId id = tree_file(tree, json_string_value(json_object_get(data, "uri")));
    for (uint32_t i = 1; tree_is_good(tree) && name != NULL && i < tree->now->run.facts.functions.count; i++)
        if (file_of(tree, i).index == id.index && str_is(facts_name(&tree->now->run.facts, fact_of(tree, i)->qualified), name))
            return i;
    return 0;
}

// Where the giver calls; its name where an object or the enclosing function hands the context on.
static json_t *ranges(const Tree *tree, const ReportLink *link) {
    const Program *program = &tree->now->run.program;
    const FunctionFact *giver = fact_of(tree, link->giver.index);
    const SourceFile *file = source_file(&tree->now->run.sources, file_of(tree, link->giver.index));
    if (link->edge == 0) return json_pack("[o]", position_range(file, giver->name_start, giver->name_end));
    Span span = program_expr_span(program, program_edge(program, link->edge)->expr);
    return json_pack("[o]", position_range(source_file(&tree->now->run.sources, span.file), span.start, span.end));
}

static json_t *links(const Tree *tree, const json_t *parameters, bool incoming) {
    json_t *list = json_array();
    uint32_t function = asked_for(tree, parameters);
    for (uint32_t i = 0; function != 0 && i < tree->now->report.links.count; i++) {
        const ReportLink *link = &tree->now->report.links.items[i];
        if ((incoming ? link->taker : link->giver).index != function || link->giver.index == 0) continue;
        json_t *other = item(tree, (incoming ? link->giver : link->taker).index);
        if (other == NULL) continue;
        json_array_append_new(list, json_pack("{s:o, s:o}", incoming ? "from" : "to", other, "fromRanges", ranges(tree, link)));
    }
    return list;
}

json_t *hierarchy_incoming(Tree *tree, const json_t *parameters) { return links(tree, parameters, true); }

json_t *hierarchy_outgoing(Tree *tree, const json_t *parameters) { return links(tree, parameters, false); }
