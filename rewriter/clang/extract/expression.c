// Bodies, initialisers and macros. In: tokens up to an end. Out: a row for each name, member and call; the
// arguments of a call, with what they are where that is one expression.
//
// Nothing here knows whether a name is a function, a variable or a type: resolution asks the compiler.
#include "clang/extract/reader.h"

typedef struct Frame {
    char sign;          // the bracket
    ExprId call;        // whose arguments they are; none: others
    ExprId base;        // of base[...]; none: others
    uint32_t open;      // token
    uint32_t argument;  // token at which the one at hand begins
    ExprId value;       // the last expression in it that nothing is around
    bool dereferences;  // (*f)
    Vec(ArgumentFact) arguments;
} Frame;

typedef struct Walk {
    Reader *reader;
    Vec(Frame) frames;
    Vec(uint32_t) branches; // of each `#if`: how many frames were open
    ExprId operand;         // that ends at the token before; none: something else does
    uint32_t lasting;       // token that ends a declaration whose value is there before the function runs; 0: none
    ScopeId around;         // of that declaration
} Walk;

// ---- rows ----------------------------------------------------------------------------------------
static ExprId innermost_call(const Walk *walk) {
    for (uint32_t i = walk->frames.count; i-- > 0;)
        if (fact_is(walk->frames.items[i].call)) return walk->frames.items[i].call;
    return FACT_NONE(ExprId);
}

static ExprId add_expr(Walk *walk, ExprKind kind, uint32_t start, uint32_t end) {
    Reader *reader = walk->reader;
    if (!fact_is(reader->statement)) reader_begin_statement(reader, STATEMENT_EXPRESSION, start);
    ExprId id = {reader->facts->exprs.count};
    vec_add(&reader->facts->exprs, ((ExprFact){.kind = (uint8_t)kind,
                                               .parent = innermost_call(walk),
                                               .scope = reader->scope,
                                               .statement = reader->statement,
                                               .start = start,
                                               .end = end}));
    return id;
}

static ExprFact *row_of(Walk *walk, ExprId id) { return facts_expr_row(walk->reader->facts, id); }

// The expression is what stands in the argument at hand, unless more follows.
static void is_value(Walk *walk, ExprId id) {
    walk->operand = id;
    if (walk->frames.count) vec_last(&walk->frames)->value = id;
}

// ---- calls ---------------------------------------------------------------------------------------
static void open_frame(Walk *walk, uint32_t at, ExprId call) {
    bool indexes = reader_is(walk->reader, at, "[");
    vec_add(&walk->frames, ((Frame){.sign = reader_token(walk->reader, at)->sign,
                                    .call = call,
                                    .base = indexes ? walk->operand : FACT_NONE(ExprId),
                                    .open = at,
                                    .argument = at + 1,
                                    .dereferences = reader_is(walk->reader, at + 1, "*")}));
    walk->operand = FACT_NONE(ExprId);
}

static void open_call(Walk *walk, ExprId callee, ExprId call, uint32_t at) {
    Facts *facts = walk->reader->facts;
    ExprFact *row = row_of(walk, call);
    row->base = callee;
    row->call = (CallId){facts->calls.count};
    row_of(walk, callee)->parent = call;
    vec_add(&facts->calls, ((CallFact){.expr = call,
                                       .callee = callee,
                                       .module = {1},
                                       .open = reader_token(walk->reader, at)->start}));
    open_frame(walk, at, call);
}

static void end_argument(Walk *walk, Frame *frame, uint32_t at) {
    Reader *reader = walk->reader;
    uint32_t from = frame->argument, end = at;
    frame->argument = at + 1;
    while (from < end && reader_is_directive(reader, from)) from++;
    while (end > from && reader_is_directive(reader, end - 1)) end--;
    if (from == end) return;
    ArgumentFact argument = {.kind = ARGUMENT_POSITIONAL,
                             .value = frame->value,
                             .call = row_of(walk, frame->call)->call,
                             .start = reader_token(reader, from)->start,
                             .end = reader_token(reader, end - 1)->end};
    const ExprFact *value = row_of(walk, frame->value);
    bool whole = fact_is(frame->value) && value->start == argument.start && value->end == argument.end;
    if (!whole) argument.value = add_expr(walk, EXPR_OTHER, argument.start, argument.end);
    if (reader_is(reader, at, ",")) argument.comma = reader_token(reader, at)->start;
    frame->value = FACT_NONE(ExprId);
    vec_add(&frame->arguments, argument);
}

// Its arguments are rows one behind the other: those of calls inside it came first.
static void close_call(Walk *walk, Frame *frame, uint32_t at) {
    Facts *facts = walk->reader->facts;
    end_argument(walk, frame, at);
    ExprFact *row = row_of(walk, frame->call);
    CallFact *call = facts_call_row(facts, row->call);
    row->end = reader_token(walk->reader, at)->end;
    call->close = reader_token(walk->reader, at)->start;
    call->first_argument = facts->arguments.count;
    call->argument_count = frame->arguments.count;
    for (uint32_t i = 0; i < frame->arguments.count; i++)
        vec_add(&facts->arguments, frame->arguments.items[i]);
    vec_release(&frame->arguments);
}

static bool closes(char sign, char open) {
    return (sign == ')' && open == '(') || (sign == ']' && open == '[') || (sign == '}' && open == '{');
}

static ExprId add_subscript(Walk *walk, ExprId base, uint32_t at) {
    uint32_t start = row_of(walk, base)->start, end = reader_token(walk->reader, at)->end;
    ExprId id = add_expr(walk, EXPR_SUBSCRIPT, start, end);
    row_of(walk, id)->base = base;
    row_of(walk, base)->parent = id;
    return id;
}

// (p)->f, (*p).f have a member; (*f)(x) is a call. What else stands in brackets is no operand here: it may be a type.
static ExprId close_group(Walk *walk, const Frame *frame, uint32_t at) {
    const Reader *reader = walk->reader;
    bool member = frame->sign == '(' && (reader_is(reader, at + 1, "->") || reader_is(reader, at + 1, "."));
    if (member)
        return add_expr(walk, EXPR_OTHER, reader_token(reader, frame->open)->start, reader_token(reader, at)->end);
    return frame->dereferences ? frame->value : FACT_NONE(ExprId);
}

static void close_frame(Walk *walk, uint32_t at) {
    char sign = reader_token(walk->reader, at)->sign;
    if (walk->frames.count == 0 || !closes(sign, vec_last(&walk->frames)->sign)) {
        walk->operand = FACT_NONE(ExprId);
        return;
    }
    Frame frame = *vec_last(&walk->frames);
    if (fact_is(frame.call)) close_call(walk, vec_last(&walk->frames), at);
    walk->frames.count--;
    if (fact_is(frame.call))
        is_value(walk, frame.call);
    else if (fact_is(frame.base))
        is_value(walk, add_subscript(walk, frame.base, at));
    else
        walk->operand = close_group(walk, &frame, at);
}

// A call whose end is missing: the branch of an `#if` that is left.
static void drop_frames(Walk *walk, uint32_t count) {
    while (walk->frames.count > count) {
        Frame *frame = vec_last(&walk->frames);
        if (fact_is(frame->call)) {
            const ExprFact *row = row_of(walk, frame->call);
            CallFact *call = facts_call_row(walk->reader->facts, row->call);
            call->close = call->open + 1;
            row_of(walk, frame->call)->end = call->open + 1;
        }
        vec_release(&frame->arguments);
        walk->frames.count--;
    }
}

// ---- names ---------------------------------------------------------------------------------------
// The tokens FROM and END stand around (((name))), or around the name itself.
static void find_around(const Reader *reader, uint32_t at, uint32_t *from, uint32_t *end) {
    *from = at - 1;
    *end = at + 1;
    for (; *from > 0 && *from < at && reader_is(reader, *from, "(") && reader_is(reader, *end, ")"); (*end)++) (*from)--;
}

// `name = value`, not ==.
static bool is_assigned(const Reader *reader, uint32_t at) {
    uint32_t before = 0, behind = 0;
    find_around(reader, at, &before, &behind);
    const Token *next = reader_token(reader, behind);
    Str text = token_text(reader->text, next);
    if (next->kind != TOKEN_SIGN || text.length == 0) return false;
    bool equal = str_is(text, "=") || (text.length > 1 && text.data[text.length - 1] == '=' &&
                                       !str_is(text, "==") && !str_is(text, "!=") &&
                                       !str_is(text, "<=") && !str_is(text, ">="));
    bool counted = before < at && (reader_is(reader, before, "++") || reader_is(reader, before, "--"));
    return equal || counted || str_is(text, "++") || str_is(text, "--");
}

// &name, and not a & name; behind a cast, (void **)&name. Of a member it is the member's.
static bool is_addressed(const Reader *reader, uint32_t at) {
    uint32_t sign = 0, behind = 0;
    find_around(reader, at, &sign, &behind);
    bool all = !reader_is(reader, behind, "->") && !reader_is(reader, behind, ".") && !reader_is(reader, behind, "[") &&
               !reader_is(reader, behind, "(");
    if (!all || sign >= at || !reader_is(reader, sign, "&")) return false;
    if (sign == 0) return true; // the body of a macro
    const Token *before = reader_token(reader, sign - 1);
    if (reader_is(reader, sign - 1, ")")) return sign > 1 && reader_is(reader, sign - 2, "*");
    if (before->kind == TOKEN_NAME) return reader_names(reader, sign - 1, "return");
    return before->kind == TOKEN_SIGN && !reader_is(reader, sign - 1, "]");
}

// int name(int); in a body.
static bool is_prototype(const Walk *walk, uint32_t at, uint32_t close) {
    const Reader *reader = walk->reader;
    if (walk->frames.count > 0 || at == 0 || !fact_is(reader->around)) return false;
    const Token *before = reader_token(reader, at - 1);
    bool type = before->kind == TOKEN_NAME && (reader_is_name(reader, at - 1) ||
                                               token_is_type_word(reader_text(reader, at - 1)));
    return type && (reader_is(reader, close + 1, ";") || reader_is(reader, close + 1, ","));
}

static uint32_t read_name(Walk *walk, uint32_t at) {
    Reader *reader = walk->reader;
    const Token *token = reader_token(reader, at);
    bool called = reader_is(reader, at + 1, "(");
    uint32_t close = called ? reader_close(reader, at + 1) : 0;
    if (called && is_prototype(walk, at, close)) {
        reader_function(reader, at - 1, at, at + 1, close, FUNCTION_STUB);
        walk->operand = FACT_NONE(ExprId);
        return close;
    }
    if (called && reader_is_pointer(reader, at + 1)) { // type_t (*name)(int)
        walk->operand = FACT_NONE(ExprId);
        return reader_pointer(reader, at + 1);
    }
    ExprId call = called ? add_expr(walk, EXPR_CALL, token->start, token->end) : FACT_NONE(ExprId);
    ExprId id = add_expr(walk, EXPR_NAME, token->start, token->end);
    row_of(walk, id)->name = intern(reader->facts->names, reader_text(reader, at));
    if (is_assigned(reader, at)) row_of(walk, id)->flags |= EXPR_WRITTEN;
    if (is_addressed(reader, at)) row_of(walk, id)->flags |= EXPR_ADDRESSED;
    if (!called) {
        is_value(walk, id);
        return at;
    }
    open_call(walk, id, call, at + 1);
    return at + 1;
}

// The name behind `.` or `->`; a field of an initialiser has nothing before it.
static uint32_t read_member(Walk *walk, uint32_t at) {
    Reader *reader = walk->reader;
    if (!fact_is(walk->operand) || reader_token(reader, at + 1)->kind != TOKEN_NAME) {
        walk->operand = FACT_NONE(ExprId);
        return reader_token(reader, at + 1)->kind == TOKEN_NAME ? at + 1 : at;
    }
    ExprId base = walk->operand;
    const Token *name = reader_token(reader, at + 1);
    ExprId id = add_expr(walk, EXPR_ATTRIBUTE, row_of(walk, base)->start, name->end);
    row_of(walk, id)->base = base;
    row_of(walk, id)->name = intern(reader->facts->names, reader_text(reader, at + 1));
    row_of(walk, id)->name_start = name->start;
    row_of(walk, base)->parent = id;
    is_value(walk, id);
    return at + 1;
}

// `static int *level = &config.level;` in a body is no part of what the function does: a parameter has no value there.
static void begin_lasting(Walk *walk, uint32_t at) {
    Reader *reader = walk->reader;
    bool in_block = walk->frames.count == 0 || vec_last(&walk->frames)->sign == '{';
    if (!in_block || !fact_is(reader->around) || walk->lasting) return;
    uint32_t end = at, last = reader->list->count - 1;
    while (end < last && !reader_is(reader, end, ";") && !reader_is(reader, end, "}")) {
        bool opens = reader_is(reader, end, "(") || reader_is(reader, end, "[") || reader_is(reader, end, "{");
        end = opens ? reader_close(reader, end) + 1 : end + 1;
    }
    walk->lasting = end;
    walk->around = reader->scope;
    reader->scope = (ScopeId){1};
}

static void end_lasting(Walk *walk) {
    if (!walk->lasting) return;
    walk->reader->scope = walk->around;
    walk->lasting = 0;
}

static uint32_t read_word(Walk *walk, uint32_t at) {
    Reader *reader = walk->reader;
    if (reader_names(reader, at, "static")) begin_lasting(walk, at);
    bool tag = reader_names(reader, at, "struct") || reader_names(reader, at, "union") ||
               reader_names(reader, at, "enum") || reader_names(reader, at, "goto");
    walk->operand = FACT_NONE(ExprId);
    if (tag) return reader_is_name(reader, at + 1) ? at + 1 : at;
    if (reader_names(reader, at, "return") && !fact_is(reader->statement))
        reader_begin_statement(reader, STATEMENT_RETURN, reader_token(reader, at)->start);
    if (!reader_is_name(reader, at)) return at;
    bool label = !fact_is(reader->statement) && reader_is(reader, at + 1, ":") && at > 0 &&
                 !reader_names(reader, at - 1, "case");
    return label ? at + 1 : read_name(walk, at);
}

// ---- the walk --------------------------------------------------------------------------------------
static void read_branch(Walk *walk, uint32_t at) {
    TokenKind kind = reader_token(walk->reader, at)->kind;
    if (kind == TOKEN_IF) vec_add(&walk->branches, walk->frames.count);
    if (kind == TOKEN_ELSE && walk->branches.count) drop_frames(walk, *vec_last(&walk->branches));
    if (kind == TOKEN_ENDIF && walk->branches.count) walk->branches.count--;
    reader_directive(walk->reader, at);
}

static void read_comma(Walk *walk, uint32_t at) {
    Frame *frame = walk->frames.count ? vec_last(&walk->frames) : NULL;
    if (frame && fact_is(frame->call)) end_argument(walk, frame, at);
    walk->operand = FACT_NONE(ExprId);
}

static void read_open(Walk *walk, uint32_t at) {
    ExprId callee = walk->operand;
    bool called = fact_is(callee) && reader_is(walk->reader, at, "(");
    if (!called) {
        open_frame(walk, at, FACT_NONE(ExprId));
        return;
    }
    const ExprFact *row = row_of(walk, callee);
    open_call(walk, callee, add_expr(walk, EXPR_CALL, row->start, row->end), at);
}

// int (*name)(int), char *(*name)(int): behind a type. Else it is a call.
static bool is_declared_pointer(const Reader *reader, uint32_t at) {
    uint32_t before = at;
    while (before > 0 && reader_is(reader, before - 1, "*")) before--;
    if (before == 0 || reader_token(reader, before - 1)->kind != TOKEN_NAME) return false;
    bool type = token_is_type_word(reader_text(reader, before - 1)) ||
                (before > 1 && (reader_names(reader, before - 2, "struct") || reader_names(reader, before - 2, "union") ||
                                reader_names(reader, before - 2, "enum")));
    return type && reader_is_pointer(reader, at);
}

static uint32_t read_sign(Walk *walk, uint32_t at) {
    Reader *reader = walk->reader;
    char sign = reader_token(reader, at)->sign;
    if (reader_is(reader, at, ".") || reader_is(reader, at, "->")) return read_member(walk, at);
    if (is_declared_pointer(reader, at)) {
        walk->operand = FACT_NONE(ExprId);
        return reader_pointer(reader, at);
    }
    if (sign == '(' || sign == '[' || sign == '{') read_open(walk, at);
    if (sign == ')' || sign == ']' || sign == '}') close_frame(walk, at);
    if (reader_is(reader, at, ",")) read_comma(walk, at);
    bool ends = (sign == ';' || sign == '{' || sign == '}') &&
                (walk->frames.count == 0 || (walk->frames.count == 1 && sign == '{'));
    if (ends) reader_end_statement(reader, reader_token(reader, at)->end);
    if (sign != ')' && sign != ']' && sign != '(' && sign != '[') walk->operand = FACT_NONE(ExprId);
    return at;
}

void reader_expressions(Reader *reader, uint32_t end) {
    Walk walk = {.reader = reader};
    bool own = !fact_is(reader->around); // an initialiser or a macro is one statement
    StatementId statement = reader->statement;
    for (uint32_t i = reader->at; i < end; i++) {
        TokenKind kind = reader_token(reader, i)->kind;
        if (own) reader->statement = statement;
        if (i >= walk.lasting) end_lasting(&walk);
        if (reader_is_directive(reader, i))
            read_branch(&walk, i);
        else if (kind == TOKEN_NAME)
            i = read_word(&walk, i);
        else if (kind == TOKEN_SIGN)
            i = read_sign(&walk, i);
        else
            walk.operand = FACT_NONE(ExprId);
    }
    end_lasting(&walk);
    drop_frames(&walk, 0);
    if (own) reader->statement = statement;
    vec_release(&walk.frames);
    vec_release(&walk.branches);
    reader->at = end;
}
