// In: the tokens between the parentheses of a function. Out: its parameters, with what their declarations say of
// their type. A macro behind a name (`int fd UNUSED`), or in front (`__unused int fd`), is no name.
#include "clang/extract/reader.h"

// What one declaration says.
typedef struct Declared {
    uint32_t name; // token; 0: it has none
    uint32_t mark; // that says that nothing reads it; 0: none
    uint32_t type; // token of the tag or of the type's name; 0: a basic type
    uint32_t stars;
    bool constant, rest, function;
} Declared;

static bool is_qualifier(Str word) {
    return str_is(word, "const") || str_is(word, "volatile") || str_is(word, "restrict") ||
           str_is(word, "register") || str_is(word, "__restrict") || str_is(word, "_Atomic");
}

// UNUSED, __unused, G_GNUC_UNUSED, av_unused
static bool is_unused_mark(Str word) {
    Str wanted = STR("unused");
    for (size_t i = 0; i + wanted.length <= word.length; i++) {
        size_t k = 0;
        while (k < wanted.length && (word.data[i + k] | 0x20) == wanted.data[k]) k++;
        if (k == wanted.length) return true;
    }
    return false;
}

static bool is_tag(Str word) { return str_is(word, "struct") || str_is(word, "union") || str_is(word, "enum"); }

static void read_word(const Reader *reader, uint32_t at, Declared *declared, bool *basic) {
    Str word = reader_text(reader, at);
    if (is_unused_mark(word) && (!declared->name || !declared->mark)) {
        declared->mark = at;
        return;
    }
    if (str_is(word, "const")) declared->constant |= declared->stars == 0;
    if (is_qualifier(word)) return;
    if (token_is_keyword(word)) {
        *basic = *basic || !is_tag(word);
        declared->type = 0; // what stood before is a macro of some kind
    } else if (!*basic && !declared->type) {
        declared->type = at;
    } else if (!declared->name) {
        declared->name = at;
    } else if (declared->stars == 0) { // KIND type name: the first is a macro of some kind
        declared->type = declared->name;
        declared->name = at;
    }
}

static Declared read_declared(const Reader *reader, uint32_t from, uint32_t end) {
    Declared declared = {0};
    bool basic = false;
    for (uint32_t i = from; i < end; i++) {
        const Token *token = reader_token(reader, i);
        if (token->kind == TOKEN_NAME && str_is(reader_text(reader, i), "__attribute__")) {
            i = reader_close(reader, i + 1);
        } else if (token->kind == TOKEN_NAME) {
            read_word(reader, i, &declared, &basic);
        } else if (reader_is(reader, i, "...")) {
            declared.rest = true;
        } else if (reader_is(reader, i, "*")) {
            declared.stars++;
        } else if (reader_is(reader, i, "(")) { // int (*name)(int), int name(int)
            uint32_t close = reader_close(reader, i);
            for (uint32_t k = i + 1; k < close && !declared.name; k++)
                if ((reader_is(reader, i + 1, "*") || close == i + 2) && reader_is_name(reader, k)) declared.name = k;
            declared.function = true;
            i = close;
        } else if (reader_is(reader, i, "[")) { // the address of the first
            declared.stars++;
            i = reader_close(reader, i);
        }
    }
    return declared;
}

static void add_parameter(Reader *reader, FunctionId function, uint32_t from, uint32_t end) {
    Facts *facts = reader->facts;
    bool macro = facts_function(facts, function)->flags & FUNCTION_MACRO;
    Declared declared = read_declared(reader, from, end);
    if (macro) declared = (Declared){.name = reader_is_name(reader, from) ? from : 0, .rest = declared.rest};
    ParameterId id = {facts->parameters.count};
    ParameterFact row = {.kind = declared.rest ? PARAMETER_REST : PARAMETER_POSITIONAL_ONLY,
                         .function = function,
                         .start = reader_token(reader, from)->start,
                         .end = reader_token(reader, end - 1)->end,
                         .constant = declared.constant && declared.stars > 0,
                         .by_value = declared.stars == 0};
    if (declared.stars <= 1 && declared.type && !declared.function)
        row.declared = intern(facts->names, reader_text(reader, declared.type));
    if (declared.type && !is_tag(reader_text(reader, declared.type > from ? declared.type - 1 : from)))
        row.spelled = intern(facts->names, reader_text(reader, declared.type));
    if (reader_is(reader, end, ",")) row.comma = reader_token(reader, end)->start;
    ScopeId body = facts_function(facts, function)->body;
    if (declared.mark) row.mark = intern(facts->names, reader_text(reader, declared.mark));
    row.mark_before = declared.mark && declared.mark == from;
    if (declared.name) {
        Str name = reader_text(reader, declared.name);
        row.name = intern(facts->names, name);
        row.symbol = reader_symbol(reader, body, name, SYMBOL_PARAMETER);
    }
    vec_add(&facts->parameters, row);
    facts_function_row(facts, function)->parameter_count++;
    if (!declared.name) return;
    reader_bind(reader, (BindingFact){.kind = BINDING_PARAMETER, .symbol = row.symbol, .parameter = id},
                declared.name);
}

void reader_parameters(Reader *reader, FunctionId function, uint32_t open, uint32_t close) {
    facts_function_row(reader->facts, function)->first_parameter = reader->facts->parameters.count;
    bool nothing = close == open + 2 && reader_names(reader, open + 1, "void");
    if (nothing || close == open + 1) return;
    uint32_t from = open + 1, depth = 0;
    for (uint32_t i = open + 1; i <= close; i++) {
        if (reader_is(reader, i, "(") || reader_is(reader, i, "[")) depth++;
        if ((reader_is(reader, i, ")") || reader_is(reader, i, "]")) && depth > 0 && i < close) depth--;
        bool ends = i == close || (depth == 0 && reader_is(reader, i, ","));
        if (!ends) continue;
        while (from < i && reader_is_directive(reader, from)) from++;
        uint32_t end = i;
        while (end > from && reader_is_directive(reader, end - 1)) end--;
        if (end > from) add_parameter(reader, function, from, end);
        from = i + 1;
    }
}
