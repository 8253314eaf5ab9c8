// All files to one set of tables. In: the readable files of the tree. Out: merged facts. Files are
// read in parallel, each into tables of its own, and merged in path order: the result does not
// depend on the number of threads.
#include "facts/language.h"

#include "base/parallel.h"

typedef struct FileJob {
    FileId file;
    const Language *language;
    Facts facts;
    Diagnostics diagnostics;
    bool extracted;
} FileJob;

typedef struct Batch {
    const Sources *sources;
    const Language *matched; // whose patterns these are
    const PatternProgram *patterns;
    Vec(FileJob) jobs;
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

static void extract_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Batch *batch = context;
    FileJob *job = &batch->jobs.items[index];
    facts_init(&job->facts, batch->sources);
    job->extracted =
        job->language->extract(batch->sources, job->file,
                               job->language == batch->matched ? batch->patterns : NULL,
                               &job->facts, &job->diagnostics);
}

void facts_extract(Sources *sources, const Language *const *languages, uint32_t language_count,
                   const PatternProgram *patterns, unsigned threads, Facts *facts,
                   Diagnostics *diagnostics) {
    facts_init(facts, sources);
    Batch batch = {.sources = sources, .matched = languages[0], .patterns = patterns};
    collect(&batch, languages, language_count);
    parallel_for(batch.jobs.count, threads, extract_one, &batch);
    for (uint32_t i = 0; i < batch.jobs.count; i++) {
        FileJob *job = &batch.jobs.items[i];
        if (job->extracted)
            facts_merge(facts, &job->facts);
        else
            sources->files.items[job->file.index].state = SOURCE_UNPARSABLE;
        facts_release(&job->facts);
        diagnostics_merge(diagnostics, &job->diagnostics);
        diagnostics_release(&job->diagnostics);
    }
    vec_release(&batch.jobs);
    pattern_stops_report(facts->stops.items, facts->stops.count, sources, diagnostics);
}
