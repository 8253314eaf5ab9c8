// All files of a language to one set of tables. In: the readable files of the tree. Out: merged facts. Files
// are read in parallel, each into tables of its own, and merged in path order: the result does not
// depend on the number of threads. A file is merged as soon as all before it are, so that a tree of
// many files has few tables open at a time.
#include "facts/language.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/parallel.h"
#include "facts/counts.h"
#include "facts/kept.h"

// What was found in one file, until it is merged.
typedef struct Extract {
    Facts facts;
    Diagnostics diagnostics;
    bool good;
} Extract;

typedef struct FileJob {
    FileId file;
    Extract *done; // NULL before and after
} FileJob;

typedef struct Batch {
    Sources *sources;
    const Language *language;
    const PatternProgram *patterns;
    Vec(FileJob) jobs;
    pthread_mutex_t merging; // guards what follows, and FileJob.done
    uint32_t merged;         // jobs that are in FACTS
    Facts *facts;
    Diagnostics *diagnostics;
} Batch;

static void collect(Batch *batch) {
    for (uint32_t i = 1; i < batch->sources->files.count; i++) {
        const SourceFile *file = &batch->sources->files.items[i];
        if ((file->auxiliary && !file->left_out) || file->state != SOURCE_READ) continue;
        bool reads = file->kind == SOURCE_EMBEDDED
                         ? file->code.length > 0 && batch->language->embedded != NULL
                         : file->kind == SOURCE_CODE && batch->language->accepts(file->path);
        if (reads) vec_add(&batch->jobs, ((FileJob){.file = {i}}));
    }
}

static void merge_one(Batch *batch, FileJob *job) {
    Extract *done = job->done;
    if (done->good)
        facts_merge(batch->facts, &done->facts);
    else
        batch->sources->files.items[job->file.index].state = SOURCE_UNPARSABLE;
    facts_release(&done->facts);
    if (!batch->sources->files.items[job->file.index].left_out)
        diagnostics_merge(batch->diagnostics, &done->diagnostics);
    diagnostics_release(&done->diagnostics);
    free(done);
    job->done = NULL;
}

// Whoever finishes the file that the others wait for merges what is ready.
static void merge_ready(Batch *batch, FileJob *job, Extract *done) {
    if (pthread_mutex_lock(&batch->merging) != 0) BUG("cannot lock the tables");
    job->done = done;
    while (batch->merged < batch->jobs.count && batch->jobs.items[batch->merged].done)
        merge_one(batch, &batch->jobs.items[batch->merged++]);
    pthread_mutex_unlock(&batch->merging);
}

static void mark_modules(const Language *language, const Sources *sources, FileId file, Facts *facts) {
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        facts->modules.items[i].language = language;
        facts->modules.items[i].left_out = source_file(sources, file)->left_out;
        facts->modules.items[i].embedded = source_file(sources, file)->kind == SOURCE_EMBEDDED;
    }
}

bool facts_extract_file(const Language *language, const Sources *sources, FileId file,
                        const PatternProgram *patterns, Facts *facts, Diagnostics *diagnostics) {
    KeptFacts kept = {language, sources, file, patterns, NULL};
    if (!facts_kept_find(&kept, facts)) {
        uint32_t said = diagnostics->list.count;
        facts_init(facts, sources);
        if (sources->counts) atomic_fetch_add(&sources->counts->parsed, 1);
        if (!language->extract(sources, file, patterns, facts, diagnostics)) return false;
        if (diagnostics->list.count == said) facts_kept_add(&kept, facts);
    }
    mark_modules(language, sources, file, facts);
    return true;
}

bool facts_extract_again(const Language *language, const Sources *sources, FileId file, const OldText *old,
                         Facts *facts, Diagnostics *diagnostics) {
    if (language->extract_again == NULL)
        return facts_extract_file(language, sources, file, NULL, facts, diagnostics);
    KeptFacts kept = {language, sources, file, NULL, old};
    if (!facts_kept_find(&kept, facts)) {
        facts_init(facts, sources);
        if (!language->extract_again(sources, file, old, facts)) {
            facts_release(facts);
            return facts_extract_file(language, sources, file, NULL, facts, diagnostics);
        }
        if (sources->counts) atomic_fetch_add(&sources->counts->parsed_in_part, 1);
        facts_kept_add(&kept, facts);
    }
    mark_modules(language, sources, file, facts);
    return true;
}

static bool extract(Batch *batch, FileId file, Facts *facts, Diagnostics *diagnostics) {
    bool edited = !source_file(batch->sources, file)->left_out;
    return facts_extract_file(batch->language, batch->sources, file, edited ? batch->patterns : NULL, facts, diagnostics);
}

static void extract_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Batch *batch = context;
    FileJob *job = &batch->jobs.items[index];
    Extract *done = memory_alloc_zeroed(1, sizeof *done);
    done->good = extract(batch, job->file, &done->facts, &done->diagnostics);
    merge_ready(batch, job, done);
}

void facts_extract(Sources *sources, const Language *language, const PatternProgram *patterns,
                   unsigned threads, Facts *facts, Diagnostics *diagnostics) {
    facts_init(facts, sources);
    Batch batch = {.sources = sources,
                   .language = language,
                   .patterns = patterns,
                   .merging = PTHREAD_MUTEX_INITIALIZER,
                   .facts = facts,
                   .diagnostics = diagnostics};
    collect(&batch);
    parallel_for(batch.jobs.count, threads, extract_one, &batch);
    pthread_mutex_destroy(&batch.merging);
    vec_release(&batch.jobs);
    pattern_stops_report(facts->stops.items, facts->stops.count, sources, diagnostics);
}

// ---- a part of the files ---------------------------------------------------------------------------
static void keep_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Batch *batch = context;
    FileJob *job = &batch->jobs.items[index];
    Facts facts;
    Diagnostics said = {0}; // whoever plans says it
    extract(batch, job->file, &facts, &said);
    facts_release(&facts);
    diagnostics_release(&said);
}

uint32_t facts_keep_part(Sources *sources, const Language *language, const PatternProgram *patterns, unsigned threads,
                         ShardPart part) {
    Batch batch = {.sources = sources, .language = language, .patterns = patterns};
    collect(&batch);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < batch.jobs.count; i++)
        if (i % part.count == part.number - 1) batch.jobs.items[kept++] = batch.jobs.items[i];
    batch.jobs.count = kept;
    parallel_for(kept, threads, keep_one, &batch);
    vec_release(&batch.jobs);
    return kept;
}
