// Single parameters and arguments at any place of their list. In: a place in a list of the facts. Out: edits beside
// the items that are there, in the layout that they have.
#include "python/write/layout.h"
#include "python/write/operations.h"

typedef Vec(ListItem) ListItems;

static void collect_parameters(const Facts *facts, const FunctionFact *function, ListItems *items) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *parameter = &facts->parameters.items[function->first_parameter + i];
        vec_add(items, ((ListItem){parameter->start, parameter->end, parameter->comma}));
    }
}

static void collect_arguments(const Facts *facts, const CallFact *call, ListItems *items) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        vec_add(items, ((ListItem){argument->start, argument->end, argument->comma}));
    }
}

// ---- more -------------------------------------------------------------------------------------------
static Str joined(Arena *arena, const Str *texts, uint32_t count) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) strbuf_add(&text, STR(", "));
        strbuf_add(&text, texts[i]);
    }
    Str result = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return result;
}

typedef struct GrowingList {
    uint32_t open, close; // offsets of the parentheses
    const ListItem *items;
    uint32_t count, place; // the texts go before items[place]; place == count: behind all
    const Str *texts;
    uint32_t text_count;
} GrowingList;

static void insert(const Writing *writing, const GrowingList *list, bool on_one_line) {
    if (list->count == 0)
        list_fill(writing, list->open, list->close, joined(writing->out->arena, list->texts, list->text_count));
    else if (list->place == list->count)
        list_append(writing, list->items, list->count, list->texts, list->text_count, on_one_line);
    else
        list_insert(writing, list->items, list->count, list->place, list->texts, list->text_count);
}

void write_insert_parameters(const Facts *facts, FunctionId id, uint32_t place, const Str *texts, uint32_t count,
                             const ContextText *documented, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, id);
    Writing writing = writing_on(facts, function->module, out);
    ListItems items = {0};
    collect_parameters(facts, function, &items);
    GrowingList list = {function->open, function->close, items.items, items.count, place, texts, count};
    insert(&writing, &list, function->flags & FUNCTION_SINGLE_LINE);
    if (documented) write_document_parameter(facts, id, documented, out);
    vec_release(&items);
}

// f(x for x in y): the generator gets parentheses of its own.
static void insert_beside_generator(const Writing *writing, const CallFact *call, uint32_t place, Str text) {
    Arena *arena = writing->out->arena;
    bool before = place == 0;
    write_insert(writing, call->open + 1, before ? arena_format(arena, "%.*s, (", STR_ARG(text)) : STR("("));
    write_insert(writing, call->close, before ? STR(")") : arena_format(arena, "), %.*s", STR_ARG(text)));
}

void write_insert_argument(const Facts *facts, CallId id, uint32_t place, Str text, TextEdits *out) {
    const CallFact *call = facts_call(facts, id);
    Writing writing = writing_on(facts, call->module, out);
    if (call->flags & CALL_GENERATOR_ARGUMENT) {
        insert_beside_generator(&writing, call, place, text);
        return;
    }
    ListItems items = {0};
    collect_arguments(facts, call, &items);
    GrowingList list = {call->open, call->close, items.items, items.count, place, &text, 1};
    insert(&writing, &list, facts_expr(facts, call->expr)->flags & EXPR_IN_INTERPOLATION);
    vec_release(&items);
}

// ---- less -------------------------------------------------------------------------------------------
// Behind `*` stands nothing but this one, and perhaps `**rest`.
static bool is_last_keyword(const Facts *facts, const FunctionFact *function, uint32_t at) {
    const ParameterFact *rows = &facts->parameters.items[function->first_parameter];
    bool after_mark = at > 0 && rows[at - 1].kind == PARAMETER_STAR_MARK;
    bool last = at + 1 == function->parameter_count || rows[at + 1].kind == PARAMETER_KEYWORD_REST;
    return after_mark && last;
}

// Before `/` stands nothing but this one.
static bool is_last_positional(const Facts *facts, const FunctionFact *function, uint32_t at) {
    const ParameterFact *rows = &facts->parameters.items[function->first_parameter];
    return at == 0 && function->parameter_count > 1 && rows[1].kind == PARAMETER_SLASH_MARK;
}

void write_remove_parameter(const Facts *facts, ParameterId id, TextEdits *out) {
    const FunctionFact *function = facts_function(facts, facts_parameter(facts, id)->function);
    Writing writing = writing_on(facts, function->module, out);
    uint32_t at = id.index - function->first_parameter;
    ListItems items = {0};
    collect_parameters(facts, function, &items);
    if (is_last_keyword(facts, function, at)) { // the two are one item
        items.items[at - 1].end = items.items[at].end;
        items.items[at - 1].comma = items.items[at].comma;
        memmove(&items.items[at], &items.items[at + 1], (items.count - at - 1) * sizeof *items.items);
        items.count--;
        at--;
    } else if (is_last_positional(facts, function, at)) {
        items.items[1].start = items.items[0].start;
        memmove(&items.items[0], &items.items[1], (items.count - 1) * sizeof *items.items);
        items.count--;
    }
    list_remove(&writing, items.items, items.count, at);
    vec_release(&items);
}

void write_remove_argument(const Facts *facts, ArgumentId id, TextEdits *out) {
    const CallFact *call = facts_call(facts, facts_argument(facts, id)->call);
    Writing writing = writing_on(facts, call->module, out);
    ListItems items = {0};
    collect_arguments(facts, call, &items);
    if (call->flags & CALL_GENERATOR_ARGUMENT) // its parentheses are those of the call
        write_replace(&writing, call->open + 1, call->close, STR_NONE);
    else
        list_remove(&writing, items.items, items.count, id.index - call->first_argument);
    vec_release(&items);
}

void write_drop_statement(const Facts *facts, StatementId id, TextEdits *out) {
    const StatementFact *statement = facts_statement(facts, id);
    Writing writing = writing_on(facts, facts_scope(facts, statement->scope)->module, out);
    StatementList block = {0};
    uint32_t beside = 0;
    layout_children(facts, statement->parent, &block);
    for (uint32_t i = 0; i < block.list.count; i++)
        if (facts_statement(facts, block.list.items[i])->branch == statement->branch) beside++;
    if (beside > 1)
        layout_remove_lines(&writing, statement->start, statement->end, fact_same(block.list.items[0], id));
    else
        write_replace(&writing, statement->start, statement->end, STR("pass"));
    vec_release(&block.list);
}
