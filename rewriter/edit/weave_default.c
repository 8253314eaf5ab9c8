// Default values that read a sink.
//
// In: the lazy defaults of a solution, and the edits that are pending inside them. Out: the default is
// the null value, and a first statement has its text, with those edits applied to it.
#include "edit/weave_internal.h"

static Span value_span(const Program *program, const LazyDefault *lazy) {
    return program_expr_span(program, program_parameter(program, lazy->parameter)->default_value);
}

const LazyDefault *weave_default_of(const Weaving *weaving, ExprId expr) {
    const Program *program = weaving->program;
    Span own = program_expr_span(program, expr);
    for (uint32_t i = 0; i < weaving->solution->defaults.count; i++) {
        const LazyDefault *lazy = &weaving->solution->defaults.items[i];
        Span span = value_span(program, lazy);
        if (span.file.index == own.file.index && span.start <= own.start && own.end <= span.end) {
            return lazy;
        }
    }
    return NULL;
}

// ---- the text that moves -----------------------------------------------------------------------------
typedef struct Inside {
    Vec(Edit) list;
} Inside;

static bool comes_before(const Edit *a, const Edit *b) {
    if (a->start != b->start) return a->start < b->start;
    return a->start == a->end && b->start != b->end;
}

// Takes the pending edits of SPAN out of the queue, in the order of their places.
static void take_pending(Weaving *weaving, Span span, Inside *inside) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < weaving->pending.count; i++) {
        Edit edit = weaving->pending.items[i];
        if (edit.file.index != span.file.index || edit.start < span.start || edit.end > span.end) {
            weaving->pending.items[kept++] = edit;
            continue;
        }
        edit.start -= span.start;
        edit.end -= span.start;
        vec_add(&inside->list, edit);
        for (uint32_t j = inside->list.count - 1; j > 0; j--) {
            Edit *pair = &inside->list.items[j - 1];
            if (!comes_before(&pair[1], &pair[0])) break;
            Edit moved = pair[0];
            pair[0] = pair[1];
            pair[1] = moved;
        }
    }
    weaving->pending.count = kept;
}

static bool is_white(Str text) { return str_trim(text).length == 0; }

// Lines of the default move with it, but where an access is replaced from one line to the next: that text has none of them.
static void forget_lines(Inside *inside, Str text) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < inside->list.count; i++) {
        Edit edit = inside->list.items[i];
        Edit *before = kept > 0 ? &inside->list.items[kept - 1] : NULL;
        bool crosses = before != NULL && edit.start < before->end;
        if (crosses && is_white(edit.text) && is_white(str_slice(text, edit.start, edit.end))) continue;
        if (crosses && is_white(before->text) && is_white(str_slice(text, before->start, before->end))) kept--;
        inside->list.items[kept++] = edit;
    }
    inside->list.count = kept;
}

static Str moved_text(Weaving *weaving, Span span, Family *family) {
    Inside inside = {0};
    take_pending(weaving, span, &inside);
    const SourceFile *file = source_file(weaving->program->facts->sources, span.file);
    Str before = str_slice(file->text, span.start, span.end);
    forget_lines(&inside, before);
    Str text = edits_apply(&weaving->arena, before, inside.list.items, inside.list.count);
    for (uint32_t i = 0; i < inside.list.count; i++) {
        Family found = FAMILY_CONTEXT;
        family_find(&weaving->program->rules->families, inside.list.items[i].family, &found);
        if (found != FAMILY_CONTEXT) *family = found;
    }
    vec_release(&inside.list);
    return text;
}

static const LanguageWriter *writer_of(const Weaving *weaving, FunctionId function) {
    return weave_writer(weaving, program_function(weaving->program, function)->module);
}

void weave_write_defaults(Weaving *weaving, FunctionId function, Lines *lines) {
    const Program *program = weaving->program;
    for (uint32_t i = 0; i < weaving->solution->defaults.count; i++) {
        const LazyDefault *lazy = &weaving->solution->defaults.items[i];
        if (!fact_same(lazy->function, function)) continue;
        Family family = FAMILY_CONTEXT;
        const LanguageWriter *writer = writer_of(weaving, function);
        writer->indent_default(program->facts, lazy->parameter, &weaving->texts);
        weave_take(weaving, DECISION_FUNCTION, function.index, family, SAFETY_SAFE,
                    "lines of a default");
        Str text = moved_text(weaving, value_span(program, lazy), &family);
        Str name = program_name(program, program_parameter(program, lazy->parameter)->name);
        vec_add(&lines->list,
                ((FirstStatement){.kind = FIRST_DEFAULT, .name = name, .value = text}));
        writer->make_default_lazy(program->facts, lazy->parameter, &weaving->texts);
        weave_take(weaving, DECISION_FUNCTION, function.index, family, SAFETY_SAFE,
                    "default of '%.*s'", STR_ARG(name));
    }
}
