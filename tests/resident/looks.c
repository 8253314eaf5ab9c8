// One tree, looked at again and again: by runs that share what a program that stays keeps, and by runs that know nothing.
//     looks [OPTIONS of weft plan] < words
// For each line of standard input one look: `both` compares all that the two say and prints "same" or what differs first,
// `one` prints the milliseconds of processor time that the first of them takes. Ends with the input, or with 1 at a
// difference.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bug.h"
#include "cli/run.h"
#include "facts/dump.h"
#include "report/plan_dump.h"
#include "report/solution_dump.h"

typedef struct Said {
    char *bytes;
    size_t length;
} Said;

static void print(const Run *run, bool good, FILE *out) {
    fprintf(out, "good %d\n", good);
    diagnostics_render(&run->diagnostics, &run->sources, SEVERITY_NOTE, false, out);
    for (int i = 0; i < OUTCOME_COUNT; i++) fprintf(out, "%d ", (int)run->solution.outcome_counts[i]);
    fputc('\n', out);
    if (run->facts.names == NULL) return;
    StrBuf text = {0};
    facts_dump(&run->facts, &text);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
    if (run->solution.functions != NULL) solution_dump(&run->program, &run->solution, out);
    plan_dump(&run->plan, &run->sources, out);
}

// MILLISECONDS takes the processor time; NULL: all that is said is wanted.
static Said look(Options *options, Resident *resident, double *milliseconds) {
    Run run;
    Said said = {0};
    struct timespec from, to;
    options->resident = resident;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    bool good = run_pipeline(&run, options, RUN_TO_PLAN);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    if (milliseconds != NULL) {
        *milliseconds = (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
        run_release(&run);
        return said;
    }
    FILE *out = open_memstream(&said.bytes, &said.length);
    if (out == NULL) BUG("no memory");
    print(&run, good, out);
    fclose(out);
    run_release(&run);
    return said;
}

static void print_difference(const Said *resident, const Said *fresh) {
    size_t at = 0, start = 0;
    for (; at < resident->length && at < fresh->length && resident->bytes[at] == fresh->bytes[at]; at++)
        if (resident->bytes[at] == '\n') start = at + 1;
    int kept = (int)strcspn(resident->bytes + start, "\n"), anew = (int)strcspn(fresh->bytes + start, "\n");
    printf("other\n  resident: %.*s\n  fresh:    %.*s\n", kept, resident->bytes + start, anew, fresh->bytes + start);
}

static bool compare(Options *options, Resident *resident) {
    Said kept = look(options, resident, NULL), fresh = look(options, NULL, NULL);
    bool same = kept.length == fresh.length && memcmp(kept.bytes, fresh.bytes, kept.length) == 0;
    if (same)
        puts("same");
    else
        print_difference(&kept, &fresh);
    free(kept.bytes);
    free(fresh.bytes);
    return same;
}

int main(int argc, char **argv) {
    Options options;
    Resident resident;
    char line[16];
    bool same = true;
    options_parse(COMMAND_PLAN, argc, argv, &options);
    options.no_cache = true;
    resident_open(&resident);
    while (same && fgets(line, sizeof line, stdin) != NULL) {
        if (strcmp(line, "both\n") == 0) {
            same = compare(&options, &resident);
        } else {
            double milliseconds;
            look(&options, &resident, &milliseconds);
            printf("%.1f\n", milliseconds);
        }
        fflush(stdout);
    }
    resident_close(&resident);
    options_release(&options);
    return same ? 0 : 1;
}
