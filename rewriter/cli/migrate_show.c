// `weft migrate status` and `weft migrate report`: how far a migration is. Take no lock and write nothing but -o.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/file.h"
#include "cli/exit.h"
#include "cli/migrate_command.h"
#include "cli/output.h"
#include "manage/view.h"

enum { FILE_MODE = 0644 };

static void write_view(Manager *manager, const MigrateOptions *options, bool at_work, FILE *out) {
    StrBuf text = {0};
    bool markdown = options->format == MIGRATE_MARKDOWN ||
                    (options->word == MIGRATE_WORD_REPORT && options->format == MIGRATE_TEXT);
    if (options->format == MIGRATE_JSON)
        status_write_json(manager, at_work, out);
    else if (options->format == MIGRATE_HTML)
        status_write_html(manager, at_work, &text);
    else if (markdown)
        status_write_markdown(manager, at_work, &text);
    else
        status_write_text(manager, at_work, &text);
    if (text.length > 0) fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}

static bool write_file(Manager *manager, const MigrateOptions *options, bool at_work,
                       Diagnostics *diagnostics) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) memory_gone(0);
    write_view(manager, options, at_work, memory);
    if (fclose(memory) != 0) memory_gone(0);
    bool good = output_write(manager->site.root, options->output, (Str){bytes, length}, FILE_MODE,
                             diagnostics);
    free(bytes);
    return good;
}

// *AT_WORK: it may be worth another look.
static bool show_once(const MigrateOptions *options, Diagnostics *diagnostics, bool *at_work) {
    Manager manager;
    bool good = manager_open(&manager, options->root, false, diagnostics);
    *at_work = good && site_is_locked(&manager.site);
    if (good && !manager.has_plan) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E615, SPAN_NONE,
                       "no migration of this tree has begun");
        diagnostic_help(diagnostics, "`weft migrate plan -o FILE` makes a plan for one");
        good = false;
    }
    if (good && options->output.length > 0)
        good = write_file(&manager, options, *at_work, diagnostics);
    else if (good)
        write_view(&manager, options, *at_work, stdout);
    manager_close(&manager);
    return good;
}

int migrate_show(const MigrateOptions *options, Diagnostics *diagnostics) {
    const struct timespec second = {.tv_sec = 1};
    bool at_work, good, terminal = isatty(STDOUT_FILENO);
    do {
        if (options->watch && terminal) fputs("\033[H\033[2J", stdout);
        good = show_once(options, diagnostics, &at_work);
        fflush(stdout);
        if (options->watch && at_work) nanosleep(&second, NULL);
    } while (good && options->watch && at_work);
    return good ? EXIT_DONE : EXIT_WRONG;
}
