// A plan and the tree as it is now. In: edits and blob ids. Out: the old and the new bytes of every
// file, or errors that say which files are not those of the plan. Files are read in parallel and
// reported in order. Writes nothing.
#include "patch/plan_file.h"

#include <errno.h>

#include "base/message.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/parallel.h"
#include "base/path.h"

enum { MODE_BITS = 07777, MOST_REPORTED = 20 };

// How a file compares with the plan.
typedef enum Fit {
    FITS,
    FIT_GONE,    // or what else reading it gave
    FIT_CARRIED, // it is what the plan would make of it
    FIT_OTHER,   // other bytes
    FIT_MODE,
    FIT_THERE,     // the plan creates it
    FIT_NO_RESULT, // the edits do not give the promised bytes
} Fit;

typedef struct Found {
    Fit fit;
    const char *why; // FIT_GONE
    BlobId id;
    mode_t mode;
} Found;

typedef struct Resolve {
    Str root;
    Plan *plan;
    Found *found;  // by file
    Arena *arenas; // by worker
    Diagnostics *diagnostics;
} Resolve;

unsigned plan_git_mode(mode_t mode) { return mode & 0100 ? 0100755 : 0100644; }

bool plan_edit_bytes(Arena *arena, Str raw, const Edit *edits, uint32_t count, Str *after) {
    Encoding encoding = {0};
    Str reason = STR_NONE, text = STR_NONE;
    size_t bad = 0;
    if (!encoding_detect(arena, raw, &encoding, &reason) ||
        !encoding_decode(arena, &encoding, raw, &text, &bad))
        return false;
    if (count > 0 && edits[count - 1].end > text.length) return false;
    return encoding_encode(arena, &encoding, edits_apply(arena, text, edits, count), after);
}

// ---- one file ------------------------------------------------------------------------------------

static const char *why_unread(FileResult result) {
    switch (result) {
    case FILE_MISSING: return "it is gone";
    case FILE_NOT_REGULAR: return "it is no regular file any more";
    case FILE_OK:
    case FILE_TOO_LARGE:
    case FILE_UNREADABLE: break;
    }
    return "it cannot be read";
}

static Fit compare_new(const Resolve *resolve, Arena *arena, const PlannedFile *file) {
    Str bytes;
    switch (file_read(arena, path_join(arena, resolve->root, file->path), 0, &bytes, NULL)) {
    case FILE_MISSING: return FITS;
    case FILE_OK: return str_equal(bytes, file->after) ? FIT_CARRIED : FIT_THERE;
    case FILE_NOT_REGULAR:
    case FILE_TOO_LARGE:
    case FILE_UNREADABLE: break;
    }
    return FIT_THERE;
}

static bool gives_result(const Resolve *resolve, Arena *arena, PlannedFile *file) {
    static const BlobId no_promise = {{0}};
    const Edit *edits = &resolve->plan->edits.list.items[file->first_edit];
    if (!plan_edit_bytes(arena, file->before, edits, file->edit_count, &file->after)) return false;
    BlobId id = blob_id_of(file->after);
    if (blob_id_equal(&file->after_id, &no_promise)) file->after_id = id;
    return blob_id_equal(&file->after_id, &id);
}

static Fit compare_changed(const Resolve *resolve, Arena *arena, PlannedFile *file, Found *found) {
    Str path = path_join(arena, resolve->root, file->path);
    FileResult result = file_read(arena, path, 0, &file->before, &file->status);
    if (result != FILE_OK) {
        found->why = why_unread(result);
        return FIT_GONE;
    }
    found->id = blob_id_of(file->before);
    found->mode = file->status.st_mode;
    if (!blob_id_equal(&found->id, &file->before_id))
        return blob_id_equal(&found->id, &file->after_id) ? FIT_CARRIED : FIT_OTHER;
    if (plan_git_mode(file->status.st_mode) != plan_git_mode(file->mode)) return FIT_MODE;
    file->mode = file->status.st_mode & MODE_BITS;
    return gives_result(resolve, arena, file) ? FITS : FIT_NO_RESULT;
}

static void resolve_one(void *context, uint32_t index, unsigned worker) {
    Resolve *resolve = context;
    PlannedFile *file = &resolve->plan->files.items[index];
    Found *found = &resolve->found[index];
    Arena *arena = &resolve->arenas[worker];
    found->fit = file->is_new ? compare_new(resolve, arena, file)
                              : compare_changed(resolve, arena, file, found);
}

// ---- reports -------------------------------------------------------------------------------------

static Str describe(Arena *arena, const PlannedFile *file, const Found *found) {
    switch (found->fit) {
    case FIT_GONE: return str_from(found->why);
    case FIT_CARRIED: return STR("it is already what the plan would make of it");
    case FIT_OTHER:
        return message_format(arena, "its blob was %.12s and is %.12s",
                            blob_id_text(&file->before_id).digits, blob_id_text(&found->id).digits);
    case FIT_MODE:
        return message_format(arena, "its mode was %06o and is %06o", plan_git_mode(file->mode),
                            plan_git_mode(found->mode));
    case FIT_THERE: return STR("the plan creates it, and it is there");
    case FITS:
    case FIT_NO_RESULT: break;
    }
    return STR_NONE;
}

static void report_stale(Resolve *resolve, const PlannedFile *file, const Found *found) {
    Arena scratch = {0};
    Str what = describe(&scratch, file, found);
    diagnostic_add(resolve->diagnostics, DIAGNOSTIC_E602, SPAN_NONE,
                   "'%.*s' is not what the plan was made for: %.*s", STR_ARG(file->path),
                   STR_ARG(what));
    diagnostic_help(resolve->diagnostics, "make a new plan, or bring the file back");
    arena_release(&scratch);
}

static void report_no_result(Resolve *resolve, const PlannedFile *file) {
    diagnostic_add(resolve->diagnostics, DIAGNOSTIC_E601, SPAN_NONE,
                   "the plan's edits of '%.*s' do not give the result that it names",
                   STR_ARG(file->path));
    diagnostic_help(resolve->diagnostics,
                    "the plan was changed by hand or damaged: make a new one");
}

// One message says it when the whole plan was carried out before.
static bool is_carried_out(const Resolve *resolve) {
    for (uint32_t i = 0; i < resolve->plan->files.count; i++)
        if (resolve->found[i].fit != FIT_CARRIED) return false;
    return resolve->plan->files.count > 0;
}

static bool report(Resolve *resolve, bool *stale) {
    uint32_t stale_count = 0, wrong_count = 0;
    if (is_carried_out(resolve)) {
        diagnostic_add(resolve->diagnostics, DIAGNOSTIC_E602, SPAN_NONE,
                       "the plan has been carried out: every file is what it would make of it");
        *stale = true;
        return false;
    }
    for (uint32_t i = 0; i < resolve->plan->files.count; i++) {
        const PlannedFile *file = &resolve->plan->files.items[i];
        const Found *found = &resolve->found[i];
        if (found->fit == FITS) continue;
        if (found->fit == FIT_NO_RESULT) {
            wrong_count++;
            report_no_result(resolve, file);
        } else if (stale_count++ < MOST_REPORTED) {
            report_stale(resolve, file, found);
        }
    }
    if (stale_count > MOST_REPORTED)
        diagnostic_add(resolve->diagnostics, DIAGNOSTIC_E602, SPAN_NONE,
                       "%u more files are not what the plan was made for",
                       stale_count - MOST_REPORTED);
    *stale = stale_count > 0;
    return stale_count + wrong_count == 0;
}

static void drop_files_without_edits(Plan *plan) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < plan->files.count; i++)
        if (plan->files.items[i].is_new || plan->files.items[i].edit_count > 0)
            plan->files.items[kept++] = plan->files.items[i];
    plan->files.count = kept;
}

bool plan_resolve(Str root, Plan *plan, unsigned threads, bool *stale, Diagnostics *diagnostics) {
    drop_files_without_edits(plan);
    unsigned workers = threads > 0 ? threads : 1;
    Resolve resolve = {.root = root,
                       .plan = plan,
                       .found = arena_array(&plan->arena, Found, plan->files.count + 1),
                       .arenas = memory_alloc_zeroed(workers, sizeof(Arena)),
                       .diagnostics = diagnostics};
    parallel_for(plan->files.count, workers, resolve_one, &resolve);
    for (unsigned i = 0; i < workers; i++) arena_adopt(&plan->arena, &resolve.arenas[i]);
    free(resolve.arenas);
    return report(&resolve, stale);
}
