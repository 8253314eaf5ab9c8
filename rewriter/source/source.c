// The files of a project. In: options, or bytes from memory. Out: the table of files, each with its
// text or the reason why there is none. Files are read in parallel; everything that a caller can see
// (order, ids, diagnostics) is as if they had been read one by one in path order.
#include "source/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/message.h"
#include "base/parallel.h"
#include "base/path.h"
#include "source/discover.h"
#include "source/lines.h"
#include "source/project_style.h"

enum { DEFAULT_LIMIT = 10 * 1024 * 1024, NEW_FILE_MODE = 0644 };
#define LARGEST_LIMIT (1024u * 1024 * 1024) // offsets have 32 bits, and decoding may triple a text

// What a worker found out about one file, to be reported after all have finished.
typedef struct Outcome {
    FileResult result;
    int system_error; // errno, when the file could not be read
    Str reason;       // why it could not be decoded
} Outcome;

typedef struct Load {
    Sources *sources;
    const SourceOptions *options;
    size_t limit;
    Outcome *outcomes; // by file
    Arena *arenas;     // by worker
    int root, host;    // descriptors of the folders; -1 where there is none
} Load;

static uint32_t line_of(Str raw, size_t offset) {
    uint32_t line = 1;
    for (size_t i = 0; i < offset && i < raw.length; i++) line += raw.data[i] == '\n';
    return line;
}

static Str reason_of_nul(Arena *arena, Str text, ptrdiff_t offset) {
    return message_format(arena, "it has a NUL byte in line %u, which Python does not accept",
                        line_of(text, (size_t)offset));
}

// Some Windows tools write it, always with a byte order mark.
static bool looks_like_utf16(Str raw) {
    return str_starts_with(raw, STR("\xFF\xFE")) || str_starts_with(raw, STR("\xFE\xFF"));
}

static bool decode(Arena *arena, SourceFile *file, Str *reason) {
    if (!encoding_detect(arena, file->raw, &file->encoding, reason)) return false;
    size_t bad = 0;
    if (!encoding_decode(arena, &file->encoding, file->raw, &file->text, &bad)) {
        if (looks_like_utf16(file->raw)) {
            *reason = STR("it looks like UTF-16, which no Python source can be written in");
            return false;
        }
        unsigned byte = bad < file->raw.length ? (unsigned char)file->raw.data[bad] : 0;
        *reason = message_format(arena, "byte 0x%02x at offset %zu (line %u) is not valid %.*s", byte,
                               bad, line_of(file->raw, bad), STR_ARG(file->encoding.name));
        return false;
    }
    ptrdiff_t nul = str_find(file->text, '\0');
    if (nul >= 0) *reason = reason_of_nul(arena, file->text, nul);
    return nul < 0;
}

// From raw bytes to a measured text, or to SOURCE_UNDECODABLE with a reason.
static void finish(Arena *arena, SourceFile *file, Str *reason) {
    if (!decode(arena, file, reason)) {
        file->state = SOURCE_UNDECODABLE;
        file->text = STR_NONE;
        return;
    }
    // A text, even an empty one, has data; that tells it from a file without text.
    if (!file->text.data) file->text = STR("");
    file->state = SOURCE_READ;
    lines_measure(file);
}

// Of a file that an editor has.
static bool find_text(const Load *load, Str path, Str *text) {
    const SourceOptions *options = load->options;
    if (load->sources->buffer_path.length > 0 && str_equal(path, load->sources->buffer_path)) {
        *text = options->buffer;
        return true;
    }
    for (uint32_t i = 0; i < options->buffer_count; i++) {
        if (!str_equal(options->buffers[i].path, path)) continue;
        *text = options->buffers[i].text;
        return true;
    }
    return false;
}

static void load_file(void *context, uint32_t index, unsigned worker) {
    Load *load = context;
    Arena *arena = &load->arenas[worker];
    SourceFile *file = &load->sources->files.items[index + 1];
    Outcome *outcome = &load->outcomes[index];
    struct stat status = {0};

    if (find_text(load, file->path, &file->raw)) {
        file->raw = arena_copy(arena, file->raw); // the tree may be asked after the editor has another text
        status.st_mode = NEW_FILE_MODE;
        outcome->result = file->raw.length > load->limit ? FILE_TOO_LARGE : FILE_OK;
    } else {
        Str folder = file->hosted ? load->sources->host : load->sources->root;
        outcome->result = beneath_read_linked(arena, file->hosted ? load->host : load->root, folder, file->path,
                                              load->limit, &file->raw, &status);
        outcome->system_error = errno;
    }

    file->mode = status.st_mode;
    if (outcome->result == FILE_OK) {
        finish(arena, file, &outcome->reason);
    } else {
        file->state = outcome->result == FILE_TOO_LARGE ? SOURCE_TOO_LARGE : SOURCE_UNREADABLE;
    }
}

static void report_undecodable(Diagnostics *diagnostics, const SourceFile *file, FileId id,
                               Str reason) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E102, (Span){id, 0, 0}, "cannot decode '%.*s': %.*s",
                   STR_ARG(file->path), STR_ARG(reason));
    diagnostic_help(diagnostics, "save it as UTF-8, or let a file of Python declare its encoding in the first line, such as "
                                 "'# -*- coding: gbk -*-'");
}

static void report_outcome(Diagnostics *diagnostics, const SourceFile *file, FileId id,
                           const Outcome *outcome, size_t limit) {
    Span span = {id, 0, 0};
    switch (outcome->result) {
    case FILE_OK:
        if (file->state == SOURCE_UNDECODABLE) {
            report_undecodable(diagnostics, file, id, outcome->reason);
        }
        break;
    case FILE_TOO_LARGE:
        diagnostic_add(diagnostics, DIAGNOSTIC_W103, span, "skipped '%.*s': over %zu bytes",
                       STR_ARG(file->path), limit);
        diagnostic_help(diagnostics, "its calls are not seen; raise --size-limit if it has some, or "
                                     "exclude it to silence this");
        break;
    case FILE_NOT_REGULAR:
        diagnostic_add(diagnostics, DIAGNOSTIC_E101, span, "cannot read '%.*s': not a regular file",
                       STR_ARG(file->path));
        break;
    case FILE_MISSING:
    case FILE_UNREADABLE:
        diagnostic_add(diagnostics, DIAGNOSTIC_E101, span, "cannot read '%.*s': %s",
                       STR_ARG(file->path), strerror(outcome->system_error));
        diagnostic_help(diagnostics, "its calls are not seen: what they call may be required "
                                     "afterwards; make it readable, or exclude it to silence this");
        break;
    }
}

static void load_files(Sources *sources, const SourceOptions *options, Diagnostics *diagnostics) {
    uint32_t count = sources->files.count - 1;
    unsigned workers = options->threads ? options->threads : 1;
    size_t limit = options->size_limit ? options->size_limit : DEFAULT_LIMIT;
    if (limit > LARGEST_LIMIT) limit = LARGEST_LIMIT;
    Load load = {.sources = sources,
                 .options = options,
                 .limit = limit,
                 .root = beneath_root(sources->root),
                 .host = sources->host.length > 0 ? beneath_root(sources->host) : -1,
                 .outcomes = memory_alloc_zeroed(count, sizeof(Outcome)),
                 .arenas = memory_alloc_zeroed(workers, sizeof(Arena))};
    parallel_for(count, workers, load_file, &load);
    if (load.root >= 0) close(load.root);
    if (load.host >= 0) close(load.host);

    for (uint32_t i = 0; i < count; i++) {
        if (sources->files.items[i + 1].left_out) continue;
        report_outcome(diagnostics, &sources->files.items[i + 1], (FileId){i + 1},
                       &load.outcomes[i], limit);
    }
    for (unsigned i = 0; i < workers; i++) arena_adopt(&sources->arena, &load.arenas[i]);
    free(load.arenas);
    free(load.outcomes);
}

// The entry that stands for "no file".
static void add_unused_first(Sources *sources) {
    if (sources->files.count == 0) vec_extend(&sources->files, 1);
}

static bool find_folder(Sources *sources, Str named, Str *found, Diagnostics *diagnostics) {
    struct stat status;
    bool exists = path_real(&sources->arena, named, found);
    int why = errno;
    if (exists && stat(found->data, &status) == 0 && !S_ISDIR(status.st_mode)) {
        exists = false;
        why = ENOTDIR;
    }
    if (!exists) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s",
                       STR_ARG(named), strerror(why));
    }
    return exists;
}

// Editors name a file as they like; the tree names it from its root.
static bool find_buffer(Sources *sources, const SourceOptions *options, Diagnostics *diagnostics) {
    Str given = options->buffer_path, folder, relative;
    if (given.length == 0) return true;
    Str path = path_normalize(&sources->arena, path_join(&sources->arena, sources->root, given));
    bool inside = path_real(&sources->arena, path_dirname(path), &folder) &&
                  path_relative(sources->root,
                                path_join(&sources->arena, folder, path_basename(path)), &relative);
    if (inside && options->accepts(relative)) {
        sources->buffer_path = arena_copy(&sources->arena, relative);
        return true;
    }
    diagnostic_add(diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s", STR_ARG(given),
                   inside ? "weft does not read such files"
                          : "its folder is not in the tree, which begins at the folder of weft.yml "
                            "or of -C");
    return false;
}

// A file that was never saved is one of the tree, too. PATHS stay sorted.
static void add_buffer(const Sources *sources, PathList *paths) {
    Str path = sources->buffer_path;
    uint32_t at = 0;
    if (path.length == 0) return;
    while (at < paths->count && str_compare(paths->items[at], path) < 0) at++;
    if (at < paths->count && str_equal(paths->items[at], path)) return;
    vec_add(paths, path);
    for (uint32_t i = paths->count - 1; i > at; i--) paths->items[i] = paths->items[i - 1];
    paths->items[at] = path;
}

static int compare_with_path(const void *path, const void *item) {
    return str_compare(*(const Str *)path, *(const Str *)item);
}

// The host's sources, left out, at the paths that they have there; those of the tree come first where both have one.
// OWN is sorted.
static bool add_host(const SourceOptions *options, Sources *sources, const PathList *own,
                     Diagnostics *diagnostics) {
    SourceOptions of_host = {.accepts = options->accepts, .size_limit = options->size_limit};
    PathList paths = {0}, none = {0};
    Str inside;
    bool nested = path_relative(sources->host, sources->root, &inside) && inside.length > 0;
    bool good = discover(&of_host, sources->host, &sources->arena, &paths, &none, diagnostics);
    for (uint32_t i = 0; i < paths.count; i++) {
        Str path = paths.items[i], rest;
        bool twice = own->count > 0 && bsearch(&path, own->items, own->count, sizeof path, compare_with_path);
        if (twice || (nested && path_relative(inside, path, &rest))) continue;
        SourceFile *file = vec_push(&sources->files);
        file->path = path;
        file->auxiliary = file->left_out = file->hosted = true;
    }
    vec_release(&paths);
    vec_release(&none);
    return good;
}

bool sources_load(const SourceOptions *options, Sources *sources, Diagnostics *diagnostics) {
    *sources = (Sources){0};
    add_unused_first(sources);
    if (!find_folder(sources, options->root, &sources->root, diagnostics)) return false;
    if (options->host.length > 0 && !find_folder(sources, options->host, &sources->host, diagnostics))
        return false;
    if (!find_buffer(sources, options, diagnostics)) return false;
    sources->edited = sources->buffer_path.length > 0 || options->buffer_count > 0;
    ProjectStyle style = project_style_read(sources->root);
    sources->line_limit = style.line_limit;
    sources->c_line_limit = style.c_line_limit;
    sources->single_quotes = style.single_quotes;
    sources->sorts_imports = style.sorts_imports;
    PathList paths = {0}, left_out = {0};
    bool found =
        (options->buffer_only && sources->buffer_path.length > 0) ||
        discover(options, sources->root, &sources->arena, &paths, &left_out, diagnostics);
    if (found) {
        add_buffer(sources, &paths);
        for (uint32_t i = 0; i < paths.count; i++) {
            vec_push(&sources->files)->path = paths.items[i];
        }
        for (uint32_t i = 0; i < left_out.count; i++) {
            if (str_equal(left_out.items[i], sources->buffer_path)) continue; // asked for by name
            SourceFile *file = vec_push(&sources->files);
            file->path = left_out.items[i];
            file->auxiliary = file->left_out = true;
            if (!options->accepts(file->path)) file->kind = options->beside(file->path);
        }
        found = sources->host.length == 0 || add_host(options, sources, &paths, diagnostics);
        if (found) load_files(sources, options, diagnostics);
    }
    vec_release(&paths);
    vec_release(&left_out);
    return found;
}

void sources_release(Sources *sources) {
    for (uint32_t i = 0; i < sources->files.count; i++) {
        vec_release(&sources->files.items[i].line_starts);
        vec_release(&sources->files.items[i].characters);
    }
    vec_release(&sources->files);
    arena_release(&sources->arena);
    *sources = (Sources){0};
}

const SourceFile *source_file(const Sources *sources, FileId id) {
    BUG_UNLESS(id.index > 0 && id.index < sources->files.count);
    return &sources->files.items[id.index];
}

// Used only for trees that a test built out of order, or that have an auxiliary file among them.
static FileId find_linearly(const Sources *sources, Str path) {
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (!file->auxiliary && str_equal(file->path, path)) return (FileId){i};
    }
    return (FileId){0};
}

FileId sources_find(const Sources *sources, Str path) {
    if (sources->unsorted) return find_linearly(sources, path);
    uint32_t low = 1, high = sources->files.count;
    while (high > 1 && sources->files.items[high - 1].auxiliary) high--;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_compare(sources->files.items[middle].path, path);
        if (order == 0) return (FileId){middle};
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (FileId){0};
}

bool sources_has(const Sources *sources, Str path) {
    if (sources_find(sources, path).index != 0) return true;
    for (uint32_t i = sources->files.count; i-- > 1 && sources->files.items[i].auxiliary;)
        if (sources->files.items[i].left_out && str_equal(sources->files.items[i].path, path))
            return true;
    return false;
}

static SourceFile *add_bytes(Sources *sources, Str path, Str bytes) {
    add_unused_first(sources);
    SourceFile *file = vec_push(&sources->files);
    file->path = arena_copy(&sources->arena, path);
    file->raw = arena_copy(&sources->arena, bytes);
    file->mode = S_IFREG | 0644;
    return file;
}

FileId sources_add_auxiliary(Sources *sources, Str path, Str bytes) {
    SourceFile *file = add_bytes(sources, path, bytes);
    // Whoever reads it goes by its bytes: spans are offsets in these, whatever the first line says of an
    // encoding. It is only shown, and what is shown is escaped.
    file->auxiliary = true;
    file->text = file->raw.data ? file->raw : STR("");
    file->state = SOURCE_READ;
    lines_measure(file);
    return (FileId){sources->files.count - 1};
}

FileId sources_add_memory(Sources *sources, Str path, Str bytes, Diagnostics *diagnostics) {
    Str reason = STR_NONE;
    SourceFile *file = add_bytes(sources, path, bytes);
    finish(&sources->arena, file, &reason);
    FileId id = {sources->files.count - 1};
    const SourceFile *before = &sources->files.items[id.index - 1];
    if (id.index > 1 && (before->auxiliary || str_compare(before->path, file->path) >= 0)) {
        sources->unsorted = true;
    }
    if (file->state == SOURCE_UNDECODABLE) report_undecodable(diagnostics, file, id, reason);
    return id;
}
