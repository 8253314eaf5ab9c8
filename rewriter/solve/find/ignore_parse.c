// Suppression comments: what they say.
// Comes in: the comments that mention weft. Goes out: Solution.ignores, a row an id, and W711 to W713 for
// what is not understood. Must not decide what a comment stands for; that is ignore.c.
//
//   # weft: ignore[config, W304] the version is the same for all tenants
//   # weft: ignore-file[memory] a tool for developers
#include "rule/mistake.h"
#include "solve/solver.h"

typedef struct Reader {
    Solver *solver;
    ModuleId module;
    FileId file;
    Str text;     // of the whole file
    uint32_t at;  // what is read next
    uint32_t end; // of this part of the comment
    uint32_t unknown; // ids of this comment that name nothing
} Reader;

enum { SHOWN_UNKNOWN = 20 }; // of one comment, which may have a hundred thousand

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

static void skip_blanks(Reader *reader) {
    while (reader->at < reader->end && is_blank(reader->text.data[reader->at])) reader->at++;
}

static bool is_id_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static Str read_id(Reader *reader) {
    uint32_t start = reader->at;
    while (reader->at < reader->end && is_id_byte(reader->text.data[reader->at])) reader->at++;
    return str_slice(reader->text, start, reader->at);
}

static bool read_char(Reader *reader, char c) {
    skip_blanks(reader);
    if (reader->at >= reader->end || reader->text.data[reader->at] != c) return false;
    reader->at++;
    return true;
}

// ---- mistakes ----------------------------------------------------------------------------------------
static void malformed(const Reader *reader, uint32_t start, const char *what) {
    uint32_t end = reader->end > start ? reader->end : start;
    diagnostic_add(reader->solver->diagnostics, DIAGNOSTIC_W711,
                   (Span){reader->file, start, end}, "the comment is not understood: %s", what);
    diagnostic_help(reader->solver->diagnostics,
                    "write '# weft: ignore[id] reason' or '# weft: ignore-file[id] reason'");
}

static void unknown_id(Reader *reader, const Ignore *ignore, Str id) {
    if (reader->unknown++ >= SHOWN_UNKNOWN) return;
    const Rules *rules = reader->solver->program->rules;
    Diagnostics *diagnostics = reader->solver->diagnostics;
    Vec(Str) known = {0};
    for (uint32_t i = 0; i < rules->sinks.count; i++) vec_add(&known, rules->sinks.items[i].id);
    for (uint32_t i = 0; i < rules->families.count; i++) vec_add(&known, rules->families.names[i]);
    Str near = near_name(id, known.items, known.count);
    diagnostic_add(diagnostics, DIAGNOSTIC_W712, ignore->id,
                   "'%.*s' is no sink of the rules, no family and no code that can be ignored",
                   STR_ARG(id));
    if (near.length) diagnostic_help(diagnostics, "did you mean '%.*s'?", STR_ARG(near));
    vec_release(&known);
}

static void count_unknown(const Reader *reader, Span comment) {
    if (reader->unknown <= SHOWN_UNKNOWN) return;
    diagnostic_add(reader->solver->diagnostics, DIAGNOSTIC_W712, comment,
                   "%u more ids of this comment name nothing", reader->unknown - SHOWN_UNKNOWN);
}

// ---- one comment ---------------------------------------------------------------------------------------
// Only refused and doubtful sites can be waved through: an error is never.
static bool find_code(Str id, DiagnosticCode *code) {
    return diagnostic_code_find(id, code) && diagnostic_code_is_site(*code);
}

// What the id names; false when that is nothing.
static bool resolve_id(const Rules *rules, Str id, Ignore *ignore) {
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        if (str_equal(rules->sinks.items[i].id, id)) ignore->rule = i + 1;
    ignore->has_family = family_find(&rules->families, id, &ignore->family);
    ignore->has_code = find_code(id, &ignore->code);
    return ignore->rule || ignore->has_family || ignore->has_code;
}

static void read_ids(Reader *reader, Ignore prototype) {
    Solution *solution = reader->solver->solution;
    uint32_t first = solution->ignores.count;
    do {
        skip_blanks(reader);
        uint32_t start = reader->at;
        Str id = read_id(reader);
        if (!id.length) {
            malformed(reader, start, "an id is missing");
            solution->ignores.count = first;
            return;
        }
        Ignore ignore = prototype;
        ignore.id = (Span){reader->file, start, reader->at};
        if (resolve_id(reader->solver->program->rules, id, &ignore))
            vec_add(&solution->ignores, ignore);
        else
            unknown_id(reader, &ignore, id);
    } while (read_char(reader, ','));
    count_unknown(reader, prototype.comment);
    if (!read_char(reader, ']')) {
        malformed(reader, reader->at, "']' is missing behind the ids");
        solution->ignores.count = first;
        return;
    }
    Str reason = str_trim(str_slice(reader->text, reader->at, reader->end));
    for (uint32_t i = first; i < solution->ignores.count; i++) solution->ignores.items[i].reason = reason;
    if (reason.length) return;
    diagnostic_add(reader->solver->diagnostics, DIAGNOSTIC_W713, prototype.comment,
                   "the comment gives no reason");
    diagnostic_help(reader->solver->diagnostics, "say behind ']' why this is right as it is");
}

// Behind "weft:".
static void read_directive(Reader *reader, uint32_t hash) {
    skip_blanks(reader);
    uint32_t start = reader->at;
    Str word = read_id(reader);
    Ignore prototype = {.module = reader->module,
                        .comment = {reader->file, hash, reader->end},
                        .whole_file = str_is(word, "ignore-file")};
    if (!prototype.whole_file && !str_is(word, "ignore"))
        malformed(reader, start, "'ignore' or 'ignore-file' is expected here");
    else if (!read_char(reader, '['))
        malformed(reader, reader->at, "the ids of what is ignored are missing");
    else
        read_ids(reader, prototype);
}

// A '#' between blanks starts the next part: `# noqa: E501  # weft: ignore[config] why  # more`.
static uint32_t part_end(Str text, uint32_t from, uint32_t end) {
    for (uint32_t at = from + 1; at + 1 < end; at++)
        if (text.data[at] == '#' && is_blank(text.data[at - 1]) && is_blank(text.data[at + 1]))
            return at;
    return end;
}

void ignore_parse(Solver *solver, const DirectiveFact *comment) {
    FileId file = program_module_file(solver->program, comment->module);
    Str text = source_file(solver->program->facts->sources, file)->text;
    for (uint32_t hash = comment->start; hash < comment->end;) {
        Reader reader = {solver, comment->module, file, text, hash + 1,
                         part_end(text, hash, comment->end), 0};
        hash = reader.end;
        while (reader.end > reader.at && is_blank(text.data[reader.end - 1])) reader.end--;
        uint32_t start = reader.at - 1;
        skip_blanks(&reader);
        Str rest = str_slice(text, reader.at, reader.end);
        if (!str_starts_with(rest, STR("weft:"))) continue;
        reader.at += 5;
        read_directive(&reader, start);
    }
}
