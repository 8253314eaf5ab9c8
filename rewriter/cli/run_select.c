// The judge of a part of a plan. In: facts of the tree, the part, what was left out. Out: yes, or E603.
// The post-check that whole plans pass (edit/check.h) sees calls, names and imports that do not fit any
// more. It cannot see attributes: so a part that reads the context from an object needs every edit that
// stores it there.
#include "cli/run_select.h"

#include "cli/languages.h"
#include "edit/check.h"

enum { MOST_NAMED = 5 };

// ---- what the check needs ------------------------------------------------------------------------

// The plan's files as files of the sources; false when one of them is none.
static bool find_files(Run *run) {
    for (uint32_t i = 0; i < run->plan.files.count; i++) {
        PlannedFile *file = &run->plan.files.items[i];
        if (file->is_new) continue;
        file->file = sources_find(&run->sources, file->path);
        if (file->file.index == 0 ||
            !str_equal(source_file(&run->sources, file->file)->raw, file->before)) {
            diagnostic_add(&run->diagnostics, DIAGNOSTIC_E603, SPAN_NONE,
                           "a part of the plan cannot be judged: the rules of this tree leave "
                           "'%.*s' out",
                           STR_ARG(file->path));
            diagnostic_help(&run->diagnostics, "carry out the whole plan, or give its --pack");
            return false;
        }
        for (uint32_t j = 0; j < file->edit_count; j++)
            run->plan.edits.list.items[file->first_edit + j].file = file->file;
    }
    return true;
}

// ---- objects that keep the context ---------------------------------------------------------------

static bool mentions(Str text, Str parameter, bool stored) {
    ptrdiff_t at;
    for (; (at = str_find_str(text, parameter)) >= 0;
         text = str_slice(text, (size_t)at + parameter.length, text.length)) {
        Str after = str_slice(text, (size_t)at + parameter.length, text.length);
        bool is_attribute = at > 0 && text.data[at - 1] == '.';
        bool is_stored = str_starts_with(after, STR(" = "));
        if (is_attribute && is_stored == stored) return true;
    }
    return false;
}

static const LeftOut *missing_store(const Run *run, const LeftOuts *left_out) {
    Str parameter = run->rules.context.parameter;
    bool reads = false;
    for (uint32_t i = 0; i < run->plan.edits.list.count && !reads; i++)
        reads = mentions(run->plan.edits.list.items[i].text, parameter, false);
    for (uint32_t i = 0; reads && i < left_out->count; i++)
        if (mentions(left_out->items[i].edit.text, parameter, true)) return &left_out->items[i];
    return NULL;
}

// ---- the message ---------------------------------------------------------------------------------

static bool is_about(const Run *run, const Diagnostics *faults, Str path) {
    for (uint32_t i = 0; i < faults->list.count; i++) {
        FileId file = faults->list.items[i].span.file;
        if (file.index != 0 && str_equal(source_file(&run->sources, file)->path, path)) return true;
    }
    return false;
}

// The edits left out where the faults are, else the first ones.
static void name_left_out(Run *run, const Diagnostics *faults, const LeftOuts *left_out) {
    StrBuf names = {0};
    uint32_t named = 0;
    for (int near = 1; near >= 0 && named == 0; near--) {
        for (uint32_t i = 0; i < left_out->count && named < MOST_NAMED; i++) {
            const LeftOut *one = &left_out->items[i];
            if (near && !is_about(run, faults, one->path)) continue;
            // One owner often has several edits in a row.
            if (i > 0 && str_equal(one->edit.owner, left_out->items[i - 1].edit.owner)) continue;
            strbuf_addf(&names, "%s%.*s (%.*s)", named++ > 0 ? ", " : "", STR_ARG(one->edit.owner),
                        STR_ARG(one->path));
        }
    }
    diagnostic_note(&run->diagnostics, "it leaves out %u edits, among them: %s", left_out->count,
                    names.data);
    diagnostic_help(&run->diagnostics, "take these along, or carry out the whole plan");
    strbuf_release(&names);
}

static bool refuse(Run *run, const Diagnostics *faults, const LeftOuts *left_out) {
    const Diagnostic *first = &faults->list.items[0];
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E603, first->span,
                   "this part of the plan would break the tree: %.*s", STR_ARG(first->message));
    name_left_out(run, faults, left_out);
    return false;
}

bool run_check_selection(Run *run, const Options *options, const LeftOuts *left_out) {
    if (run->plan.files.count == 0) return true;
    if (!find_files(run)) return false;
    Solution nothing_decided = {0};
    Diagnostics faults = {0};
    CheckInput check = {&run->program, &nothing_decided, languages_chosen(), &run->plan,
                        options->sources.threads, NULL};
    bool good = plan_check(&check, &faults);
    const LeftOut *store = good ? missing_store(run, left_out) : NULL;
    if (store != NULL) {
        diagnostic_add(&faults, DIAGNOSTIC_E603, SPAN_NONE,
                       "it reads the context from objects, but leaves out '%.*s' in '%.*s', which "
                       "stores it there",
                       STR_ARG(store->edit.owner), STR_ARG(store->path));
        good = false;
    }
    if (!good) refuse(run, &faults, left_out);
    diagnostics_release(&faults);
    return good;
}
