// In: paths and folders. Out: states, each made once. Never trusts the time of a file: bytes are read and digested. Times
// of folders only say that something was added or removed while a unit was being parsed.
#include "clang/unit/reads.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/image.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/path.h"
#include "source/source_digest.h"

enum { READ_SIZE_MAX = 64 << 20, ABSENT = 0, PRESENT = 1 };

typedef struct Search {
    const Str *folders;
    uint32_t count;
} Search;

struct Reads {
    const Sources *sources;
    pthread_mutex_t lock; // guards all of it
    Arena arena;
    Interner *paths;             // of files, by which FILE_OF
    Vec(ReadFile *) files;       // by ReadFile.index
    Map file_of;                 // path -> index
    Interner *places;            // where something was looked for
    Map there;                   // place -> ABSENT or PRESENT
    Interner *folders;           // of these places
    Interner *search_texts, *names;
    Vec(Search) searches;        // by Name.index of their text
    Map masks;                   // (search, name) -> index of what stands for it in MASK_TEXTS
    Vec(Str) mask_texts;
    Map state_of;                // (file, search) -> index
    Vec(Digest) states;
    struct timespec opened;      // by the clock that files have their times from
};

Reads *reads_open(const Sources *sources) {
    Reads *reads = memory_alloc_zeroed(1, sizeof *reads);
    *reads = (Reads){.sources = sources, .lock = PTHREAD_MUTEX_INITIALIZER};
    reads->paths = interner_new();
    reads->places = interner_new();
    reads->folders = interner_new();
    reads->search_texts = interner_new();
    reads->names = interner_new();
    if (clock_gettime(CLOCK_REALTIME_COARSE, &reads->opened) != 0) reads->opened = (struct timespec){0};
    return reads;
}

void reads_close(Reads *reads) {
    if (reads == NULL) return;
    for (uint32_t i = 0; i < reads->files.count; i++) mentions_release(&reads->files.items[i]->mentions);
    interner_free(reads->paths);
    interner_free(reads->places);
    interner_free(reads->folders);
    interner_free(reads->search_texts);
    interner_free(reads->names);
    vec_release(&reads->files);
    vec_release(&reads->searches);
    vec_release(&reads->mask_texts);
    vec_release(&reads->states);
    map_release(&reads->file_of);
    map_release(&reads->there);
    map_release(&reads->masks);
    map_release(&reads->state_of);
    arena_release(&reads->arena);
    pthread_mutex_destroy(&reads->lock);
    free(reads);
}

static void lock(Reads *reads) {
    if (pthread_mutex_lock(&reads->lock) != 0) BUG("cannot lock what units read");
}

static void unlock(Reads *reads) { pthread_mutex_unlock(&reads->lock); }

// ---- files -----------------------------------------------------------------------------------------
static ReadFile *add_file(Reads *reads, Str path) {
    ReadFile *file = arena_new(&reads->arena, ReadFile);
    file->index = reads->files.count;
    file->path = arena_copy(&reads->arena, path);
    vec_add(&reads->files, file);
    return file;
}

// That of the tree is as this run has read it.
static void read_text(Reads *reads, ReadFile *file) {
    Arena scratch = {0};
    Str real, inside;
    const Sources *sources = reads->sources;
    if (path_real(&scratch, file->path, &real) && path_relative(sources->root, real, &inside))
        file->source = sources_find(sources, inside);
    const SourceFile *source = file->source.index ? source_file(sources, file->source) : NULL;
    if (source != NULL && source->state == SOURCE_READ) {
        file->there = true;
        file->text = source->text;
        file->digest = source_digest(source);
    } else {
        file->there = file_read(&reads->arena, file->path, READ_SIZE_MAX, &file->text, NULL) == FILE_OK;
        file->digest = digest_of(file->text);
    }
    mentions_read(file->text, &file->mentions);
    arena_release(&scratch);
}

const ReadFile *reads_file(Reads *reads, Str path) {
    lock(reads);
    uint32_t index = 0;
    Name name = intern(reads->paths, path);
    if (!map_get(&reads->file_of, name.index, &index)) {
        ReadFile *file = add_file(reads, path);
        index = file->index;
        read_text(reads, file);
        map_put(&reads->file_of, name.index, index);
    }
    const ReadFile *file = reads->files.items[index];
    unlock(reads);
    return file;
}

const ReadFile *reads_new_text(Reads *reads, Str path, FileId source, Str text) {
    lock(reads);
    ReadFile *file = add_file(reads, path);
    file->source = source;
    file->there = true;
    file->text = text;
    file->digest = digest_of(text);
    mentions_read(text, &file->mentions);
    unlock(reads);
    return file;
}

// ---- what is where ---------------------------------------------------------------------------------
static bool is_there(Reads *reads, Str folder, Str name) {
    Arena scratch = {0};
    struct stat status;
    Str place = arena_copy(&scratch, path_join(&scratch, folder, name));
    Name id = intern(reads->places, place);
    uint32_t state = ABSENT;
    if (!map_get(&reads->there, id.index, &state)) {
        bool regular = place.length > 0 && stat(place.data, &status) == 0 && !S_ISDIR(status.st_mode);
        state = regular ? PRESENT : ABSENT;
        map_put(&reads->there, id.index, state);
        intern(reads->folders, path_dirname(place));
    }
    arena_release(&scratch);
    return state == PRESENT;
}

uint32_t reads_search(Reads *reads, const Str *folders, uint32_t count) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < count; i++) image_add_text(&text, folders[i]);
    lock(reads);
    Name id = intern(reads->search_texts, strbuf_str(&text));
    while (reads->searches.count <= id.index) {
        Str *copies = arena_array(&reads->arena, Str, count + 1);
        for (uint32_t i = 0; i < count; i++) copies[i] = arena_copy(&reads->arena, folders[i]);
        vec_add(&reads->searches, ((Search){copies, count}));
    }
    unlock(reads);
    strbuf_release(&text);
    return id.index;
}

// A sign for each folder of SEARCH: whether NAME is there.
static Str mask_of(Reads *reads, uint32_t search, Str name) {
    uint64_t key = map_key(search, intern(reads->names, name).index);
    uint32_t known = 0;
    if (map_get(&reads->masks, key, &known)) return reads->mask_texts.items[known];
    const Search *folders = &reads->searches.items[search];
    StrBuf mask = {0};
    for (uint32_t i = 0; i < folders->count; i++)
        strbuf_add_char(&mask, is_there(reads, folders->folders[i], name) ? '+' : '-');
    map_put(&reads->masks, key, reads->mask_texts.count);
    vec_add(&reads->mask_texts, arena_copy(&reads->arena, strbuf_str(&mask)));
    strbuf_release(&mask);
    return *vec_last(&reads->mask_texts);
}

static void add_lookup(Reads *reads, Str folder, Str name, bool beside, uint32_t search, StrBuf *out) {
    strbuf_add_char(out, beside && is_there(reads, folder, name) ? '+' : '-');
    strbuf_add(out, mask_of(reads, search, name));
}

Digest reads_lookup(Reads *reads, Str folder, const Str *names, uint32_t count, uint32_t search) {
    StrBuf out = {0};
    lock(reads);
    for (uint32_t i = 0; i < count; i++) add_lookup(reads, folder, names[i], true, search, &out);
    unlock(reads);
    Digest digest = digest_of(strbuf_str(&out));
    strbuf_release(&out);
    return digest;
}

static Digest make_state(Reads *reads, const ReadFile *file, uint32_t search) {
    StrBuf out = {0};
    Str folder = path_dirname(file->path);
    image_add_text(&out, file->path);
    image_add_text(&out, file->source.index ? source_file(reads->sources, file->source)->path : STR_NONE);
    image_add_number(&out, file->there);
    strbuf_add(&out, (Str){(const char *)file->digest.bytes, sizeof file->digest.bytes});
    for (uint32_t i = 0; i < file->mentions.list.count; i++) {
        const Mention *mention = &file->mentions.list.items[i];
        add_lookup(reads, folder, mention->name, mention->quoted, search, &out);
    }
    Digest digest = digest_of(strbuf_str(&out));
    strbuf_release(&out);
    return digest;
}

Digest reads_state(Reads *reads, const ReadFile *file, uint32_t search) {
    uint64_t key = map_key(file->index, search);
    uint32_t known = 0;
    lock(reads);
    if (!map_get(&reads->state_of, key, &known)) {
        known = reads->states.count;
        Digest made = make_state(reads, file, search);
        vec_add(&reads->states, made);
        map_put(&reads->state_of, key, known);
    }
    Digest state = reads->states.items[known];
    unlock(reads);
    return state;
}

// ---- while units are parsed ------------------------------------------------------------------------
static bool is_since(const struct timespec *time, const struct timespec *begin) {
    return time->tv_sec != begin->tv_sec ? time->tv_sec > begin->tv_sec : time->tv_nsec >= begin->tv_nsec;
}

bool reads_are_settled(Reads *reads) {
    bool settled = true;
    lock(reads);
    for (uint32_t i = 1; settled && i < intern_count(reads->folders); i++) {
        struct stat status;
        if (stat(intern_str(reads->folders, (Name){i}).data, &status) == 0)
            settled = !is_since(&status.st_mtim, &reads->opened);
    }
    unlock(reads);
    return settled;
}
