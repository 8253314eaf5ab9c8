// Kept statements as new rows. In: a "0" that the walk came to, the old rows of what it stands for. Out: these rows at
// the end of the new tables, moved, as the walk would have added them; what resolution filled in is gone.
#include "python/extract/kept.h"

#include "base/bug.h"

// Flags that the walk finds out.
enum {
    WALKED_CALL = CALL_AWAITED | CALL_GENERATOR_ARGUMENT | CALL_STATEMENT,
    RESOLVED_FUNCTION = FUNCTION_OVERRIDES_FOREIGN | FUNCTION_FIXED_SIGNATURE | FUNCTION_DECORATES,
};

// One run on its way.
typedef struct Taking {
    Walk *walk;
    Kept *kept;
    const Facts *old;
    uint32_t first, end, made; // old statements, and the row that the first one becomes
    Stretch rows[KEPT_TABLE_COUNT];
    uint32_t base[KEPT_TABLE_COUNT]; // the row that the first of `rows` becomes
    ScopeId outside;                 // of the old statements
    uint32_t shift;
} Taking;

// ---- ids, names, offsets -----------------------------------------------------------------------------
static uint32_t moved(const Taking *taking, KeptTable table, uint32_t row) {
    Stretch rows = taking->rows[table];
    if (row == 0) return 0;
    if (row < rows.first || row >= rows.end) taking->kept->lost = true;
    return taking->base[table] + (row - rows.first);
}

static ScopeId moved_scope(const Taking *taking, ScopeId scope) {
    if (fact_same(scope, taking->outside)) return taking->walk->at.scope;
    return (ScopeId){moved(taking, KEPT_SCOPES, scope.index)};
}

static StatementId moved_statement(const Taking *taking, StatementId statement) {
    if (statement.index < taking->first || statement.index >= taking->end) taking->kept->lost = true;
    return (StatementId){taking->made + (statement.index - taking->first)};
}

static Name moved_name(const Taking *taking, Name name) {
    uint32_t index = 0;
    if (name.index == 0 || map_get(&taking->kept->names, name.index, &index)) return (Name){index};
    Name made = intern(taking->walk->facts->names, facts_name(taking->old, name));
    map_put(&taking->kept->names, name.index, made.index);
    return made;
}

static void move_offset(const Taking *taking, uint32_t *offset) {
    if (*offset != 0) *offset += taking->shift;
}

// ---- rows ------------------------------------------------------------------------------------------
static void take_scope(Taking *taking, const ScopeFact *old) {
    ScopeId id = scope_new(taking->walk, old->kind, moved_scope(taking, old->parent));
    facts_scope_row(taking->walk->facts, id)->function = (FunctionId){moved(taking, KEPT_FUNCTIONS, old->function.index)};
    SymbolId s = old->first_symbol;
    for (; fact_is(s); s = facts_symbol(taking->old, s)->next_in_scope) {
        const SymbolFact *row = facts_symbol(taking->old, s);
        SymbolId made = symbol_of(taking->walk, id, moved_name(taking, row->name));
        facts_symbol_row(taking->walk->facts, made)->flags = row->flags;
    }
}

// SYMBOL's namesake in the new text.
static SymbolId moved_symbol(Taking *taking, SymbolId symbol) {
    const SymbolFact *row = facts_symbol(taking->old, symbol);
    if (!fact_is(symbol)) return symbol;
    return symbol_of(taking->walk, moved_scope(taking, row->scope), moved_name(taking, row->name));
}

static void take_expr(Taking *taking, ExprFact row) {
    row.name = moved_name(taking, row.name);
    row.base.index = moved(taking, KEPT_EXPRS, row.base.index);
    row.first_child.index = moved(taking, KEPT_EXPRS, row.first_child.index);
    row.next_sibling.index = moved(taking, KEPT_EXPRS, row.next_sibling.index);
    row.parent.index = moved(taking, KEPT_EXPRS, row.parent.index);
    row.scope = moved_scope(taking, row.scope);
    row.statement = moved_statement(taking, row.statement);
    row.call.index = moved(taking, KEPT_CALLS, row.call.index);
    row.function.index = moved(taking, KEPT_FUNCTIONS, row.function.index);
    row.start += taking->shift;
    row.end += taking->shift;
    move_offset(taking, &row.name_start);
    vec_add(&taking->walk->facts->exprs, row);
    if (row.kind != EXPR_YIELD) return;
    FunctionId function = facts_scope_function(taking->walk->facts, row.scope);
    if (fact_is(function) && fact_same(function, taking->walk->at.function))
        facts_function_row(taking->walk->facts, function)->flags |= FUNCTION_GENERATOR;
}

static void take_statement(Taking *taking, StatementFact row) {
    row.scope = moved_scope(taking, row.scope);
    bool inside = row.parent.index >= taking->first;
    row.parent = inside ? moved_statement(taking, row.parent) : taking->walk->at.block;
    row.waits = false;
    row.value.index = moved(taking, KEPT_EXPRS, row.value.index);
    row.start += taking->shift;
    row.end += taking->shift;
    vec_add(&taking->walk->facts->statements, row);
}

static void take_import(Taking *taking, const ImportFact *old) {
    ImportFact row = {
        .kind = old->kind,
        .module = taking->walk->module,
        .level = old->level,
        .path = moved_name(taking, old->path),
        .name = moved_name(taking, old->name),
        .bound = moved_name(taking, old->bound),
        .has_alias = old->has_alias,
        .type_checking = old->type_checking,
        .guarded = old->guarded,
        .at_top = old->at_top,
        .symbol = moved_symbol(taking, old->symbol),
        .scope = moved_scope(taking, old->scope),
        .statement = moved_statement(taking, old->statement),
        .item = old->item,
        .items = old->items,
        .start = old->start + taking->shift,
        .end = old->end + taking->shift,
        .name_start = old->name_start,
        .name_end = old->name_end,
        .path_start = old->path_start,
        .path_end = old->path_end,
        .statement_start = old->statement_start + taking->shift,
        .statement_end = old->statement_end + taking->shift,
        .parenthesized = old->parenthesized,
    };
    move_offset(taking, &row.name_start);
    move_offset(taking, &row.name_end);
    move_offset(taking, &row.path_start);
    move_offset(taking, &row.path_end);
    vec_add(&taking->walk->facts->imports, row);
}

static void take_function(Taking *taking, FunctionFact row) {
    const Walk *walk = taking->walk;
    row.name = moved_name(taking, row.name);
    row.qualified = moved_name(taking, row.qualified);
    row.module = walk->module;
    row.scope = moved_scope(taking, row.scope);
    row.body = moved_scope(taking, row.body);
    if (fact_is(row.statement)) row.statement = moved_statement(taking, row.statement);
    if (fact_is(row.klass)) row.klass = facts_scope(walk->facts, walk->at.scope)->klass;
    bool inside = row.enclosing.index >= taking->rows[KEPT_FUNCTIONS].first;
    row.enclosing.index = inside ? moved(taking, KEPT_FUNCTIONS, row.enclosing.index) : walk->at.function.index;
    row.flags &= ~(uint32_t)RESOLVED_FUNCTION;
    row.first_parameter = moved(taking, KEPT_PARAMETERS, row.first_parameter);
    row.first_decorator.index = moved(taking, KEPT_EXPRS, row.first_decorator.index);
    row.returns.index = moved(taking, KEPT_EXPRS, row.returns.index);
    row.start += taking->shift;
    row.end += taking->shift;
    uint32_t *offsets[] = {&row.keyword_start, &row.name_start, &row.name_end,  &row.open,
                           &row.close,         &row.header_end, &row.body_start, &row.docstring_end};
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) move_offset(taking, offsets[i]);
    row.family = 0;
    vec_add(&walk->facts->functions, row);
}

static void take_parameter(Taking *taking, const ParameterFact *old) {
    ParameterFact row = {
        .kind = old->kind,
        .name = moved_name(taking, old->name),
        .function = {moved(taking, KEPT_FUNCTIONS, old->function.index)},
        .symbol = moved_symbol(taking, old->symbol),
        .annotation = {moved(taking, KEPT_EXPRS, old->annotation.index)},
        .default_value = {moved(taking, KEPT_EXPRS, old->default_value.index)},
        .start = old->start + taking->shift,
        .end = old->end + taking->shift,
        .comma = old->comma,
    };
    move_offset(taking, &row.comma);
    vec_add(&taking->walk->facts->parameters, row);
}

static void take_call(Taking *taking, CallFact row) {
    row.expr.index = moved(taking, KEPT_EXPRS, row.expr.index);
    row.callee.index = moved(taking, KEPT_EXPRS, row.callee.index);
    row.module = taking->walk->module;
    row.flags &= WALKED_CALL;
    if (row.argument_count > 0)
        row.first_argument = moved(taking, KEPT_ARGUMENTS, row.first_argument);
    else
        row.first_argument = taking->walk->facts->arguments.count;
    move_offset(taking, &row.open);
    move_offset(taking, &row.close);
    row.dotted = NAME_NONE;
    vec_add(&taking->walk->facts->calls, row);
}

static void take_argument(Taking *taking, ArgumentFact row) {
    row.name = moved_name(taking, row.name);
    row.value.index = moved(taking, KEPT_EXPRS, row.value.index);
    row.call.index = moved(taking, KEPT_CALLS, row.call.index);
    row.start += taking->shift;
    row.end += taking->shift;
    move_offset(taking, &row.comma);
    vec_add(&taking->walk->facts->arguments, row);
}

static void take_binding(Taking *taking, BindingFact row) {
    Walk *walk = taking->walk;
    BindingId id = {walk->facts->bindings.count};
    row.symbol = moved_symbol(taking, row.symbol);
    row.target.index = moved(taking, KEPT_EXPRS, row.target.index);
    row.value.index = moved(taking, KEPT_EXPRS, row.value.index);
    row.annotation.index = moved(taking, KEPT_EXPRS, row.annotation.index);
    row.scope = moved_scope(taking, row.scope);
    row.statement = moved_statement(taking, row.statement);
    row.import_.index = moved(taking, KEPT_IMPORTS, row.import_.index);
    row.function.index = moved(taking, KEPT_FUNCTIONS, row.function.index);
    row.parameter.index = moved(taking, KEPT_PARAMETERS, row.parameter.index);
    row.next_of_symbol = FACT_NONE(BindingId);
    row.start += taking->shift;
    row.end += taking->shift;
    vec_add(&walk->facts->bindings, row);
    if (fact_is(row.symbol)) symbol_add_binding(walk, row.symbol, id);
}

static void take_directives(Taking *taking, const KeptRun *run) {
    Facts *facts = taking->walk->facts;
    for (uint32_t i = taking->kept->directives.first; i < taking->kept->directives.end; i++) {
        DirectiveFact row = taking->old->directives.items[i];
        if (row.start < run->start || row.start >= run->close) continue;
        directive_add(facts, (DirectiveFact){taking->walk->module, row.start + taking->shift, row.end + taking->shift});
    }
}

// ---- a run -----------------------------------------------------------------------------------------
static Stretch rows_of_run(const Kept *kept, const KeptRun *run, KeptTable table) {
    Stretch all = {0};
    for (uint32_t i = run->first; i < run->end; i++) {
        Stretch rows = kept->rows[table][i - kept->statements.first];
        if (rows.end == 0) continue;
        if (all.end == 0 || rows.first < all.first) all.first = rows.first;
        if (rows.end > all.end) all.end = rows.end;
    }
    return all;
}

static Taking start_taking(Walk *walk, const KeptRun *run) {
    Kept *kept = walk->kept;
    const Facts *facts = walk->facts, *old = kept->old->facts;
    Taking taking = {.walk = walk,
                     .kept = kept,
                     .old = old,
                     .first = run->first,
                     .end = run->end,
                     .made = facts->statements.count,
                     .outside = old->statements.items[run->first].scope,
                     .shift = run->shift};
    const uint32_t counts[KEPT_TABLE_COUNT] = {
        [KEPT_SCOPES] = facts->scopes.count,       [KEPT_BINDINGS] = facts->bindings.count,
        [KEPT_EXPRS] = facts->exprs.count,         [KEPT_IMPORTS] = facts->imports.count,
        [KEPT_FUNCTIONS] = facts->functions.count, [KEPT_PARAMETERS] = facts->parameters.count,
        [KEPT_CALLS] = facts->calls.count,         [KEPT_ARGUMENTS] = facts->arguments.count,
    };
    for (uint32_t i = 0; i < KEPT_TABLE_COUNT; i++) {
        taking.rows[i] = rows_of_run(kept, run, (KeptTable)i);
        taking.base[i] = counts[i];
    }
    return taking;
}

#define TAKE_ROWS(table, take)                                                                     \
    for (uint32_t i = taking.rows[table].first; i < taking.rows[table].end; i++) take

// Scopes and functions come first, which other rows look at; then bindings, which make symbols in the order of the text.
static void take_run(Walk *walk, const KeptRun *run) {
    Taking taking = start_taking(walk, run);
    const Facts *old = taking.old;
    TAKE_ROWS(KEPT_SCOPES, take_scope(&taking, &old->scopes.items[i]));
    TAKE_ROWS(KEPT_FUNCTIONS, take_function(&taking, old->functions.items[i]));
    TAKE_ROWS(KEPT_BINDINGS, take_binding(&taking, old->bindings.items[i]));
    TAKE_ROWS(KEPT_EXPRS, take_expr(&taking, old->exprs.items[i]));
    for (uint32_t i = run->first; i < run->end; i++) take_statement(&taking, old->statements.items[i]);
    TAKE_ROWS(KEPT_IMPORTS, take_import(&taking, &old->imports.items[i]));
    TAKE_ROWS(KEPT_PARAMETERS, take_parameter(&taking, &old->parameters.items[i]));
    TAKE_ROWS(KEPT_CALLS, take_call(&taking, old->calls.items[i]));
    TAKE_ROWS(KEPT_ARGUMENTS, take_argument(&taking, old->arguments.items[i]));
    take_directives(&taking, run);
}

// Is the walk in a block of the same kind as the old statements, in blocks of the same kinds?
static bool is_same_place(const Walk *walk, const KeptRun *run) {
    const Facts *facts = walk->facts, *old = walk->kept->old->facts;
    const StatementFact *row = &old->statements.items[run->first];
    StatementId now = walk->at.block, before = row->parent;
    uint8_t branch = walk->at.branch, branch_before = row->branch;
    while (fact_is(now) && fact_is(before)) {
        const StatementFact *a = facts_statement(facts, now), *b = facts_statement(old, before);
        if (a->kind != b->kind || branch != branch_before) return false;
        branch = a->branch;
        branch_before = b->branch;
        now = a->parent;
        before = b->parent;
    }
    const ScopeFact *scope = facts_scope(facts, walk->at.scope), *scope_before = facts_scope(old, row->scope);
    return !fact_is(now) && !fact_is(before) && scope->kind == scope_before->kind;
}

// Names of what is defined begin with where they stand; whether type checkers alone run a line is a matter of
// conditions.
static bool means_the_same(const Walk *walk, const KeptRun *run) {
    const Facts *old = walk->kept->old->facts;
    Stretch functions = rows_of_run(walk->kept, run, KEPT_FUNCTIONS);
    Str prefix = facts_name(walk->facts, walk->at.prefix);
    if (functions.end > 0) {
        Str name = facts_name(old, old->functions.items[functions.first].qualified);
        if (!str_starts_with(name, prefix) || name.length <= prefix.length || name.data[prefix.length] != '.')
            return false;
        if (str_find(str_slice(name, prefix.length + 1, name.length), '.') >= 0) return false;
    }
    Stretch exprs = rows_of_run(walk->kept, run, KEPT_EXPRS), imports = rows_of_run(walk->kept, run, KEPT_IMPORTS);
    bool checking = (walk->at.flags & EXPR_TYPE_CHECKING) != 0;
    if (exprs.end > 0 && ((old->exprs.items[exprs.first].flags & EXPR_TYPE_CHECKING) != 0) != checking) return false;
    StatementId parent = old->statements.items[run->first].parent;
    for (uint32_t i = imports.first; i < imports.end; i++) {
        const ImportFact *row = &old->imports.items[i];
        bool directly = fact_same(facts_statement(old, row->statement)->parent, parent);
        if (directly && row->type_checking != checking) return false;
    }
    return true;
}

// A line that follows deeper inside than the run begins would go on with its last block.
static bool is_followed_by_its_like(const Walk *walk, uint32_t start, uint32_t end) {
    Str text = walk->text, indent = source_line_indent(walk->file, start);
    for (;;) {
        ptrdiff_t line_end = str_find(str_slice(text, end, text.length), '\n');
        if (line_end < 0) return true;
        end += (uint32_t)line_end + 1;
        Str next = source_line_indent(walk->file, end);
        size_t code = end + next.length;
        char c = code < text.length ? text.data[code] : '\n';
        if (c != '\n' && c != '\r' && c != '#') return c != '\f' && str_starts_with(indent, next);
    }
}

bool kept_take(Walk *walk, Node node, uint32_t *end) {
    Kept *kept = walk->kept;
    if (kept == NULL || kept->next == kept->runs.count) return false;
    const KeptRun *run = &kept->runs.items[kept->next];
    if (node.start != run->start + run->shift) return false;
    kept->next++;
    *end = run->close + run->shift;
    bool fits = node.kind == NODE_EXPRESSION_STATEMENT && node.end == node.start + 1 && !kept->lost &&
                !follows_on_line(walk->text, node.start) && is_followed_by_its_like(walk, node.start, *end) && is_same_place(walk, run) && means_the_same(walk, run);
    if (fits)
        take_run(walk, run);
    else
        kept->lost = true;
    return true;
}
