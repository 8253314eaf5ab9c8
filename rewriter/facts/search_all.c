// All files searched for patterns. In: the readable files of the tree. Out: matches by file, in path
// order whatever the number of threads. Makes no facts.
#include "base/parallel.h"
#include "facts/language.h"

typedef struct Search {
    const Sources *sources;
    const Language *language;
    const PatternProgram *patterns;
    SearchResult *result;
} Search;

static void search_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    Search *search = context;
    FileMatches *job = &search->result->files.items[index];
    search->language->patterns->search(search->patterns, source_file(search->sources, job->file),
                                       job->file, &job->matches);
}

static void report_stops(const SearchResult *result, const Sources *sources,
                         Diagnostics *diagnostics) {
    Vec(PatternStop) stops = {0};
    for (uint32_t i = 0; i < result->files.count; i++) {
        const PatternMatches *matches = &result->files.items[i].matches;
        for (uint32_t k = 0; k < matches->stops.count; k++)
            vec_add(&stops, matches->stops.items[k]);
    }
    pattern_stops_report(stops.items, stops.count, sources, diagnostics);
    vec_release(&stops);
}

void patterns_search(const Sources *sources, const Language *language,
                     const PatternProgram *patterns, unsigned threads, SearchResult *result,
                     Diagnostics *diagnostics) {
    *result = (SearchResult){0};
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (!file->auxiliary && file->state == SOURCE_READ && language->accepts(file->path))
            vec_add(&result->files, ((FileMatches){.file = {i}}));
    }
    Search search = {sources, language, patterns, result};
    parallel_for(result->files.count, threads, search_one, &search);
    report_stops(result, sources, diagnostics);
}

void search_release(SearchResult *result) {
    for (uint32_t i = 0; i < result->files.count; i++)
        pattern_matches_release(&result->files.items[i].matches);
    vec_release(&result->files);
}
