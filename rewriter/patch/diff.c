// A plan as a unified diff. In: old and new bytes of each file. Out: text that `git apply` and
// `patch -p1` turn into exactly the new bytes. The lines come from libgit2; the headers are written
// here, because libgit2 leaves out the TAB after a path with a space, which GNU patch needs. Never
// reads a disk.
#include "patch/diff.h"

#include "base/bug.h"
#include "base/image.h"
#include "patch/quote.h"
#include "source/blob_id.h"
#include "source/cache.h"
#include "source/git_library.h"
#include "source/source_digest.h"
#include "source/utf8.h"

enum { ABBREVIATED = 7 }; // hex digits of a blob id, as git shows by default

typedef struct Colors {
    const char *header, *hunk, *insertion, *deletion, *off;
    bool escapes;
} Colors;

static const Colors COLORED = {"\033[1m", "\033[36m", "\033[32m", "\033[31m", "\033[m", true};
static const Colors SHOWN = {"", "", "", "", "", true};
static const Colors PLAIN = {"", "", "", "", "", false};
static const Colors *const LOOKS[] = {
    [DIFF_BYTES] = &PLAIN, [DIFF_SHOWN] = &SHOWN, [DIFF_COLORED] = &COLORED};

static git_patch *make_patch(const PlannedFile *file, uint32_t context) {
    git_diff_options options;
    libgit2.diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.context_lines = context;
    options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
    git_patch *patch = NULL;
    int result = libgit2.patch_from_buffers(
        &patch, file->before.length ? file->before.data : "", file->before.length, NULL,
        file->after.length ? file->after.data : "", file->after.length, NULL, &options);
    if (result != 0)
        BUG("libgit2 cannot compare '%.*s': %s", STR_ARG(file->path), git_library_error());
    return patch;
}

static void add_blob_id(StrBuf *out, const BlobId *id) {
    strbuf_add(out, (Str){blob_id_text(id).digits, ABBREVIATED});
}

static void add_header_line(StrBuf *out, const Colors *colors, const char *line) {
    strbuf_addf(out, "%s%s%s\n", colors->header, line, colors->off);
}

static void add_index_line(StrBuf *out, const Colors *colors, const PlannedFile *file,
                           const char *mode) {
    strbuf_addf(out, "%sindex ", colors->header);
    if (file->is_new)
        strbuf_add_repeat(out, '0', ABBREVIATED);
    else
        add_blob_id(out, &file->before_id);
    strbuf_add_text(out, "..");
    add_blob_id(out, &file->after_id);
    if (!file->is_new) strbuf_addf(out, " %s", mode);
    strbuf_addf(out, "%s\n", colors->off);
}

// `--- a/path` or `+++ b/path`; a TAB tells GNU patch where a path with a space ends.
static void add_side(StrBuf *out, const Colors *colors, const char *mark, const char *prefix,
                     Str path) {
    strbuf_addf(out, "%s%s ", colors->header, mark);
    quote_path(out, prefix, path);
    if (str_find(path, ' ') >= 0) strbuf_add_char(out, '\t');
    strbuf_addf(out, "%s\n", colors->off);
}

static void add_file_header(StrBuf *out, const Colors *colors, const PlannedFile *file,
                            bool has_hunks) {
    const char *mode = (file->mode & 0100) != 0 ? "100755" : "100644";
    strbuf_addf(out, "%sdiff --git ", colors->header);
    quote_path(out, "a/", file->path);
    strbuf_add_char(out, ' ');
    quote_path(out, "b/", file->path);
    strbuf_addf(out, "%s\n", colors->off);
    if (file->is_new) strbuf_addf(out, "%snew file mode %s%s\n", colors->header, mode, colors->off);
    add_index_line(out, colors, file, mode);
    if (!has_hunks) return; // an empty new file: git writes no names either
    if (file->is_new)
        add_header_line(out, colors, "--- /dev/null");
    else
        add_side(out, colors, "---", "a/", file->path);
    add_side(out, colors, "+++", "b/", file->path);
}

// The `@@ -1,3 +1,4 @@` part is coloured, what follows is the text of an enclosing line.
// The end of a line stays what it is.
static void add_content(StrBuf *out, const Colors *colors, Str text) {
    while (colors->escapes && text.length > 0 && text.data[0] != '\n' &&
           !str_equal(text, STR("\r\n"))) {
        Str character = utf8_take(&text);
        if (character.data[0] == '\t')
            strbuf_add_char(out, '\t');
        else
            utf8_add_shown(out, character);
    }
    strbuf_add(out, text);
}

static void add_hunk_header(StrBuf *out, const Colors *colors, const git_diff_hunk *hunk) {
    Str header = {hunk->header, hunk->header_len};
    ptrdiff_t end = str_find_str(str_slice(header, 2, header.length), STR("@@"));
    size_t cut = end < 0 ? header.length : (size_t)end + 4;
    strbuf_add_text(out, colors->hunk);
    strbuf_add(out, str_slice(header, 0, cut));
    strbuf_add_text(out, colors->off);
    add_content(out, colors, str_slice(header, cut, header.length));
}

static void add_line(StrBuf *out, const Colors *colors, const git_diff_line *line) {
    Str content = {line->content, line->content_len};
    if (line->origin != GIT_DIFF_LINE_ADDITION && line->origin != GIT_DIFF_LINE_DELETION) {
        // Context, or "\n\\ No newline at end of file\n" after a line without an end.
        if (line->origin == GIT_DIFF_LINE_CONTEXT) strbuf_add_char(out, ' ');
        add_content(out, colors, content);
        return;
    }
    size_t end = content.length;
    if (end > 0 && content.data[end - 1] == '\n') end--;
    if (end > 0 && content.data[end - 1] == '\r') end--;
    strbuf_add_text(out,
                    line->origin == GIT_DIFF_LINE_ADDITION ? colors->insertion : colors->deletion);
    strbuf_add_char(out, line->origin);
    add_content(out, colors, str_slice(content, 0, end));
    strbuf_add_text(out, colors->off);
    strbuf_add(out, str_slice(content, end, content.length));
}

static void add_hunks(StrBuf *out, const Colors *colors, git_patch *patch) {
    size_t hunks = libgit2.patch_num_hunks(patch);
    for (size_t i = 0; i < hunks; i++) {
        const git_diff_hunk *hunk = NULL;
        size_t lines = 0;
        if (libgit2.patch_get_hunk(&hunk, &lines, patch, i) != 0) BUG("hunk %zu is not there", i);
        add_hunk_header(out, colors, hunk);
        for (size_t j = 0; j < lines; j++) {
            const git_diff_line *line = NULL;
            if (libgit2.patch_get_line_in_hunk(&line, patch, i, j) != 0)
                BUG("line %zu is not there", j);
            add_line(out, colors, line);
        }
    }
}

static void add_file(StrBuf *out, const Colors *colors, const PlannedFile *file, uint32_t context) {
    git_patch *patch = make_patch(file, context);
    add_file_header(out, colors, file, libgit2.patch_num_hunks(patch) > 0);
    add_hunks(out, colors, patch);
    libgit2.patch_free(patch);
}

void diff_add_hunks(StrBuf *out, Str before, Str after, uint32_t context) {
    git_library_start();
    PlannedFile file = {.before = before, .after = after};
    git_patch *patch = make_patch(&file, context);
    add_hunks(out, &PLAIN, patch);
    libgit2.patch_free(patch);
}

void diff_add(const Plan *plan, uint32_t context, DiffLook look, StrBuf *out) {
    git_library_start();
    for (uint32_t i = 0; i < plan->files.count; i++)
        add_file(out, LOOKS[look], &plan->files.items[i], context);
}

// ---- kept ----------------------------------------------------------------------------------------
// An old text and its edits are the new one; a file of the runtime has its text.
static Digest key_of(const Plan *plan, const Sources *sources, const PlannedFile *file, uint32_t context, DiffLook look) {
    StrBuf about = {0};
    Digest text = file->is_new ? digest_of(file->after) : source_digest(source_file(sources, file->file));
    image_add_text(&about, STR("diff"));
    image_add_text(&about, file->path);
    image_add_text(&about, (Str){(const char *)text.bytes, sizeof text.bytes});
    image_add_number(&about, file->is_new);
    image_add_number(&about, file->mode);
    image_add_number(&about, context);
    image_add_number(&about, look);
    for (uint32_t i = 0; i < file->edit_count; i++) {
        const Edit *edit = &plan->edits.list.items[file->first_edit + i];
        image_add_number(&about, edit->start);
        image_add_number(&about, edit->end);
        image_add_text(&about, edit->text);
    }
    Digest key = digest_of(strbuf_str(&about));
    strbuf_release(&about);
    return key;
}

static void add_file_kept(Plan *plan, const Sources *sources, PlannedFile *file, uint32_t context, DiffLook look,
                          StrBuf *out) {
    Arena arena = {0};
    Str kept;
    size_t before = out->length;
    Digest key = key_of(plan, sources, file, context, look);
    if (cache_find(sources->cache, CACHE_FACTS, &key, &arena, &kept)) {
        strbuf_add(out, kept);
    } else {
        plan_identify_file(file);
        add_file(out, LOOKS[look], file, context);
        cache_keep(sources->cache, CACHE_FACTS, &key, str_slice(strbuf_str(out), before, out->length));
    }
    arena_release(&arena);
}

void diff_add_kept(Plan *plan, const Sources *sources, uint32_t context, DiffLook look, StrBuf *out) {
    git_library_start();
    for (uint32_t i = 0; i < plan->files.count; i++)
        add_file_kept(plan, sources, &plan->files.items[i], context, look, out);
}

// ---- written and counted ---------------------------------------------------------------------------
void diff_write(const Plan *plan, uint32_t context, DiffLook look, FILE *out) {
    git_library_start();
    StrBuf buffer = {0};
    for (uint32_t i = 0; i < plan->files.count; i++) {
        strbuf_clear(&buffer);
        add_file(&buffer, LOOKS[look], &plan->files.items[i], context);
        fwrite(buffer.data, 1, buffer.length, out);
    }
    strbuf_release(&buffer);
}

DiffStat diff_count(const Plan *plan, DiffRow *rows) {
    git_library_start();
    DiffStat stat = {.files = plan->files.count};
    for (uint32_t i = 0; i < plan->files.count; i++) {
        git_patch *patch = make_patch(&plan->files.items[i], 0);
        size_t insertions = 0, deletions = 0;
        if (libgit2.patch_line_stats(NULL, &insertions, &deletions, patch) != 0)
            BUG("libgit2 cannot count the lines of a patch");
        libgit2.patch_free(patch);
        if (rows != NULL) rows[i] = (DiffRow){(uint32_t)insertions, (uint32_t)deletions};
        stat.new_files += plan->files.items[i].is_new;
        stat.insertions += (uint32_t)insertions;
        stat.deletions += (uint32_t)deletions;
    }
    return stat;
}
