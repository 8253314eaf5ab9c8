// `--adopt`. In: runs that anybody may have written. Out: what they would touch, on standard output, and a
// person's answer. No answer is no.
#include "cli/adoption.h"

#include <stdio.h>
#include <unistd.h>

#include "base/message.h"
#include "report/text.h"

static void add_path(StrBuf *text, const char *what, Str path) {
    strbuf_addf(text, "    %s ", what);
    text_add_shown(text, path);
    strbuf_add_char(text, '\n');
}

static void add_run(StrBuf *text, const Journal *journal) {
    message_add(text, "run %u, %s, of ", journal->run, run_state_name(journal->state));
    text_add_shown(text, journal->began);
    strbuf_add_text(text, ": ");
    text_add_shown(text, journal->command);
    strbuf_add_char(text, '\n');
    for (uint32_t i = 0; i < journal->folders.count; i++)
        add_path(text, "folder", journal->folders.items[i]);
    for (uint32_t i = 0; i < journal->files.count; i++)
        add_path(text, journal->files.items[i].is_new ? "create" : "change",
                 journal->files.items[i].path);
}

static bool is_yes(uint32_t count) {
    char answer[16] = "";
    message_print(stderr, "take %s over as your own? [y/N] ",
                  count == 1 ? "this run" : "these runs");
    return fgets(answer, sizeof answer, stdin) != NULL && (answer[0] == 'y' || answer[0] == 'Y');
}

bool adoption_ask(void *context, const Journal *runs, uint32_t count) {
    Adoption *adoption = context;
    StrBuf text = {0};
    for (uint32_t i = 0; i < count; i++) add_run(&text, &runs[i]);
    fwrite(text.data, 1, text.length, stdout);
    fflush(stdout);
    strbuf_release(&text);
    if (adoption->yes) return true;
    if (isatty(STDIN_FILENO)) return is_yes(count);
    diagnostic_add(
        adoption->diagnostics, DIAGNOSTIC_E610, SPAN_NONE,
        "nobody can be asked whether to take over what is listed: standard input is no terminal");
    diagnostic_help(adoption->diagnostics, "give --yes when the paths are what you expect");
    return false;
}
