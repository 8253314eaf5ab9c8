// In: a tree. Out: its page in a browser, on this machine alone. Writes nothing; what cannot be analysed now is said by
// the page, until the tree is mended.
#include "cli/report_serve.h"

#include <errno.h>
#include <stdlib.h>

#include "apply/interrupt.h"
#include "base/bug.h"
#include "base/message.h"
#include "cli/exit.h"
#include "cli/language.h"
#include "cli/report_interface.h"
#include "cli/report_made.h"
#include "cli/run.h"
#include "cli/serve/page_server.h"
#include "cli/serve/plain_page.h"
#include "cli/tree_watch.h"
#include "report/format.h"

// What is wrong, in place of the report.
static void write_faults(const Run *run, FILE *out) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) memory_gone(0);
    diagnostics_render(&run->diagnostics, &run->sources, SEVERITY_ERROR, false, memory);
    if (fclose(memory) != 0) memory_gone(0);
    plain_page_write((Str){bytes, length}, out);
    free(bytes);
}

static void write_page(Run *run, const Options *options, bool good, FILE *out) {
    ReportInput input = {&run->sources, &run->program, &run->solution, &run->plan, &run->diagnostics};
    ReportStyle style = {0};
    Report report;
    diagnostics_sort(&run->diagnostics, &run->sources);
    if (!good) {
        write_faults(run, out);
        return;
    }
    report_build(&input, &report);
    if (report_made_find(options, run->sources.root, &report.arena, &report.made, &run->diagnostics) &&
        report_interface_find(run, options, &report))
        report_format_find(STR("html"))->write(&report, &style, out);
    else
        write_faults(run, out);
    report_release(&report);
}

// False when the folders cannot be watched.
static bool publish(const Options *options, TreeWatch *watch, PageServer *server) {
    Run run;
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) memory_gone(0);
    bool good = run_pipeline(&run, options, RUN_TO_PLAN);
    bool watched = run.sources.files.count > 0 && tree_watch_add(watch, &run.sources);
    int why = errno;
    write_page(&run, options, good, memory);
    if (fclose(memory) != 0) memory_gone(0);
    page_server_publish(server, (Str){bytes, length});
    free(bytes);
    run_release(&run);
    errno = why;
    return watched;
}

static bool follow(Options *options, PageServer *server) {
    TreeWatch watch;
    Resident resident;
    resident_open(&resident);
    if (!options->no_cache) options->resident = &resident;
    bool watched = tree_watch_open(&watch);
    while (watched && !interrupt_came()) {
        watched = publish(options, &watch, server);
        // What changed before its folder was watched is seen by another look.
        if (!watched || tree_watch_is_new(&watch)) continue;
        if (!page_server_run(server, watch.descriptor) || !tree_watch_wait(&watch)) break;
    }
    if (!watched) message_print(stderr, "weft: cannot watch the tree: %s\n", strerror(errno));
    tree_watch_close(&watch);
    options->resident = NULL;
    resident_close(&resident);
    return watched;
}

int report_serve(Options *options) {
    PageServer *server = page_server_open(options->port);
    if (server == NULL) {
        message_print(stderr, "weft: error[E902]: port %u of this machine cannot be used: %s\n", options->port, strerror(errno));
        return EXIT_WRONG;
    }
    message_print(stdout, "weft: the report is at %s; Ctrl-C ends it\n", page_server_address(server));
    fflush(stdout);
    language_for_programs(); // the page has words of its own
    interrupt_watch();
    bool good = follow(options, server);
    page_server_close(server);
    return good ? EXIT_DONE : EXIT_WRONG;
}
