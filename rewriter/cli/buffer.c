// In: standard input, and the name that an editor gives it. Out: its accesses, its change, its new text. Writes no
// file.
#include "cli/buffer.h"

#include "base/message.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 16, LIMIT = 10 << 20 }; // of a file without --size-limit

bool buffer_is_used(const Options *options) { return options->sources.buffer_path.length > 0; }

static bool refuse(Diagnostics *diagnostics, const char *why) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E101, SPAN_NONE, "cannot read standard input: %s", why);
    return false;
}

bool buffer_read(Options *options, Diagnostics *diagnostics) {
    StrBuf text = {0};
    char piece[PIECE];
    ssize_t count = 0;
    size_t limit = options->sources.size_limit > 0 ? options->sources.size_limit : LIMIT;
    bool good = true;
    do {
        count = read(STDIN_FILENO, piece, sizeof piece);
        if (count < 0 && errno != EINTR) good = refuse(diagnostics, strerror(errno));
        if (count > 0) strbuf_add(&text, (Str){piece, (size_t)count});
        if (good && text.length > limit)
            good = refuse(diagnostics, "it is larger than --size-limit");
    } while (good && count != 0);
    options->sources.buffer = arena_copy(&options->arena, strbuf_str(&text));
    strbuf_release(&text);
    return good;
}

void buffer_keep_rows(const Run *run, ScanRows *rows) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rows->list.count; i++) {
        const ScanRow *row = &rows->list.items[i];
        if (str_equal(row->path, run->sources.buffer_path))
            rows->list.items[kept++] = *row;
        else
            rows->by_family[row->family]--;
    }
    rows->list.count = kept;
    rows->files = kept > 0;
}

static const PlannedFile *planned(const Run *run) {
    for (uint32_t i = 0; i < run->plan.files.count; i++)
        if (str_equal(run->plan.files.items[i].path, run->sources.buffer_path))
            return &run->plan.files.items[i];
    return NULL;
}

uint32_t buffer_keep_plan(Run *run) {
    const PlannedFile *file = planned(run);
    uint32_t others = run->plan.files.count - (file != NULL);
    if (file != NULL) run->plan.files.items[0] = *file;
    run->plan.files.count = file != NULL;
    return others;
}

void buffer_say_others(const Options *options, uint32_t others) {
    if (options->verbosity < 0) return;
    message_print(stderr, "weft: %u other file%s change%s with it; `weft apply` writes them all\n",
                  others, others == 1 ? "" : "s", others == 1 ? "s" : "");
}

void buffer_print(const Run *run) {
    const PlannedFile *file = planned(run);
    FileId id = sources_find(&run->sources, run->sources.buffer_path);
    Str text = file != NULL ? file->after : source_file(&run->sources, id)->raw;
    fwrite(text.data, 1, text.length, stdout);
}
