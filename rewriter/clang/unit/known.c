// In: units. Out: what was kept of them. Whatever is not as it was is not found; nothing is ever compared by time or size.
#include "clang/unit/known.h"

#include <stdlib.h>

#include "base/bug.h"
#include "base/image.h"
#include "base/path.h"
#include "clang/unit/known_internal.h"

enum { LISTS_MAX = 64 }; // that are tried for one main text

void unit_reads_release(UnitReads *reads) {
    vec_release(&reads->files);
    vec_release(&reads->folders);
    vec_release(&reads->names);
    arena_release(&reads->arena);
    *reads = (UnitReads){0};
}

static void clear(UnitReads *reads) {
    vec_clear(&reads->files);
    vec_clear(&reads->folders);
    vec_clear(&reads->names);
}

static void lock(Known *known) {
    if (pthread_mutex_lock(&known->lock) != 0) BUG("cannot lock what is known of units");
}

static void add_digest(StrBuf *out, const Digest *digest) {
    strbuf_add(out, (Str){(const char *)digest->bytes, sizeof digest->bytes});
}

// The digest of what OUT has, which is empty afterwards.
static Digest finish(StrBuf *out) {
    Digest digest = digest_of(strbuf_str(out));
    strbuf_release(out);
    return digest;
}

// ---- opening ---------------------------------------------------------------------------------------
static void add_compiler(StrBuf *out) {
#ifdef WEFT_WITH_LIBCLANG
    CXString version = libclang.getClangVersion();
    image_add_text(out, str_from(libclang.getCString(version)));
    libclang.disposeString(version);
#else
    (void)out;
#endif
}

Known *known_open(const Sources *sources) {
    Known *known = memory_alloc_zeroed(1, sizeof *known);
    *known = (Known){.sources = sources, .cache = sources->cache, .lock = PTHREAD_MUTEX_INITIALIZER};
    known->reads = reads_open(sources);
    known->commands = interner_new();
    vec_add(&known->rows, NULL);
    StrBuf text = {0};
    add_compiler(&text);
    search_add_environment(&text);
    image_add_text(&text, sources->root);
    known->compiler = finish(&text);
    return known;
}

bool known_close(Known *known) {
    bool settled = reads_are_settled(known->reads);
    for (uint32_t i = 0; settled && i < known->lists.count; i++)
        cache_keep(known->cache, CACHE_FACTS, &known->lists.items[i].key, known->lists.items[i].bytes);
    for (uint32_t i = 1; i < known->rows.count; i++) {
        vec_release(&known->rows.items[i]->folders);
        vec_release(&known->rows.items[i]->names);
    }
    reads_close(known->reads);
    interner_free(known->commands);
    vec_release(&known->rows);
    vec_release(&known->lists);
    vec_release(&known->replaced);
    map_release(&known->replaced_by_source);
    arena_release(&known->arena);
    pthread_mutex_destroy(&known->lock);
    free(known);
    return settled;
}

void known_replace(Known *known, Str path, FileId source, Str text) {
    if (source.index) map_put(&known->replaced_by_source, source.index, known->replaced.count);
    vec_add(&known->replaced, reads_new_text(known->reads, path, source, text));
}

const ReadFile *known_file(Known *known, Str path) {
    const ReadFile *file = reads_file(known->reads, path);
    uint32_t found = 0;
    if (file->source.index && map_get(&known->replaced_by_source, file->source.index, &found))
        return known->replaced.items[found];
    for (uint32_t i = 0; !file->there && i < known->replaced.count; i++) // one that is new
        if (str_equal(known->replaced.items[i]->path, path)) return known->replaced.items[i];
    return file;
}

// ---- commands --------------------------------------------------------------------------------------
uint32_t known_command(Known *known, const UnitFact *unit) {
    StrBuf text = {0};
    image_add_text(&text, unit->folder);
    for (uint32_t i = 0; i < unit->argument_count; i++) image_add_text(&text, str_from(unit->arguments[i]));
    lock(known);
    Name id = intern(known->commands, strbuf_str(&text));
    if (id.index == known->rows.count) {
        Command *row = arena_new(&known->arena, Command);
        row->digest = digest_of(strbuf_str(&text));
        search_of_unit(&known->arena, unit, &row->folders, &row->names);
        vec_add(&known->rows, row);
    }
    pthread_mutex_unlock(&known->lock);
    strbuf_release(&text);
    return id.index;
}

const Command *known_command_row(Known *known, const UnitFact *unit) {
    uint32_t index = known_command(known, unit);
    lock(known);
    const Command *row = known->rows.items[index];
    pthread_mutex_unlock(&known->lock);
    return row;
}

// ---- keys ------------------------------------------------------------------------------------------
// Of the first list: of what is there before anything was parsed.
static Digest first_key(Known *known, const UnitFact *unit, const char *kind) {
    Arena scratch = {0};
    StrBuf out = {0};
    Str path = source_file(known->sources, unit->file)->path;
    const ReadFile *main = known_file(known, path_join(&scratch, known->sources->root, path));
    image_add_text(&out, str_from(kind));
    add_digest(&out, &known->compiler);
    add_digest(&out, &known_command_row(known, unit)->digest);
    image_add_text(&out, path);
    add_digest(&out, &main->digest);
    arena_release(&scratch);
    return finish(&out);
}

static Digest next_key(const Digest *state) {
    StrBuf out = {0};
    image_add_text(&out, STR("next"));
    add_digest(&out, state);
    return finish(&out);
}

static Digest state_of(Known *known, const UnitFact *unit, const Digest *first, const UnitReads *reads) {
    const Command *command = known_command_row(known, unit);
    Strs folders = {0};
    StrBuf out = {0};
    for (uint32_t i = 0; i < command->folders.count; i++) vec_add(&folders, command->folders.items[i]);
    for (uint32_t i = 0; i < reads->folders.count; i++) vec_add(&folders, reads->folders.items[i]);
    uint32_t search = reads_search(known->reads, folders.items, folders.count);
    add_digest(&out, first);
    image_add_number(&out, reads->files.count);
    for (uint32_t i = 0; i < reads->files.count; i++) {
        const ReadFile *file = reads->files.items[i];
        Digest state = reads_state(known->reads, file, search);
        add_digest(&out, &state);
        if (!file->mentions.computed || reads->names.count == 0) continue;
        Digest more = reads_lookup(known->reads, path_dirname(file->path), reads->names.items, reads->names.count, search);
        add_digest(&out, &more);
    }
    Digest named = reads_lookup(known->reads, unit->folder, command->names.items, command->names.count, search);
    add_digest(&out, &named);
    vec_release(&folders);
    return finish(&out);
}

// ---- lists -----------------------------------------------------------------------------------------
// Each text as what it has in common with the one before, and the rest.
static void add_texts(StrBuf *out, const Strs *texts) {
    Str before = STR_NONE;
    image_add_number(out, texts->count);
    for (uint32_t i = 0; i < texts->count; i++) {
        Str text = texts->items[i];
        size_t common = 0;
        while (common < text.length && common < before.length && text.data[common] == before.data[common]) common++;
        image_add_number(out, common);
        image_add_text(out, str_slice(text, common, text.length));
        before = text;
    }
}

static void read_texts(ImageReader *image, Arena *arena, Strs *texts) {
    Str before = STR_NONE;
    uint32_t count = image_count(image, image->rest.length);
    for (uint32_t i = 0; i < count && !image->failed; i++) {
        uint32_t common = image_count(image, before.length);
        Str rest = image_text(image);
        before = arena_format(arena, "%.*s%.*s", (int)common, before.data ? before.data : "", STR_ARG(rest));
        vec_add(texts, before);
    }
}

static Str list_bytes(Arena *arena, const UnitReads *reads) {
    StrBuf out = {0};
    Strs paths = {0};
    for (uint32_t i = 0; i < reads->files.count; i++) vec_add(&paths, reads->files.items[i]->path);
    add_texts(&out, &paths);
    add_texts(&out, &reads->folders);
    add_texts(&out, &reads->names);
    Str bytes = arena_copy(arena, strbuf_str(&out));
    vec_release(&paths);
    strbuf_release(&out);
    return bytes;
}

// The list at KEY. False when there is none.
static bool read_list(Known *known, const Digest *key, UnitReads *reads, Str *bytes) {
    ImageReader image = {0};
    Strs paths = {0};
    if (!cache_find(known->cache, CACHE_FACTS, key, &reads->arena, bytes)) return false;
    image.rest = *bytes;
    clear(reads);
    read_texts(&image, &reads->arena, &paths);
    read_texts(&image, &reads->arena, &reads->folders);
    read_texts(&image, &reads->arena, &reads->names);
    for (uint32_t i = 0; i < paths.count; i++) vec_add(&reads->files, known_file(known, paths.items[i]));
    vec_release(&paths);
    return !image.failed && reads->files.count > 0;
}

// ---- finding and keeping ---------------------------------------------------------------------------
bool known_has(Known *known, const UnitFact *unit, const char *kind, UnitReads *reads) {
    Str bytes;
    if (known->cache == NULL) return false;
    Digest first = first_key(known, unit, kind), key = first;
    for (int i = 0; i < LISTS_MAX && read_list(known, &key, reads, &bytes); i++) {
        reads->state = state_of(known, unit, &first, reads);
        reads->certain = true;
        if (cache_use(known->cache, CACHE_FACTS, &reads->state)) return true;
        key = next_key(&reads->state);
    }
    clear(reads);
    reads->certain = false;
    return false;
}

bool known_find(Known *known, const UnitFact *unit, const char *kind, UnitReads *reads, Str *bytes) {
    return known_has(known, unit, kind, reads) &&
           cache_find(known->cache, CACHE_FACTS, &reads->state, &reads->arena, bytes);
}

// Behind the lists that are there, unless it is one of them.
static void keep_list(Known *known, const UnitFact *unit, const Digest *first, const UnitReads *reads) {
    UnitReads other = {0};
    Str bytes = list_bytes(&other.arena, reads), there;
    Digest key = *first;
    bool known_already = false;
    int tried = 0;
    while (tried++ < LISTS_MAX && !known_already && read_list(known, &key, &other, &there)) {
        known_already = str_equal(bytes, there);
        Digest state = state_of(known, unit, first, &other);
        key = next_key(&state);
    }
    if (!known_already && tried <= LISTS_MAX) {
        lock(known);
        vec_add(&known->lists, ((KnownList){key, arena_copy(&known->arena, bytes)}));
        pthread_mutex_unlock(&known->lock);
    }
    unit_reads_release(&other);
}

void known_keep(Known *known, const UnitFact *unit, const char *kind, UnitReads *reads, Str bytes) {
    if (known->cache == NULL || !reads->certain) return;
    Digest first = first_key(known, unit, kind);
    reads->state = state_of(known, unit, &first, reads);
    cache_keep(known->cache, CACHE_FACTS, &reads->state, bytes);
    keep_list(known, unit, &first, reads);
}
