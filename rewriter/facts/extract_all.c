// All files to one set of tables. In: the readable files of the tree. Out: merged facts. Files are
// read in parallel, each into tables of its own, and merged in path order: the result does not
// depend on the number of threads. A file is merged as soon as all before it are, so that a tree of
// many files has few tables open at a time.
#include "facts/language.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/bug.h"
#include "base/parallel.h"

// What was found in one file, until it is merged.
typedef struct Extract {
    Facts facts;
    Diagnostics diagnostics;
    bool good;
} Extract;

typedef struct FileJob {
    FileId file;
    const Language *language;
    Extract *done; // NULL before and after
} FileJob;

typedef struct Batch {
    Sources *sources;
    const Language *matched; // whose patterns these are
    const PatternProgram *patterns;
    Vec(FileJob) jobs;
    pthread_mutex_t merging; // guards what follows, and FileJob.done
    uint32_t merged;         // jobs that are in FACTS
    Facts *facts;
    Diagnostics *diagnostics;
} Batch;

static const Language *language_of(Str path, const Language *const *languages, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        if (languages[i]->accepts(path)) return languages[i];
    return NULL;
}

static void collect(Batch *batch, const Language *const *languages, uint32_t count) {
    for (uint32_t i = 1; i < batch->sources->files.count; i++) {
        const SourceFile *file = &batch->sources->files.items[i];
        if (file->auxiliary || file->state != SOURCE_READ) continue;
        const Language *language = language_of(file->path, languages, count);
        if (language) vec_add(&batch->jobs, ((FileJob){.file = {i}, .language = language}));
    }
}

static void merge_one(Batch *batch, FileJob *job) {
    Extract *done = job->done;
    if (done->good)
        facts_merge(batch->facts, &done->facts);
    else
        batch->sources->files.items[job->file.index].state = SOURCE_UNPARSABLE;
    facts_release(&done->facts);
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

static void extract_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Batch *batch = context;
    FileJob *job = &batch->jobs.items[index];
    Extract *done = memory_alloc_zeroed(1, sizeof *done);
    facts_init(&done->facts, batch->sources);
    done->good = job->language->extract(batch->sources, job->file,
                                        job->language == batch->matched ? batch->patterns : NULL,
                                        &done->facts, &done->diagnostics);
    merge_ready(batch, job, done);
}

void facts_extract(Sources *sources, const Language *const *languages, uint32_t language_count,
                   const PatternProgram *patterns, unsigned threads, Facts *facts,
                   Diagnostics *diagnostics) {
    facts_init(facts, sources);
    Batch batch = {.sources = sources,
                   .matched = languages[0],
                   .patterns = patterns,
                   .merging = PTHREAD_MUTEX_INITIALIZER,
                   .facts = facts,
                   .diagnostics = diagnostics};
    collect(&batch, languages, language_count);
    parallel_for(batch.jobs.count, threads, extract_one, &batch);
    pthread_mutex_destroy(&batch.merging);
    vec_release(&batch.jobs);
    pattern_stops_report(facts->stops.items, facts->stops.count, sources, diagnostics);
}
