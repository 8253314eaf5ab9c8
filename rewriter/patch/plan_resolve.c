// A plan and the tree as it is now. In: edits and blob ids. Out: the old and the new bytes of every
// file, or errors that say which files are not those of the plan. Writes nothing.
#include "patch/plan_file.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"

enum { MODE_BITS = 07777 };

typedef struct Resolve {
    Str root;
    Plan *plan;
    bool check_result;
    bool *stale;
    uint32_t stale_count;   // files that are not those of the plan
    uint32_t carried_count; // of them, those that are what it would make
    Diagnostics *diagnostics;
} Resolve;

enum { MOST_REPORTED = 20 };

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

static bool report_stale(Resolve *resolve, const PlannedFile *file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool report_stale(Resolve *resolve, const PlannedFile *file, const char *format, ...) {
    va_list arguments;
    StrBuf what = {0};
    *resolve->stale = true;
    if (resolve->stale_count++ >= MOST_REPORTED) return false;
    va_start(arguments, format);
    strbuf_addv(&what, format, arguments);
    va_end(arguments);
    diagnostic_add(resolve->diagnostics, DIAGNOSTIC_E602, SPAN_NONE,
                   "'%.*s' is not what the plan was made for: %s", STR_ARG(file->path), what.data);
    diagnostic_help(resolve->diagnostics, "make a new plan, or bring the file back");
    strbuf_release(&what);
    return false;
}

static void report_rest(Resolve *resolve) {
    if (resolve->stale_count <= MOST_REPORTED) return;
    diagnostic_add(resolve->diagnostics, DIAGNOSTIC_E602, SPAN_NONE,
                   "%u more files are not what the plan was made for",
                   resolve->stale_count - MOST_REPORTED);
}

// One message says it when the plan was carried out before.
static void report_carried(Resolve *resolve, Diagnostics *said) {
    if (resolve->carried_count == 0 || resolve->carried_count != resolve->plan->files.count) {
        report_rest(resolve);
        diagnostics_merge(said, resolve->diagnostics);
        return;
    }
    diagnostic_add(said, DIAGNOSTIC_E602, SPAN_NONE,
                   "the plan has been carried out: every file is what it would make of it");
}

static const char *what_of(FileResult found) {
    switch (found) {
    case FILE_MISSING: return "it is gone";
    case FILE_NOT_REGULAR: return "it is no regular file any more";
    case FILE_OK:
    case FILE_TOO_LARGE:
    case FILE_UNREADABLE: break;
    }
    return strerror(errno);
}

static bool resolve_new(Resolve *resolve, PlannedFile *file) {
    Arena scratch = {0};
    Str bytes;
    FileResult found =
        file_read(&scratch, path_join(&scratch, resolve->root, file->path), 0, &bytes, NULL);
    bool same = found == FILE_OK && str_equal(bytes, file->after);
    arena_release(&scratch);
    if (found == FILE_MISSING) return true;
    resolve->carried_count += same;
    return report_stale(resolve, file, "%s",
                        same ? "it is there already, as the plan would write it"
                             : "the plan creates it, and it is there");
}

static bool check_before(Resolve *resolve, const PlannedFile *file, const struct stat *status) {
    BlobId id = blob_id_of(file->before);
    if (!blob_id_equal(&id, &file->before_id)) {
        if (blob_id_equal(&id, &file->after_id)) {
            resolve->carried_count++;
            return report_stale(resolve, file, "it is already what the plan would make of it");
        }
        return report_stale(resolve, file, "its blob was %.12s and is %.12s",
                            blob_id_text(&file->before_id).digits, blob_id_text(&id).digits);
    }
    if (plan_git_mode(status->st_mode) != plan_git_mode(file->mode))
        return report_stale(resolve, file, "its mode was %06o and is %06o",
                            plan_git_mode(file->mode), plan_git_mode(status->st_mode));
    return true;
}

static bool resolve_changed(Resolve *resolve, PlannedFile *file) {
    Arena *arena = &resolve->plan->arena;
    struct stat status;
    FileResult found =
        file_read(arena, path_join(arena, resolve->root, file->path), 0, &file->before, &status);
    if (found != FILE_OK) return report_stale(resolve, file, "%s", what_of(found));
    if (!check_before(resolve, file, &status)) return false;
    file->mode = status.st_mode & MODE_BITS;
    const Edit *edits = &resolve->plan->edits.list.items[file->first_edit];
    bool good = plan_edit_bytes(arena, file->before, edits, file->edit_count, &file->after);
    if (good && resolve->check_result) {
        BlobId id = blob_id_of(file->after);
        good = blob_id_equal(&id, &file->after_id);
    }
    if (good) {
        file->after_id = blob_id_of(file->after);
        return true;
    }
    diagnostic_add(resolve->diagnostics, DIAGNOSTIC_E601, SPAN_NONE,
                   "the plan's edits of '%.*s' do not give the result that it names",
                   STR_ARG(file->path));
    diagnostic_help(resolve->diagnostics,
                    "the plan was changed by hand or damaged: make a new one");
    return false;
}

bool plan_resolve(Str root, Plan *plan, bool check_result, bool *stale, Diagnostics *diagnostics) {
    Diagnostics found = {0};
    Resolve resolve = {.root = root,
                       .plan = plan,
                       .check_result = check_result,
                       .stale = stale,
                       .diagnostics = &found};
    bool good = true;
    uint32_t kept = 0;
    *stale = false;
    for (uint32_t i = 0; i < plan->files.count; i++) {
        PlannedFile *file = &plan->files.items[i];
        if (!file->is_new && file->edit_count == 0) continue;
        bool fits = file->is_new ? resolve_new(&resolve, file) : resolve_changed(&resolve, file);
        good = good && fits;
        plan->files.items[kept++] = *file;
    }
    plan->files.count = kept;
    report_carried(&resolve, diagnostics);
    diagnostics_release(&found);
    return good;
}
