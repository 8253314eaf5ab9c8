// The list of diagnostics. In: codes, spans and texts from every stage. Out: the list, merged and
// sorted. Prints nothing (diagnostic_render.c does) and never drops a diagnostic.
#include "source/diagnostic.h"

#include "base/bug.h"
#include "base/message.h"
#include "source/source.h"

#define SEVERITY_OF_NOTE SEVERITY_NOTE
#define SEVERITY_OF_WARNING SEVERITY_WARNING
#define SEVERITY_OF_ERROR SEVERITY_ERROR

static const struct {
    const char *name;
    const char *title;
    Severity severity;
    DiagnosticGroup group;
} CODES[DIAGNOSTIC_CODE_COUNT] = {
#define DIAGNOSTIC(code, severity_name, group_name, title_text)                                    \
    [DIAGNOSTIC_##code] = {#code, title_text, SEVERITY_OF_##severity_name, GROUP_##group_name},
#include "source/diagnostic_codes.def"
#undef DIAGNOSTIC
};

const char *diagnostic_code_name(DiagnosticCode code) {
    BUG_UNLESS(code < DIAGNOSTIC_CODE_COUNT);
    return CODES[code].name;
}

const char *diagnostic_code_title(DiagnosticCode code) {
    BUG_UNLESS(code < DIAGNOSTIC_CODE_COUNT);
    return message_text(CODES[code].title);
}

Severity diagnostic_code_severity(DiagnosticCode code) {
    BUG_UNLESS(code < DIAGNOSTIC_CODE_COUNT);
    return CODES[code].severity;
}

DiagnosticGroup diagnostic_code_group(DiagnosticCode code) {
    BUG_UNLESS(code < DIAGNOSTIC_CODE_COUNT);
    return CODES[code].group;
}

bool diagnostic_code_is_site(DiagnosticCode code) {
    DiagnosticGroup group = diagnostic_code_group(code);
    return group == GROUP_REFUSED || group == GROUP_DOUBT;
}

bool diagnostic_code_find(Str name, DiagnosticCode *code) {
    for (uint32_t i = 0; i < DIAGNOSTIC_CODE_COUNT; i++) {
        if (!str_is(name, CODES[i].name)) continue;
        *code = (DiagnosticCode)i;
        return true;
    }
    return false;
}

void diagnostics_release(Diagnostics *diagnostics) {
    vec_release(&diagnostics->list);
    arena_release(&diagnostics->arena);
    *diagnostics = (Diagnostics){0};
}

// Errors after which the run goes on without one file.
static bool leaves_file_out(DiagnosticCode code) {
    return code == DIAGNOSTIC_E101 || code == DIAGNOSTIC_E102 || code == DIAGNOSTIC_E104;
}

static Diagnostic *append(Diagnostics *diagnostics, Diagnostic item) {
    if (item.severity == SEVERITY_ERROR) diagnostics->error_count++;
    if (leaves_file_out(item.code)) diagnostics->unreadable_count++;
    Diagnostic *added = vec_push(&diagnostics->list);
    *added = item;
    return added;
}

__attribute__((format(printf, 2, 0))) static Str
format_text(Diagnostics *diagnostics, const char *format, va_list arguments) {
    StrBuf buffer = {0};
    message_addv(&buffer, format, arguments);
    Str text = arena_copy(&diagnostics->arena, strbuf_str(&buffer));
    strbuf_release(&buffer);
    return text;
}

Diagnostic *diagnostic_add(Diagnostics *diagnostics, DiagnosticCode code, Span span,
                           const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    Str message = format_text(diagnostics, format, arguments);
    va_end(arguments);
    return append(diagnostics, (Diagnostic){.code = code,
                                            .severity = diagnostic_code_severity(code),
                                            .span = span,
                                            .message = message});
}

void diagnostic_note(Diagnostics *diagnostics, const char *format, ...) {
    BUG_UNLESS(diagnostics->list.count > 0);
    va_list arguments;
    va_start(arguments, format);
    vec_last(&diagnostics->list)->note = format_text(diagnostics, format, arguments);
    va_end(arguments);
}

void diagnostic_help(Diagnostics *diagnostics, const char *format, ...) {
    BUG_UNLESS(diagnostics->list.count > 0);
    va_list arguments;
    va_start(arguments, format);
    vec_last(&diagnostics->list)->help = format_text(diagnostics, format, arguments);
    va_end(arguments);
}

void diagnostic_relate(Diagnostics *diagnostics, Span span, const char *format, ...) {
    BUG_UNLESS(diagnostics->list.count > 0);
    va_list arguments;
    va_start(arguments, format);
    Diagnostic *newest = vec_last(&diagnostics->list);
    newest->related = span;
    newest->related_text = format_text(diagnostics, format, arguments);
    va_end(arguments);
}

void diagnostics_cut(Diagnostics *diagnostics, uint32_t count) {
    while (diagnostics->list.count > count) {
        const Diagnostic *last = vec_last(&diagnostics->list);
        if (last->severity == SEVERITY_ERROR) diagnostics->error_count--;
        if (leaves_file_out(last->code)) diagnostics->unreadable_count--;
        diagnostics->list.count--;
    }
}

void diagnostics_merge(Diagnostics *into, Diagnostics *from) {
    for (uint32_t i = 0; i < from->list.count; i++) append(into, from->list.items[i]);
    arena_adopt(&into->arena, &from->arena);
    diagnostics_release(from);
}

typedef struct SortKey {
    Str path; // empty without a file: those come first
    uint32_t index;
    const Diagnostic *item;
} SortKey;

// The position in the list comes last, which makes the order total and the sort stable.
static int compare_keys(const void *left, const void *right) {
    const SortKey *a = left, *b = right;
    int order = str_compare(a->path, b->path);
    if (order != 0) return order;
    if (a->item->span.start != b->item->span.start) {
        return a->item->span.start < b->item->span.start ? -1 : 1;
    }
    if (a->item->code != b->item->code) return a->item->code < b->item->code ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

void diagnostics_sort(Diagnostics *diagnostics, const Sources *sources) {
    uint32_t count = diagnostics->list.count;
    if (count < 2) return;
    SortKey *keys = memory_alloc_zeroed(count, sizeof *keys);
    for (uint32_t i = 0; i < count; i++) {
        const Diagnostic *item = &diagnostics->list.items[i];
        Str path = item->span.file.index ? source_file(sources, item->span.file)->path : STR_NONE;
        keys[i] = (SortKey){path, i, item};
    }
    qsort(keys, count, sizeof *keys, compare_keys);

    Diagnostic *sorted = memory_alloc_zeroed(count, sizeof *sorted);
    for (uint32_t i = 0; i < count; i++) sorted[i] = *keys[i].item;
    memcpy(diagnostics->list.items, sorted, count * sizeof *sorted);
    free(sorted);
    free(keys);
}
