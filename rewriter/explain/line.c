// A line explained: every access, call and definition on it. In: "path:line" or "path:line:column".
// Out: a subject each, in the order of their kinds; or the nearest line that has any.
#include "explain/explainer.h"

// ---- which line ----------------------------------------------------------------------------------
// Cuts ":12" off the end of TEXT.
static bool take_number(Str *text, uint32_t *number) {
    ptrdiff_t colon = str_find_last(*text, ':');
    if (colon < 0 || (size_t)colon + 1 == text->length || text->length - (size_t)colon > 9)
        return false;
    *number = 0;
    for (size_t i = (size_t)colon + 1; i < text->length; i++) {
        if (text->data[i] < '0' || text->data[i] > '9') return false;
        *number = *number * 10 + (uint32_t)(text->data[i] - '0');
    }
    *text = str_slice(*text, 0, (size_t)colon);
    return true;
}

bool explain_is_line(Str query) {
    uint32_t number;
    return take_number(&query, &number);
}

static bool is_end_of_path(Str path, Str end) {
    return str_ends_with(path, end) &&
           (path.length == end.length || path.data[path.length - end.length - 1] == '/');
}

// The file of that path, or the only one whose path ends like that; others are counted.
static FileId find_file(const Sources *sources, Str path, uint32_t *count) {
    FileId found = {0};
    *count = 0;
    if (str_starts_with(path, STR("./"))) path = str_slice(path, 2, path.length);
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (file->auxiliary || !is_end_of_path(file->path, path)) continue;
        found.index = i;
        if (file->path.length == path.length) {
            *count = 1;
            return found;
        }
        ++*count;
    }
    return found;
}

bool explain_find_line(const Explainer *explainer, Str query, FileId *file, uint32_t *line,
                       Diagnostics *mistakes) {
    uint32_t first, second, count;
    take_number(&query, &first);
    bool column = take_number(&query, &second);
    *line = column ? second : first;
    *file = find_file(explainer->input->sources, query, &count);
    if (count > 1)
        diagnostic_add(mistakes, DIAGNOSTIC_E100, SPAN_NONE,
                       "%u files have a path that ends with '%.*s'", count, STR_ARG(query));
    if (count == 0)
        diagnostic_add(mistakes, DIAGNOSTIC_E100, SPAN_NONE,
                       "no file that was read has the path '%.*s'", STR_ARG(query));
    if (count != 1) {
        diagnostic_help(mistakes, "give the path relative to '%.*s'",
                        STR_ARG(explainer->input->sources->root));
        return false;
    }
    const SourceFile *source = source_file(explainer->input->sources, *file);
    if (*line >= 1 && *line <= source->line_starts.count) return true;
    diagnostic_add(mistakes, DIAGNOSTIC_E902, SPAN_NONE, "'%.*s' has %u lines and no line %u",
                   STR_ARG(source->path), source->line_starts.count, *line);
    return false;
}

// ---- what is on it -------------------------------------------------------------------------------
typedef struct Line {
    Explainer *explainer;
    const SourceFile *source;
    FileId file;
    uint32_t wanted;
    uint32_t nearest; // line with a decision; 0 none
    FunctionId told;  // function whose chains were given already
} Line;

// True when the stretch is on the wanted line. A decision elsewhere may be the nearest one.
static bool is_here(Line *line, FileId file, uint32_t start, uint32_t end, bool decided) {
    if (file.index != line->file.index) return false;
    uint32_t from = source_line_column(line->source, start).line;
    uint32_t to = source_line_column(line->source, end).line;
    if (from <= line->wanted && line->wanted <= to) return true;
    uint32_t old =
        line->nearest > line->wanted ? line->nearest - line->wanted : line->wanted - line->nearest;
    uint32_t new = from > line->wanted ? from - line->wanted : line->wanted - from;
    if (decided && (line->nearest == 0 || new < old)) line->nearest = from;
    return false;
}

// An expression is where it begins; a call reaches to its '('.
static bool is_expr_here(Line *line, ExprId expr) {
    const Program *program = line->explainer->program;
    Span span = program_expr_span(program, expr);
    CallId call = program_expr(program, expr)->call;
    uint32_t end = fact_is(call) ? program_call(program, call)->open : span.end;
    return is_here(line, span.file, span.start, end, true);
}

static void visit_accesses(Line *line) {
    Explainer *explainer = line->explainer;
    for (uint32_t i = 1; i < explainer->solution->sinks.count; i++) {
        const Sink *sink = &explainer->solution->sinks.items[i];
        if (!is_expr_here(line, sink->expr)) continue;
        explain_access(explainer, i, !fact_same(line->told, sink->function));
        line->told = sink->function;
    }
}

static bool is_access(const Explainer *explainer, ExprId expr) {
    for (uint32_t i = 1; i < explainer->solution->sinks.count; i++)
        if (fact_same(explainer->solution->sinks.items[i].expr, expr)) return true;
    return false;
}

// Calls that the solver had to do with; of a call with several targets the first is explained.
static void visit_calls(Line *line) {
    Explainer *explainer = line->explainer;
    const Program *program = explainer->program;
    ExprId last = {0};
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        bool planned = edge->kind != EDGE_ESCAPE && explainer->call_plan[edge->call.index];
        if (!planned && !explainer->forwarded[edge->expr.index]) continue;
        if (!is_expr_here(line, edge->expr) || is_access(explainer, edge->expr)) continue;
        if (!fact_same(edge->expr, last)) {
            explain_call(explainer, i);
        } else {
            Subject *subject = vec_last(&explainer->out->subjects);
            subject_reason(explainer, subject, "it may reach %.*s as well",
                           STR_ARG(edge->kind == EDGE_CONSTRUCT
                                       ? explain_class_name(explainer, edge->klass)
                                       : explain_function_name(explainer, edge->callee)));
        }
        last = edge->expr;
    }
}

static void visit_definitions(Line *line) {
    Explainer *explainer = line->explainer;
    const Program *program = explainer->program;
    for (uint32_t i = 1; i < explainer->solution->accessors.count; i++) {
        const Accessor *accessor = &explainer->solution->accessors.items[i];
        const BindingFact *binding = program_binding(program, accessor->binding);
        FileId file = program_module_file(program, program_scope(program, binding->scope)->module);
        if (accessor->kind == ACCESSOR_INSTANCE &&
            is_here(line, file, binding->start, binding->end, true))
            explain_symbol(explainer, accessor->symbol, false);
    }
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        const ClassPlan *plan = &explainer->solution->classes[i];
        bool decided = plan->holds || plan->hold_reason != HOLD_FREE;
        FileId file = program_module_file(program, klass->module);
        if (is_here(line, file, klass->start, klass->name_end, decided))
            explain_class(explainer, (ClassId){i}, false);
    }
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        bool decided = explain_decided(explainer, (FunctionId){i});
        bool lambda = function->flags & FUNCTION_LAMBDA;
        FileId file = program_module_file(program, function->module);
        uint32_t end = lambda ? function->start : function->header_end;
        if (is_here(line, file, function->start, end, decided) && (decided || !lambda))
            explain_function(explainer, (FunctionId){i}, false);
    }
}

static bool is_told(const Explainer *explainer, DiagnosticCode code) {
    for (uint32_t i = 0; i < explainer->out->subjects.count; i++) {
        const Subject *subject = &explainer->out->subjects.items[i];
        if (subject->has_code && subject->code == code) return true;
    }
    return false;
}

static void visit_messages(Line *line) {
    Explainer *explainer = line->explainer;
    const Diagnostics *all = explainer->input->diagnostics;
    for (uint32_t i = 0; i < all->list.count; i++) {
        const Diagnostic *item = &all->list.items[i];
        if (!is_here(line, item->span.file, item->span.start, item->span.start, true) ||
            is_told(explainer, item->code))
            continue;
        Str title = str_from(diagnostic_code_title(item->code));
        Subject *subject = explain_add(explainer, SUBJECT_MESSAGE, "message", title,
                                       explain_place(explainer, item->span.file, item->span.start));
        subject->decision = "reported";
        subject_change(explainer, subject, "%.*s", STR_ARG(item->message));
        explain_set_code(explainer, subject, item->code);
    }
}

// The innermost function around the line.
static Str function_around(const Line *line) {
    const Program *program = line->explainer->program;
    uint32_t start = line->source->line_starts.items[line->wanted - 1], most = 0;
    FunctionId found = {0};
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        FileId file = program_module_file(program, function->module);
        if (file.index != line->file.index || (function->flags & FUNCTION_LAMBDA)) continue;
        if (function->start > start || function->end <= start || function->start < most) continue;
        most = function->start;
        found.index = i;
    }
    return fact_is(found) ? explain_function_name(line->explainer, found) : STR_NONE;
}

void explain_line(Explainer *explainer, FileId file, uint32_t wanted) {
    Line line = {.explainer = explainer,
                 .source = source_file(explainer->input->sources, file),
                 .file = file,
                 .wanted = wanted};
    visit_accesses(&line);
    visit_calls(&line);
    visit_definitions(&line);
    visit_messages(&line);
    if (explainer->out->subjects.count) return;
    explainer->out->answer = ANSWER_NOTHING;
    explainer->out->inside = function_around(&line);
    explainer->out->nearest = (Place){line.source->path, {line.nearest, 1}};
}
