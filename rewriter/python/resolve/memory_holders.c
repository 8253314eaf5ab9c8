// Buffers, temporary files and databases that live in memory: what is written to them stays in them, as in a list. Comes
// in: bindings and calls by name. Goes out: CALL_FILLS and CALL_GIVES_PART of what writes to them and reads them.
// Goes by the names of variables and attributes, whoever has them.
//
//     transcript = io.StringIO()              transcript.write(x), print(x, file=transcript), json.dump(x, transcript)
//     self.rows = csv.writer(self.buffer)     self.rows.writerow(x)
//     db = sqlite3.connect(":memory:")        db.cursor().execute("insert ...", x)
#include "base/bug.h"
#include "python/resolve/keeping_names.h"
#include "python/resolve/resolver.h"

enum { DEPTH_LIMIT = 8, ROUNDS = 3 }; // of a writer on a writer on a buffer

static ExprId argument_at(const Facts *facts, const CallFact *call, uint32_t index) {
    return index < call->argument_count ? facts_argument(facts, (ArgumentId){call->first_argument + index})->value
                                        : FACT_NONE(ExprId);
}

// ":memory:", or a name that is it: a constant, a parameter by its default.
static bool is_memory(const Facts *facts, ExprId path) {
    const ExprFact *row = facts_expr(facts, path);
    SymbolId symbol = facts->expr_symbols.items[path.index];
    if (row->kind == EXPR_NAME && fact_is(symbol)) {
        const BindingFact *binding = facts_binding(facts, facts_symbol(facts, symbol)->first_binding);
        path = fact_is(binding->parameter) ? facts_parameter(facts, binding->parameter)->default_value : binding->value;
        row = facts_expr(facts, path);
    }
    return fact_is(path) && row->kind == EXPR_STRING && str_find_str(facts_name(facts, row->name), STR(":memory:")) >= 0;
}

static bool is_made(const Facts *facts, const CallFact *call) {
    static const char *const makers[] = {"StringIO", "BytesIO", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile"};
    Str last = keeping_last_part(facts_name(facts, call->dotted));
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (str_is(last, makers[i])) return true;
    return call->argument_count && str_is(last, "connect") && is_memory(facts, argument_at(facts, call, 0));
}

static bool is_holder(const Facts *facts, ExprId expr, const bool *holders);

// csv.writer(buffer), db.cursor(): a call outside the tree that is given one, or is a method of one.
static bool is_made_of_holder(const Facts *facts, const CallFact *call, const bool *holders) {
    static const char *const makers[] = {"writer", "DictWriter", "TextIOWrapper", "BufferedWriter", "BufferedRandom", "GzipFile",
                                         "ZipFile", "Pickler", "cursor", "getwriter"};
    Str last = keeping_last_part(facts_name(facts, call->dotted));
    const ExprFact *callee = facts_expr(facts, call->callee);
    if (callee->kind == EXPR_ATTRIBUTE) last = facts_name(facts, callee->name);
    bool makes = false;
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) makes = makes || str_is(last, makers[i]);
    if (!makes) return false;
    if (callee->kind == EXPR_ATTRIBUTE && is_holder(facts, callee->base, holders)) return true;
    for (uint32_t i = 0; i < call->argument_count; i++)
        if (is_holder(facts, argument_at(facts, call, i), holders)) return true;
    return false;
}

// What stands before the dots of EXPR, or is what a local of that name was made of, has one of the names.
static bool is_holder(const Facts *facts, ExprId expr, const bool *holders) {
    for (int depth = 0; fact_is(expr) && depth < DEPTH_LIMIT; depth++) {
        const ExprFact *row = facts_expr(facts, expr);
        if (row->name.index && holders[row->name.index]) return true;
        if (row->kind == EXPR_CALL && depth == 0 && is_made_of_holder(facts, facts_call(facts, row->call), holders)) return true;
        SymbolId symbol = facts->expr_symbols.items[expr.index];
        bool name = row->kind == EXPR_NAME && fact_is(symbol);
        expr = name ? facts_binding(facts, facts_symbol(facts, symbol)->first_binding)->value : row->base;
    }
    return false;
}

static bool note(const Facts *facts, const BindingFact *binding, bool *holders) {
    const ExprFact *value = facts_expr(facts, binding->value);
    if (fact_is(value->base) && value->kind == EXPR_AWAIT) value = facts_expr(facts, value->base);
    if (!fact_is(binding->value) || value->kind != EXPR_CALL) return false;
    const CallFact *call = facts_call(facts, value->call);
    if (!is_made(facts, call) && !is_made_of_holder(facts, call, holders)) return false;
    Name name = fact_is(binding->symbol) ? facts_symbol(facts, binding->symbol)->name
                                         : facts_expr(facts, binding->target)->name;
    bool news = name.index && !holders[name.index];
    holders[name.index] = name.index != 0;
    return news;
}

// return self._file: whoever is called as the function, a property perhaps, is one.
static bool note_result(const Facts *facts, const StatementFact *statement, bool *holders) {
    if (statement->kind != STATEMENT_RETURN || facts_expr(facts, statement->value)->kind != EXPR_ATTRIBUTE ||
        !is_holder(facts, statement->value, holders))
        return false;
    Name name = facts_function(facts, facts_scope_function(facts, facts_expr(facts, statement->value)->scope))->name;
    bool news = name.index && !holders[name.index];
    holders[name.index] = name.index != 0;
    return news;
}

bool *memory_holders_find(const Facts *facts) {
    bool *holders = memory_alloc_zeroed(intern_count(facts->names) + 1, sizeof *holders), news = true;
    for (int round = 0; news && round < ROUNDS; round++) {
        news = false;
        for (uint32_t i = 1; i < facts->bindings.count; i++) news = note(facts, &facts->bindings.items[i], holders) || news;
        for (uint32_t i = 1; i < facts->statements.count; i++)
            news = note_result(facts, &facts->statements.items[i], holders) || news;
    }
    return holders;
}

// print(x, file=buffer), json.dump(x, buffer)
static bool writes_to_holder(const Facts *facts, const CallFact *call, uint32_t flags, const bool *holders) {
    if (flags & CALL_WRITES_TO) return is_holder(facts, argument_at(facts, call, 1), holders);
    for (uint32_t i = 0; (flags & CALL_PRINTS) && i < call->argument_count; i++) {
        const ArgumentFact *row = facts_argument(facts, (ArgumentId){call->first_argument + i});
        if (row->kind == ARGUMENT_KEYWORD && str_is(facts_name(facts, row->name), "file"))
            return is_holder(facts, row->value, holders);
    }
    return false;
}

uint32_t memory_holder_flags(const Facts *facts, const CallFact *call, uint32_t flags, const bool *holders) {
    const ExprFact *callee = facts_expr(facts, call->callee);
    if (writes_to_holder(facts, call, flags, holders)) return flags | CALL_FILLS;
    if (callee->kind != EXPR_ATTRIBUTE || !is_holder(facts, callee->base, holders)) return flags;
    if (flags == CALL_WRITES || str_is(facts_name(facts, callee->name), "dump")) return CALL_FILLS | CALL_GIVES_PART;
    return flags ? flags : CALL_GIVES_PART; // db.cursor(), rows.fetchall(), buffer.getvalue()
}
