// `weft watch`: says again what it says of a tree whenever something in it is saved. Changes nothing.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apply/interrupt.h"
#include "base/bug.h"
#include "base/message.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/tree_watch.h"
#include "report/diagnostic_json.h"
#include "report/json_value.h"
#include "report/text.h"

enum { SCHEMA_VERSION = 1 };

// One diagnostic: what tells it from others, wherever it stands in its file, and how it is shown.
typedef struct Said {
    Str key, shown;
} Said;

// One look at the tree.
typedef struct Round {
    Arena arena;
    Vec(Said) said; // sorted by key
    bool good;
    Str sum;        // "4 files would change; ...", or all of it as JSON
} Round;

static void round_release(Round *round) {
    vec_release(&round->said);
    arena_release(&round->arena);
    *round = (Round){0};
}

// ---- one look --------------------------------------------------------------------------------------
static int compare_said(const void *left, const void *right) {
    const Said *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    return order != 0 ? order : str_compare(a->shown, b->shown);
}

static void add_said(Round *round, const Sources *sources, const Diagnostic *diagnostic) {
    StrBuf key = {0}, shown = {0};
    if (diagnostic->span.file.index != 0) {
        const SourceFile *file = source_file(sources, diagnostic->span.file);
        text_add_shown(&shown, file->path);
        text_add_shown(&key, file->path);
        if (file->text.data != NULL) {
            LineColumn at = source_line_column(file, diagnostic->span.start);
            strbuf_addf(&shown, ":%u:%u", at.line, at.column);
        }
        strbuf_add_text(&shown, ": ");
    }
    StrBuf text = {0};
    strbuf_addf(&text, "[%s] ", diagnostic_code_name(diagnostic->code));
    text_add_shown(&text, diagnostic->message);
    strbuf_add(&shown, strbuf_str(&text));
    strbuf_add_char(&key, ':');
    strbuf_add(&key, strbuf_str(&text));
    vec_add(&round->said, ((Said){arena_copy(&round->arena, strbuf_str(&key)),
                                  arena_copy(&round->arena, strbuf_str(&shown))}));
    strbuf_release(&text);
    strbuf_release(&key);
    strbuf_release(&shown);
}

static Str sum_text(Arena *arena, const Run *run, bool good) {
    StrBuf text = {0};
    uint32_t files = run->plan.files.count;
    if (good)
        message_add(&text, "%u file%s would change; %u site%s refused, %u bridged\n", files,
                    files == 1 ? "" : "s", run->solution.outcome_counts[OUTCOME_REFUSED],
                    run->solution.outcome_counts[OUTCOME_REFUSED] == 1 ? "" : "s",
                    run->solution.outcome_counts[OUTCOME_BRIDGED]);
    else
        message_add(&text, "the tree or its rules have errors\n");
    Str sum = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return sum;
}

static Str sum_json(Arena *arena, const Run *run, bool good) {
    json_t *root = json_object(), *outcomes = json_object();
    for (int i = 0; i < OUTCOME_COUNT; i++)
        json_put(outcomes, outcome_name((Outcome)i), json_integer(run->solution.outcome_counts[i]));
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "good", json_boolean(good));
    json_put(root, "files", json_integer(run->plan.files.count));
    json_put(root, "outcomes", outcomes);
    json_put(root, "diagnostics", diagnostics_json(&run->diagnostics, &run->sources));
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    if (out == NULL) memory_gone(0);
    json_write(root, 0, out);
    fclose(out);
    Str sum = arena_copy(arena, (Str){bytes, length});
    free(bytes);
    return sum;
}

// False when the folders cannot be watched.
static bool look(const Options *options, TreeWatch *watch, Round *round) {
    Run run;
    bool good = run_pipeline(&run, options, RUN_TO_PLAN);
    round->good = good;
    bool watched = run.sources.files.count > 0 && tree_watch_add(watch, &run.sources);
    int why = errno;
    diagnostics_sort(&run.diagnostics, &run.sources);
    if (options->format == FORMAT_JSON) {
        round->sum = sum_json(&round->arena, &run, good);
    } else {
        round->sum = sum_text(&round->arena, &run, good);
        for (uint32_t i = 0; i < run.diagnostics.list.count; i++)
            add_said(round, &run.sources, &run.diagnostics.list.items[i]);
        if (round->said.count > 1)
            qsort(round->said.items, round->said.count, sizeof *round->said.items, compare_said);
    }
    run_release(&run);
    errno = why;
    return watched;
}

// ---- what is new -----------------------------------------------------------------------------------
static void print_one(char sign, const Said *said) { printf("%c %.*s\n", sign, STR_ARG(said->shown)); }

// Each of the one list that is not in the other one.
static bool print_changes(const Round *before, const Round *now) {
    uint32_t i = 0, k = 0, printed = 0;
    while (i < before->said.count || k < now->said.count) {
        const Said *old = i < before->said.count ? &before->said.items[i] : NULL;
        const Said *new = k < now->said.count ? &now->said.items[k] : NULL;
        int order = old == NULL ? 1 : new == NULL ? -1 : str_compare(old->key, new->key);
        if (order < 0) print_one('-', old);
        if (order > 0) print_one('+', new);
        printed += order != 0;
        i += order <= 0;
        k += order >= 0;
    }
    return printed > 0;
}

static void print_round(const Options *options, const Round *before, const Round *now) {
    bool first = before->sum.length == 0, news = false;
    bool all = !first || options->verbosity > 0 || !now->good;
    if (options->format == FORMAT_TEXT && all) news = print_changes(before, now);
    if (first || news || !str_equal(before->sum, now->sum)) fwrite(now->sum.data, 1, now->sum.length, stdout);
    fflush(stdout);
}

static bool refuse(void) {
    message_print(stderr, "weft: cannot watch the tree: %s\n", strerror(errno));
    return false;
}

static bool watch_tree(Options *options) {
    TreeWatch watch;
    Resident resident;
    Round before = {0}, now = {0};
    resident_open(&resident);
    if (!options->no_cache) options->resident = &resident;
    bool good = tree_watch_open(&watch);
    while (good && !interrupt_came()) {
        now = (Round){0};
        good = look(options, &watch, &now);
        if (!good) break;
        print_round(options, &before, &now);
        round_release(&before);
        before = now;
        now = (Round){0};
        if (ferror(stdout)) break;
        // What changed before its folder was watched is seen by another look.
        if (!tree_watch_is_new(&watch) && !tree_watch_wait(&watch)) break;
    }
    if (!good) refuse();
    round_release(&before);
    round_release(&now);
    tree_watch_close(&watch);
    options->resident = NULL;
    resident_close(&resident);
    return good;
}

int cmd_watch(int argc, char **argv) {
    Options options;
    options_parse(COMMAND_WATCH, argc, argv, &options);
    interrupt_watch();
    bool good = watch_tree(&options);
    options_release(&options);
    return output_finish() && good ? EXIT_DONE : EXIT_WRONG;
}
