// From finished edits to whole files. In: sources, rules (for the runtime files), sorted edits.
// Out: the new bytes of every file that changes, in path order. Never writes to disk, and never
// plans to replace a file that it does not know.
#include "edit/plan.h"

#include <errno.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/bug.h"
#include "base/path.h"

enum { NEW_FILE_MODE = 0644, MODE_BITS = 07777 };

void plan_release(Plan *plan) {
    vec_release(&plan->files);
    edits_release(&plan->edits);
    arena_release(&plan->arena);
}

static bool add_changed_file(const Sources *sources, Plan *plan, uint32_t first, uint32_t count,
                             PlanFaults *faults, Diagnostics *diagnostics) {
    const Edit *edits = &plan->edits.list.items[first];
    const SourceFile *file = source_file(sources, edits->file);
    BUG_UNLESS(file->state == SOURCE_READ && !file->auxiliary);
    Str text = edits_apply(&plan->arena, file->text, edits, count);
    Str after;
    if (!encoding_encode(&plan->arena, &file->encoding, text, &after)) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E503, (Span){edits->file, 0, 0},
                       "'%.*s' cannot be written in its encoding %.*s", STR_ARG(file->path),
                       STR_ARG(file->encoding.name));
        diagnostic_note(diagnostics, "an inserted name has a character that the encoding lacks");
        diagnostic_help(diagnostics,
                        "convert the file to UTF-8, or leave it out with --exclude '%.*s'",
                        STR_ARG(file->path));
        const Diagnostic *said = vec_last(&diagnostics->list);
        plan_faults_add(faults, (PlanFault){.taken = {.fault = said->code,
                                                      .span = said->span,
                                                      .what = said->message,
                                                      .lines = said->note}});
        return false;
    }
    if (str_equal(after, file->raw)) return true;
    vec_add(&plan->files, ((PlannedFile){
                              .file = edits->file,
                              .path = file->path,
                              .before = file->raw,
                              .after = after,
                              .mode = file->mode & MODE_BITS,
                              .first_edit = first,
                              .edit_count = count,
                          }));
    return true;
}

static bool add_changed_files(const Sources *sources, Plan *plan, PlanFaults *faults,
                              Diagnostics *diagnostics) {
    const Edit *edits = plan->edits.list.items;
    bool good = true;
    for (uint32_t first = 0, next; first < plan->edits.list.count; first = next) {
        next = first + 1;
        while (next < plan->edits.list.count && edits[next].file.index == edits[first].file.index)
            next++;
        good = add_changed_file(sources, plan, first, next - first, faults, diagnostics) && good;
    }
    return good;
}

// What is at PATH now. A tree made in memory has no root, and then there is no disk to look at.
static FileResult existing_bytes(const Sources *sources, Arena *arena, Str path, Str *bytes) {
    FileId id = sources_find(sources, path);
    if (id.index != 0 && source_file(sources, id)->state != SOURCE_UNREADABLE &&
        source_file(sources, id)->state != SOURCE_TOO_LARGE) {
        *bytes = source_file(sources, id)->raw;
        return FILE_OK;
    }
    if (sources->root.length == 0) return FILE_MISSING;
    int root = beneath_root(sources->root);
    FileResult found = root < 0 ? FILE_UNREADABLE
                                : beneath_read_linked(arena, root, sources->root, path, 0, bytes, NULL);
    int error = errno;
    if (root >= 0) close(root);
    errno = error;
    return found == FILE_UNREADABLE && error == ELOOP ? FILE_NOT_REGULAR : found;
}

static void report_other_content(Str path, FileResult found, int error, PlanFaults *faults,
                                 Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E504, SPAN_NONE,
                   "'%.*s' is already there with other content", STR_ARG(path));
    if (found == FILE_UNREADABLE)
        diagnostic_note(diagnostics, "it cannot be read: %s", strerror(error));
    else if (found == FILE_NOT_REGULAR)
        diagnostic_note(diagnostics, "it is not a regular file");
    else
        diagnostic_note(diagnostics,
                        "the rewritten code imports it, and the rule pack brings its own version");
    diagnostic_help(diagnostics, "move or delete it, or copy your version into the rule pack");
    plan_faults_add(faults, (PlanFault){.taken = {.fault = DIAGNOSTIC_E504}, .fatal = true});
}

static bool add_runtime_file(const Sources *sources, const RuntimeFile *runtime, Plan *plan,
                             PlanFaults *faults, Diagnostics *diagnostics) {
    Str bytes = STR_NONE;
    FileResult found = existing_bytes(sources, &plan->arena, runtime->path, &bytes);
    if (found == FILE_OK && str_equal(bytes, runtime->bytes)) return true;
    if (found == FILE_OK && runtime->generated && str_starts_with(bytes, STR(API_RULES_HEADER)))
        return true; // of older rules: whoever changed them writes it anew
    if (found != FILE_MISSING) {
        report_other_content(runtime->path, found, errno, faults, diagnostics);
        return false;
    }
    vec_add(&plan->files, ((PlannedFile){
                              .path = runtime->path,
                              .after = runtime->bytes,
                              .is_new = true,
                              .mode = NEW_FILE_MODE,
                          }));
    return true;
}

static int compare_paths(const void *left, const void *right) {
    return str_compare(((const PlannedFile *)left)->path, ((const PlannedFile *)right)->path);
}

void plan_identify_file(PlannedFile *file) {
    if (!file->is_new) file->before_id = blob_id_of(file->before);
    file->after_id = blob_id_of(file->after);
}

void plan_identify(Plan *plan) {
    for (uint32_t i = 0; i < plan->files.count; i++) plan_identify_file(&plan->files.items[i]);
}

bool plan_build(const Sources *sources, const Rules *rules, Plan *plan, PlanFaults *faults,
                Diagnostics *diagnostics) {
    bool good = add_changed_files(sources, plan, faults, diagnostics);
    if (plan->files.count == 0) return good;
    bool brought = sources->host.length == 0; // else the host has the runtime
    for (uint32_t i = 0; brought && i < rules->runtime.count; i++)
        good = add_runtime_file(sources, &rules->runtime.items[i], plan, faults, diagnostics) &&
               good;
    qsort(plan->files.items, plan->files.count, sizeof *plan->files.items, compare_paths);
    if (!plan->nameless) plan_identify(plan);
    return good;
}
