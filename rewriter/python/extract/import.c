// Import statements: one row an imported item. In: import, from ... import, from __future__ import.
// Out: ImportFact rows with the places of path, item and statement, and the local names they bind.
#include "python/extract/extract.h"

// The parts that all items of one statement share.
typedef struct ImportHead {
    ImportKind kind;
    uint32_t level;
    Name path;
    uint32_t path_start, path_end;
    bool parenthesized;
} ImportHead;

// "a.b" although the text may say "a . b".
static Name dotted_text(Walk *walk, Node dotted) {
    Str text = node_text(walk, dotted);
    bool spaced = false;
    for (size_t i = 0; i < text.length && !spaced; i++)
        spaced = (unsigned char)text.data[i] <= ' ' || text.data[i] == '\\' || text.data[i] == '#';
    if (!spaced) return intern(walk->facts->names, text);
    StrBuf buffer = {0};
    Nodes nodes = nodes_of(walk, dotted);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (part.kind != NODE_IDENTIFIER) continue;
        if (buffer.length) strbuf_add_char(&buffer, '.');
        strbuf_add(&buffer, node_text(walk, part));
    }
    nodes_end(walk, nodes);
    Name name = intern(walk->facts->names, strbuf_str(&buffer));
    strbuf_release(&buffer);
    return name;
}

static Node first_identifier(Walk *walk, Node dotted) {
    return dotted.kind == NODE_DOTTED_NAME ? node_inner(walk, dotted) : dotted;
}

static void read_relative(Walk *walk, Node relative, ImportHead *head) {
    Nodes nodes = nodes_of(walk, relative);
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node part = node_at(walk, nodes, i);
        if (part.kind == NODE_DOTTED_NAME) head->path = dotted_text(walk, part);
        if (part.kind != NODE_IMPORT_PREFIX) continue;
        Str dots = node_text(walk, part);
        for (size_t k = 0; k < dots.length; k++) head->level += dots.data[k] == '.';
    }
    nodes_end(walk, nodes);
}

static ImportHead read_head(Walk *walk, Node statement, Nodes nodes) {
    ImportHead head = {.kind = statement.kind == NODE_IMPORT ? IMPORT_MODULE : IMPORT_NAME};
    Node path, token;
    head.parenthesized = node_kind(walk, nodes, TOKEN_OPEN, &token);
    if (node_kind(walk, nodes, TOKEN_FUTURE, &path)) {
        head.path = node_name(walk, path);
    } else if (!node_field(walk, nodes, FIELD_MODULE_NAME, &path)) {
        return head;
    } else if (path.kind == NODE_RELATIVE_IMPORT) {
        read_relative(walk, path, &head);
    } else {
        head.path = dotted_text(walk, path);
    }
    head.path_start = path.start;
    head.path_end = path.end;
    return head;
}

static ImportFact new_row(const Walk *walk, const ImportHead *head, Node statement, Node item) {
    const Place *at = &walk->at;
    return (ImportFact){
        .kind = head->kind,
        .module = walk->module,
        .level = head->level,
        .path = head->path,
        .type_checking = (at->flags & EXPR_TYPE_CHECKING) != 0,
        .guarded = at->guarded,
        .at_top = !fact_is(at->block),
        .scope = at->scope,
        .statement = at->statement,
        .start = item.start,
        .end = item.end,
        .path_start = head->path_start,
        .path_end = head->path_end,
        .statement_start = statement.start,
        .statement_end = statement.end,
        .parenthesized = head->parenthesized,
    };
}

// Fills what the item itself says and returns the node of the local name.
static Node read_item(Walk *walk, Node item, ImportFact *row) {
    Node name = item, alias = item;
    row->has_alias = item.kind == NODE_ALIASED_IMPORT;
    if (row->has_alias) {
        Nodes nodes = nodes_of(walk, item);
        node_field(walk, nodes, FIELD_NAME, &name);
        node_field(walk, nodes, FIELD_ALIAS, &alias);
        nodes_end(walk, nodes);
    }
    row->name_start = name.start;
    row->name_end = name.end;
    if (row->kind == IMPORT_NAME) {
        row->name = dotted_text(walk, name);
    } else {
        row->path = dotted_text(walk, name);
        row->path_start = name.start;
        row->path_end = name.end;
    }
    return row->has_alias ? alias : first_identifier(walk, name);
}

static void add_item(Walk *walk, ImportFact row, Node item) {
    ImportId id = {walk->facts->imports.count};
    if (item.kind == NODE_WILDCARD_IMPORT) {
        row.kind = IMPORT_ALL;
        vec_add(&walk->facts->imports, row);
        return;
    }
    Node bound = read_item(walk, item, &row);
    row.bound = node_name(walk, bound);
    row.symbol = symbol_of(walk, walk->at.scope, row.bound);
    vec_add(&walk->facts->imports, row);
    bind_name(walk, (BindingFact){.kind = BINDING_IMPORT, .import_ = id, .element = -1},
              walk->at.scope, row.bound, bound.start, bound.end);
}

static bool is_item(Node node) {
    return node.kind == NODE_WILDCARD_IMPORT ||
           (node.field == FIELD_NAME && kind_is_named(node.kind));
}

void walk_import(Walk *walk, Node node) {
    statement_new(walk, STATEMENT_IMPORT, node);
    Nodes nodes = nodes_of(walk, node);
    ImportHead head = read_head(walk, node, nodes);
    uint32_t items = 0, position = 0;
    for (uint32_t i = 0; i < nodes.count; i++) items += is_item(node_at(walk, nodes, i));
    for (uint32_t i = 0; i < nodes.count; i++) {
        Node item = node_at(walk, nodes, i);
        if (!is_item(item)) continue;
        ImportFact row = new_row(walk, &head, node, item);
        row.item = position++;
        row.items = items;
        add_item(walk, row, item);
    }
    nodes_end(walk, nodes);
}
