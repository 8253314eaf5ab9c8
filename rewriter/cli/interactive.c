// The dialogue of `weft apply -i`. In: a choice, and a person's answers. Out: hunks shown, each with its
// reason, until all are decided. Plain lines in and out, so that any terminal will do, and none is needed.
#include "cli/interactive.h"

#include <errno.h>
#include <string.h>

#include "apply/apply.h"
#include "base/bug.h"
#include "base/message.h"
#include "base/regex.h"
#include "cli/choice.h"
#include "cli/editor.h"
#include "cli/output.h"
#include "report/text.h"

enum { MOST_LISTED = 6, MOST_REASONS = 4, SOME = 64 };

typedef struct Dialogue {
    Choice choice;
    uint32_t at; // the hunk that is asked about
    bool color;
    bool quit;   // what is open is refused
    bool ended;  // no more answers: nothing is written
    StrBuf line; // the answer
} Dialogue;

static const char *plural(uint32_t count) { return count == 1 ? "" : "s"; }

// Without its line end; false at the end of the input.
static bool read_line(Dialogue *dialogue, const char *prompt) {
    fputs(message_text(prompt), stdout);
    fflush(stdout);
    strbuf_clear(&dialogue->line);
    for (int c; (c = getchar()) != '\n';) {
        if (c == EOF) {
            putchar('\n');
            dialogue->ended = dialogue->line.length == 0;
            return !dialogue->ended;
        }
        strbuf_add_char(&dialogue->line, (char)c);
    }
    return true;
}

// ---- showing ---------------------------------------------------------------------------------------

static const Hunk *hunk_at(const Dialogue *dialogue) {
    return &dialogue->choice.hunks.items[dialogue->at];
}

static void add_reasons(const Dialogue *dialogue, StrBuf *text) {
    const Choice *choice = &dialogue->choice;
    const Hunk *hunk = hunk_at(dialogue);
    uint32_t listed = 0, more = 0;
    for (uint32_t i = 0; i < hunk->count; i++) {
        const Edit *edit = &choice->plan.edits.list.items[hunk->first + i];
        bool known = i > 0 && str_equal(edit->owner, edit[-1].owner);
        if (known) continue;
        if (listed == MOST_REASONS) {
            more++;
            continue;
        }
        strbuf_add_text(text, listed++ == 0 ? "why: " : ", ");
        text_add_shown(text, edit->owner);
    }
    if (more > 0) message_add(text, " and %u more", more);
    strbuf_add_char(text, '\n');
}

// "for: 'settings' (app/bot.py:6) and 2 more accesses"
static void add_users(const Dialogue *dialogue, StrBuf *text) {
    const Choice *choice = &dialogue->choice;
    const Run *run = choice->run;
    uint32_t first, count = choice_count_users(choice, hunk_at(dialogue), &first);
    if (count == 0) return;
    Span span = sink_span(&run->program, &run->solution.sinks.items[first]);
    const SourceFile *file = source_file(&run->sources, span.file);
    strbuf_add_text(text, "for: '");
    text_add_shown(text, str_slice(file->text, span.start, span.end));
    strbuf_add_text(text, "' (");
    text_add_shown(text, file->path);
    strbuf_addf(text, ":%u)", source_line_column(file, span.start).line);
    if (count > 1) message_add(text, " and %u more access%s", count - 1, count == 2 ? "" : "es");
    strbuf_add_char(text, '\n');
}

static void show_hunk(const Dialogue *dialogue) {
    StrBuf text = {0};
    hunk_show(&dialogue->choice.plan, hunk_at(dialogue), dialogue->choice.context,
              dialogue->color ? DIFF_COLORED : DIFF_SHOWN, &text);
    add_reasons(dialogue, &text);
    add_users(dialogue, &text);
    fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

static void show_help(void) {
    message_print(stdout, "y - take this hunk\n"
                          "n - refuse it, and all that cannot be without it\n"
                          "a - take this hunk and all later ones of the file\n"
                          "d - refuse this hunk and all later ones of the file\n"
                          "s - split it into smaller hunks\n"
                          "e - edit its new lines; the tree must still hold together\n"
                          "q - refuse all that is not decided yet, and write the rest\n"
                          "/ - go to the next hunk that matches a regular expression\n"
                          "? - this help\n"
                          "Ctrl-C, or the end of the input: write nothing\n");
}

// "31 more edits in 4 files cannot be without it and are refused, too; 2 of them had been taken:"
static void show_fallen(const Dialogue *dialogue) {
    const Choice *choice = &dialogue->choice;
    StrBuf text = {0};
    uint32_t count = 0, taken = 0, files = choice->fallen.count;
    for (uint32_t i = 0; i < files; i++) {
        const Fallen *fallen = &choice->fallen.items[i];
        count += fallen->count;
        taken += fallen->taken;
        if (i >= MOST_LISTED) continue;
        strbuf_add_text(&text, "  ");
        text_add_shown(&text, fallen->path);
        strbuf_addf(&text, ": %u\n", fallen->count);
    }
    if (files > MOST_LISTED) message_add(&text, "  and %u more files\n", files - MOST_LISTED);
    if (count > 0) {
        message_print(stdout,
                      "%u more edit%s in %u file%s cannot be without it and %s refused, too", count,
                      plural(count), files, plural(files), count == 1 ? "is" : "are");
        if (taken > 0) message_print(stdout, "; %u of them had been taken", taken);
        message_print(stdout, ":\n%.*s", STR_ARG(strbuf_str(&text)));
    }
    strbuf_release(&text);
}

// ---- going on --------------------------------------------------------------------------------------

// The first open hunk from AT on, and then from the start; false when all are taken.
static bool go_to_open(Dialogue *dialogue, uint32_t at) {
    const Hunks *hunks = &dialogue->choice.hunks;
    for (uint32_t i = 0; i < hunks->count; i++) {
        uint32_t index = (at + i) % hunks->count;
        if (choice_is_taken(&dialogue->choice, &hunks->items[index])) continue;
        dialogue->at = index;
        return true;
    }
    return false;
}

// Hunks of the same file from here on that are open.
static uint32_t *find_later(const Dialogue *dialogue, uint32_t *count) {
    const Hunks *hunks = &dialogue->choice.hunks;
    uint32_t *found = memory_alloc_zeroed(hunks->count, sizeof *found);
    *count = 0;
    for (uint32_t i = dialogue->at; i < hunks->count; i++) {
        if (hunks->items[i].file != hunk_at(dialogue)->file) break;
        if (!choice_is_taken(&dialogue->choice, &hunks->items[i])) found[(*count)++] = i;
    }
    return found;
}

static void take_later(Dialogue *dialogue) {
    uint32_t count, *later = find_later(dialogue, &count);
    for (uint32_t i = 0; i < count; i++)
        choice_take(&dialogue->choice, &dialogue->choice.hunks.items[later[i]]);
    free(later);
}

// The place where a new plan goes on: its first hunk at or behind the one that was asked about.
static uint32_t place_after(const Dialogue *dialogue, Str path, uint32_t offset) {
    const Choice *choice = &dialogue->choice;
    for (uint32_t i = 0; i < choice->hunks.count; i++) {
        const Hunk *hunk = &choice->hunks.items[i];
        int order = str_compare(choice->plan.files.items[hunk->file].path, path);
        if (order > 0 || (order == 0 && hunk->start >= offset)) return i;
    }
    return 0;
}

static bool refuse(Dialogue *dialogue, const uint32_t *hunks, uint32_t count) {
    Choice *choice = &dialogue->choice;
    const Hunk *hunk = hunk_at(dialogue);
    Str path = choice->plan.files.items[hunk->file].path;
    FileId file = choice->plan.files.items[hunk->file].file;
    uint32_t offset = hunk->start;
    if (file.index != 0) path = source_file(&choice->run->sources, file)->path; // outlives the plan
    if (!choice_refuse(choice, hunks, count)) return false;
    show_fallen(dialogue);
    dialogue->at = place_after(dialogue, path, offset);
    return true;
}

static bool refuse_later(Dialogue *dialogue) {
    uint32_t count, *later = find_later(dialogue, &count);
    bool good = refuse(dialogue, later, count);
    free(later);
    return good;
}

// Refuses all that is open. Imports that are left then are those of what was taken.
static bool refuse_rest(Dialogue *dialogue) {
    Choice *choice = &dialogue->choice;
    uint32_t count = 0, *open = memory_alloc_zeroed(choice->hunks.count, sizeof *open);
    for (uint32_t i = 0; i < choice->hunks.count; i++) {
        const Hunk *hunk = &choice->hunks.items[i];
        if (!choice_is_taken(choice, hunk) && !choice_has_only_imports(choice, hunk))
            open[count++] = i;
    }
    bool good = refuse(dialogue, open, count);
    free(open);
    for (uint32_t i = 0; i < choice->hunks.count; i++)
        if (choice_has_only_imports(choice, &choice->hunks.items[i]))
            choice_take(choice, &choice->hunks.items[i]);
    return good;
}

static void split(Dialogue *dialogue) {
    Choice *choice = &dialogue->choice;
    const Hunk *hunk = hunk_at(dialogue);
    if (!hunk_can_split(&choice->run->sources, &choice->plan, hunk)) {
        message_print(stdout, "this hunk cannot be split\n");
        return;
    }
    Stretch stretch = {choice->plan.files.items[hunk->file].file, hunk->start, hunk->end};
    vec_add(&choice->split, stretch);
    hunks_find(&choice->run->sources, &choice->plan, choice->context, &choice->split,
               &choice->hunks);
}

static Str shown_hunk(const Dialogue *dialogue, const Hunk *hunk, StrBuf *text) {
    strbuf_clear(text);
    hunk_show(&dialogue->choice.plan, hunk, dialogue->choice.context, DIFF_BYTES, text);
    return strbuf_str(text);
}

// EXPRESSION as given behind the slash, or asked for.
static void search(Dialogue *dialogue) {
    StrBuf text = {0};
    strbuf_add(&text, str_slice(strbuf_str(&dialogue->line), 1, dialogue->line.length));
    if (text.length == 0 && read_line(dialogue, "search for which expression? "))
        strbuf_add(&text, strbuf_str(&dialogue->line));
    RegexError error;
    Regex *regex = text.length > 0 ? regex_compile(strbuf_str(&text), &error) : NULL;
    if (regex == NULL && text.length > 0)
        message_print(stdout, "no regular expression: %s at character %zu\n", error.message,
                      error.offset + 1);
    const Hunks *hunks = &dialogue->choice.hunks;
    bool found = false;
    for (uint32_t i = 1; regex != NULL && i <= hunks->count && !found; i++) {
        uint32_t index = (dialogue->at + i) % hunks->count;
        const Hunk *hunk = &hunks->items[index];
        if (choice_is_taken(&dialogue->choice, hunk)) continue;
        found = regex_search(regex, shown_hunk(dialogue, hunk, &text)) == REGEX_YES;
        if (found) dialogue->at = index;
    }
    if (regex != NULL && !found) message_print(stdout, "no open hunk matches\n");
    regex_free(regex);
    strbuf_release(&text);
}

// ---- by hand ---------------------------------------------------------------------------------------

static bool wants_again(Dialogue *dialogue, Diagnostics *said) {
    fflush(stdout);
    diagnostics_sort(said, &dialogue->choice.run->sources);
    diagnostics_render(said, &dialogue->choice.run->sources, SEVERITY_ERROR, dialogue->color,
                       stderr);
    return read_line(dialogue,
                     "the tree would not hold together; edit again (n discards) [y,n]? ") &&
           str_is(str_trim(strbuf_str(&dialogue->line)), "y");
}

static void edit(Dialogue *dialogue) {
    Choice *choice = &dialogue->choice;
    Hunk hunk = *hunk_at(dialogue);
    Str path = choice->plan.files.items[hunk.file].path;
    ptrdiff_t dot = str_find_last(path, '.');
    Str suffix = dot < 0 ? STR_NONE : str_slice(path, (size_t)dot, path.length);
    Str text = hunk_text(&choice->run->sources, &choice->plan, &hunk, &choice->arena);
    for (bool again = true; again;) {
        Diagnostics said = {0};
        Str changed;
        again = false;
        if (!editor_change(&choice->arena, suffix, text, &changed)) {
            message_print(stdout, "nothing was edited: %s\n",
                          errno == EINTR ? "the editor ended with a failure" : strerror(errno));
        } else if (changed.length == 0) {
            message_print(stdout,
                          "nothing is left of the hunk, so it stays as it was; n refuses it\n");
        } else if (!choice_rewrite(choice, &hunk, changed, &said)) {
            text = changed;
            again = wants_again(dialogue, &said);
        }
        diagnostics_release(&said);
    }
}

// ---- the dialogue ----------------------------------------------------------------------------------

static bool answer(Dialogue *dialogue) {
    Str line = str_trim(strbuf_str(&dialogue->line));
    switch (line.length == 1 || str_starts_with(line, STR("/")) ? line.data[0] : '?') {
    case 'y': choice_take(&dialogue->choice, hunk_at(dialogue)); break;
    case 'n': return refuse(dialogue, &dialogue->at, 1);
    case 'a': take_later(dialogue); break;
    case 'd': return refuse_later(dialogue);
    case 's': split(dialogue); break;
    case 'e': edit(dialogue); break;
    case 'q': dialogue->quit = true; break;
    case '/': search(dialogue); break;
    default: show_help(); break;
    }
    return true;
}

static bool ask(Dialogue *dialogue) {
    const Choice *choice = &dialogue->choice;
    StrBuf prompt = {0};
    bool splits = hunk_can_split(&choice->run->sources, &choice->plan, hunk_at(dialogue));
    show_hunk(dialogue);
    message_add(&prompt, "(%u/%u) take this hunk [y,n,a,d,%se,q,/,?]? ",
             dialogue->at + 1, choice->hunks.count, splits ? "s," : "");
    bool read = read_line(dialogue, prompt.data);
    strbuf_release(&prompt);
    return !read || answer(dialogue);
}

static bool decide(Dialogue *dialogue) {
    dialogue->at = 0;
    while (go_to_open(dialogue, dialogue->at)) {
        if (dialogue->quit ? !refuse_rest(dialogue) : !ask(dialogue)) return false;
        if (dialogue->ended) {
            message_print(stdout, "the answers ended: nothing is written\n");
            return true;
        }
    }
    return true;
}

static bool can_be_written(Dialogue *dialogue) {
    const Choice *choice = &dialogue->choice;
    ApplyControl control = {.allow_dirty = choice->options->allow_dirty};
    return choice->options->dry_run || apply_check(choice->run->sources.root, &choice->plan,
                                                   &control, &choice->run->diagnostics);
}

bool run_interactive(Run *run, const Options *options, bool *refused) {
    if (!run_pipeline(run, options, RUN_TO_PARTS)) return false;
    Dialogue dialogue = {.color = output_color(options->color, stdout)};
    bool good = choice_open(&dialogue.choice, run, options);
    if (good && !can_be_written(&dialogue)) {
        *refused = true;
        good = false;
    }
    good = good && decide(&dialogue);
    if (good && !dialogue.ended) good = choice_finish(&dialogue.choice);
    choice_release(&dialogue.choice);
    strbuf_release(&dialogue.line);
    return good;
}
