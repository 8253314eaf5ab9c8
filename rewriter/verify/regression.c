// In: a migrated tree and its rules. Out: the text of a test file. The Python around the tables is
// regression_template.py; here its @MARKS@ are filled in. Runs nothing.
#include "verify/regression.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"
#include "program/name.h"
#include "verify/regression_lines.inc" // TEMPLATE_LINES, ends with 0

enum { FILE_MODE = 0644 };


// How a file that weft wrote begins, after the quotes that open its first text.
static const Str MARK = {"Written by `weft verify --write-tests`", 38};

// ---- expressions of rules ------------------------------------------------------------------------
static bool is_dotted_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '.';
}

// The dotted name that a rule's expression begins with: what is imported for it.
static Str head_of(Str expression) {
    size_t end = 0;
    while (end < expression.length && is_dotted_character(expression.data[end])) end++;
    Str head = str_slice(expression, 0, end);
    return str_find(head, '.') > 0 ? head : STR_NONE;
}

typedef struct Placeholder {
    const char *name, *value;
} Placeholder;

// EXPRESSION as Python: its head is loaded by name, {placeholders} become variables.
static void add_expression(StrBuf *out, Str expression, const Placeholder *values, size_t count) {
    Str head = head_of(expression);
    if (head.length > 0) strbuf_addf(out, "load(\"%.*s\")", STR_ARG(head));
    for (size_t i = head.length; i < expression.length;) {
        Str rest = str_slice(expression, i, expression.length);
        size_t taken = 0;
        for (size_t k = 0; k < count && taken == 0; k++) {
            if (!str_starts_with(rest, str_from(values[k].name))) continue;
            strbuf_add_text(out, values[k].value);
            taken = strlen(values[k].name);
        }
        if (taken == 0) strbuf_add_char(out, expression.data[i]);
        i += taken > 0 ? taken : 1;
    }
}

// As the suite has to import it.
static Str imported(const VerifyTree *tree, Name qualified) {
    return program_imported_name(tree->program, program_name(tree->program, qualified));
}

// ---- the tables ----------------------------------------------------------------------------------
static bool is_decorated_by(const Program *program, const FunctionFact *function, Str decorator) {
    for (ExprId id = function->first_decorator; fact_is(id);
         id = program_expr(program, id)->next_sibling) {
        CallId call = program_expr(program, id)->call;
        if (fact_is(call) &&
            program_is_named(program, decorator,
                             program_name(program, program_call(program, call)->dotted)))
            return true;
    }
    return false;
}

static Family accessor_family(const Rules *rules, Str name) {
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        if (str_equal(rules->sinks.items[i].accessor_name, name))
            return rules->sinks.items[i].family;
    return rules->singleton_family;
}

static uint32_t add_accessors(const VerifyTree *tree, StrBuf *out) {
    const Program *program = tree->program;
    Str decorator = tree->program->rules->context.accessor_decorator;
    uint32_t count = 0;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        bool at_module_level = !fact_is(function->klass) && !fact_is(function->enclosing);
        if (!at_module_level || !is_decorated_by(tree->program, function, decorator)) continue;
        Family family =
            accessor_family(tree->program->rules, program_name(program, function->name));
        strbuf_addf(out, "\n    (\"%s\", \"%.*s\"),",
                    family_name(&tree->program->rules->families, family),
                    STR_ARG(imported(tree, function->qualified)));
        count++;
    }
    if (count > 0) strbuf_add_char(out, '\n');
    return count;
}

static uint32_t add_replacements(const VerifyTree *tree, StrBuf *out) {
    static const Placeholder VALUES[] = {{"{context}", "context"}};
    uint32_t count = 0;
    for (uint32_t i = 0; i < tree->program->rules->sinks.count; i++) {
        const SinkRule *rule = &tree->program->rules->sinks.items[i];
        bool replaced = rule->kind == SINK_SYMBOL || (rule->kind == SINK_CALL && !rule->accessor);
        Str head = head_of(rule->replace);
        if (!replaced || head.length == 0 || !program_mentions(tree->program, head)) continue;
        strbuf_addf(out, "\n    (\"%s\", \"%.*s\", lambda context: ",
                    family_name(&tree->program->rules->families, rule->family), STR_ARG(rule->id));
        add_expression(out, rule->replace, VALUES, 1);
        strbuf_add_text(out, "),");
        count++;
    }
    if (count > 0) strbuf_add_char(out, '\n');
    return count;
}

// A class below one of the rule's, both of the tree.
static bool is_model(const Program *program, const SinkRule *rule, uint32_t klass) {
    if (program_scope(program, program_class(program, (ClassId){klass})->scope)->kind !=
        SCOPE_MODULE)
        return false;
    for (uint32_t i = 0; i < rule->models.count; i++) {
        ClassId base = program_find_class(program, rule->models.items[i].text);
        if (fact_is(base) && base.index != klass &&
            program_is_subclass(program, (ClassId){klass}, base))
            return true;
    }
    return false;
}

static uint32_t add_models_of(const VerifyTree *tree, const SinkRule *rule, StrBuf *out) {
    static const Placeholder VALUES[] = {{"{context}", "context"}, {"{receiver}", "model"}};
    const Program *program = tree->program;
    uint32_t count = 0;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        if (!is_model(tree->program, rule, i)) continue;
        strbuf_addf(out, "\n    (\"%s\", \"%.*s\", lambda model, context: ",
                    family_name(&tree->program->rules->families, rule->family),
                    STR_ARG(imported(tree, program_class(program, (ClassId){i})->qualified)));
        add_expression(out, rule->replace, VALUES, 2);
        strbuf_add_text(out, "),");
        count++;
    }
    return count;
}

static uint32_t add_models(const VerifyTree *tree, StrBuf *out) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < tree->program->rules->sinks.count; i++) {
        const SinkRule *rule = &tree->program->rules->sinks.items[i];
        if (rule->kind == SINK_QUERY && program_mentions(tree->program, head_of(rule->replace)))
            count += add_models_of(tree, rule, out);
    }
    if (count > 0) strbuf_add_char(out, '\n');
    return count;
}

// ---- the file ------------------------------------------------------------------------------------
// Appends LINE with the first @MARK@ in it replaced.
static void add_line(StrBuf *out, Str line, const char *mark, Str value) {
    ptrdiff_t at = str_find_str(line, str_from(mark));
    if (at < 0) {
        strbuf_add(out, line);
        return;
    }
    strbuf_add(out, str_slice(line, 0, (size_t)at));
    strbuf_add(out, value);
    strbuf_add(out, str_slice(line, (size_t)at + strlen(mark), line.length));
}

static void fill_template(RegressionSuite *suite, const char *const *marks, const StrBuf *values,
                          size_t count) {
    for (size_t i = 0; TEMPLATE_LINES[i] != NULL; i++) {
        Str line = str_from(TEMPLATE_LINES[i]);
        size_t mark = 0;
        while (mark + 1 < count && str_find_str(line, str_from(marks[mark])) < 0) mark++;
        add_line(&suite->text, line, marks[mark], strbuf_str(&values[mark]));
        strbuf_add_char(&suite->text, '\n');
    }
}

static bool refuse(Diagnostics *diagnostics, const char *what, const char *help) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E809, SPAN_NONE, "no regression suite is written: %s",
                   what);
    diagnostic_help(diagnostics, "%s", help);
    return false;
}

bool regression_build(const VerifyTree *tree, RegressionSuite *suite, Diagnostics *diagnostics) {
    static const char *const MARKS[] = {"@CONTEXT@", "@ACCESSORS@", "@REPLACEMENTS@", "@MODELS@"};
    static const Placeholder TENANT[] = {{"{tenant}", "tenant"}};
    enum { MARK_COUNT = sizeof MARKS / sizeof *MARKS };
    *suite = (RegressionSuite){0};
    Str context = tree->program->rules->regression.context;
    if (context.length == 0)
        return refuse(diagnostics, "the rules do not say how a context is made",
                      "give 'verify: { regression: { context: ... } }' in the pack or in weft.yml");
    StrBuf values[MARK_COUNT] = {{0}};
    add_expression(&values[0], context, TENANT, 1);
    suite->accessors = add_accessors(tree, &values[1]);
    suite->replacements = add_replacements(tree, &values[2]);
    suite->models = add_models(tree, &values[3]);
    fill_template(suite, MARKS, values, MARK_COUNT);
    for (size_t i = 0; i < MARK_COUNT; i++) strbuf_release(&values[i]);
    if (suite->accessors + suite->replacements + suite->models > 0) return true;
    return refuse(diagnostics, "the tree uses nothing that the rules put in place of an access",
                  "write it for the tree after `weft apply`");
}

void regression_release(RegressionSuite *suite) { strbuf_release(&suite->text); }

// ---- writing -------------------------------------------------------------------------------------
static bool may_replace(Arena *arena, Str path) {
    Str bytes = STR_NONE;
    FileResult found = file_read(arena, path, 0, &bytes, NULL);
    return found == FILE_MISSING || (found == FILE_OK && str_find_str(bytes, MARK) >= 0);
}

static bool write_one(Arena *arena, Str folder, const char *name, Str bytes,
                      Diagnostics *diagnostics) {
    Str path = path_join(arena, folder, str_from(name));
    if (!may_replace(arena, path)) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE,
                       "cannot write '%.*s': weft did not write the file that is there",
                       STR_ARG(path));
        diagnostic_help(diagnostics, "move it, or name another folder");
        return false;
    }
    if (file_replace(path, bytes, FILE_MODE)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                   STR_ARG(path), strerror(errno));
    return false;
}

bool regression_write(const RegressionSuite *suite, const RegressionRule *rule, Str folder,
                      Diagnostics *diagnostics) {
    Arena arena = {0};
    bool good =
        write_one(&arena, folder, REGRESSION_TEST_NAME, strbuf_str(&suite->text), diagnostics);
    if (good && rule->support_name.length > 0) {
        Str bytes = arena_format(&arena, "# %.*s, from the rule pack.\n%.*s", STR_ARG(MARK),
                                 STR_ARG(rule->support_bytes));
        good = write_one(&arena, folder, REGRESSION_SUPPORT_NAME, bytes, diagnostics);
    }
    arena_release(&arena);
    return good;
}
