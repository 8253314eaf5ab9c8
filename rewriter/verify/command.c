// In: a command and two folders. Out: better, worse or the same. Lines are compared as a multiset in
// which the path of the tree and numbers that stand alone do not count, so that shifted lines and
// times are no news.
#include "verify/command.h"

#include <stdlib.h>

#include "base/message.h"
const char *verdict_name(Verdict verdict) {
    static const char *const NAMES[] = {"same", "better", "worse", "unknown"};
    return NAMES[verdict];
}

static bool needs_quotes(Str word) {
    for (size_t i = 0; i < word.length; i++) {
        char c = word.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c != '\0' && strchr("_-./:=,@%+", c) != NULL);
        if (!plain) return true;
    }
    return word.length == 0;
}

static void add_quoted(StrBuf *out, Str word) {
    strbuf_add_char(out, '\'');
    for (size_t i = 0; i < word.length; i++) {
        if (word.data[i] == '\'')
            strbuf_add_text(out, "'\\''");
        else
            strbuf_add_char(out, word.data[i]);
    }
    strbuf_add_char(out, '\'');
}

Str command_text(Arena *arena, const VerifyCommand *command) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < command->run.count; i++) {
        Str word = command->run.items[i];
        if (i > 0) strbuf_add_char(&text, ' ');
        if (!command->shell && needs_quotes(word))
            add_quoted(&text, word);
        else
            strbuf_add(&text, word);
    }
    Str copy = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}

// ---- lines ---------------------------------------------------------------------------------------
typedef struct OutputLine {
    Str key, text;
    uint32_t position;
} OutputLine;

typedef Vec(OutputLine) OutputLines;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           (unsigned char)c >= 0x80;
}

// Where the number at AT ends, when it stands alone; AT when it does not. "1.25s" and "12ms" do.
static size_t number_end(Str line, size_t at) {
    if (at > 0 && is_word(line.data[at - 1])) return at;
    size_t end = at;
    while (end < line.length &&
           (is_digit(line.data[end]) ||
            (line.data[end] == '.' && end + 1 < line.length && is_digit(line.data[end + 1]))))
        end++;
    Str rest = str_slice(line, end, line.length);
    size_t unit = str_starts_with(rest, STR("ms")) ? 2 : str_starts_with(rest, STR("s")) ? 1 : 0;
    if (rest.length == unit || !is_word(rest.data[unit])) return end + unit;
    return at;
}

static Str line_key(Arena *arena, Str line, Str folder) {
    StrBuf key = {0};
    for (size_t i = 0; i < line.length;) {
        size_t end = is_digit(line.data[i]) ? number_end(line, i) : i;
        Str rest = str_slice(line, i, line.length);
        if (end > i) {
            strbuf_add_char(&key, '#');
            i = end;
        } else if (folder.length > 1 && str_starts_with(rest, folder)) {
            strbuf_add_char(&key, '.');
            i += folder.length;
        } else {
            strbuf_add_char(&key, line.data[i++]);
            // The rest of a word stays as it is: "E501" is no number.
            while (i < line.length && is_word(line.data[i - 1]) && is_digit(line.data[i]))
                strbuf_add_char(&key, line.data[i++]);
        }
    }
    Str copy = arena_copy(arena, strbuf_str(&key));
    strbuf_release(&key);
    return copy;
}

static int by_key(const void *left, const void *right) {
    const OutputLine *a = left, *b = right;
    int order = str_compare(a->key, b->key);
    return order != 0 ? order : (a->position > b->position) - (a->position < b->position);
}

static OutputLines split(Arena *arena, Str output, Str folder) {
    OutputLines lines = {0};
    Str line;
    while (str_split_next(&output, '\n', &line)) {
        line = str_trim(line);
        if (line.length > 0)
            vec_add(&lines, ((OutputLine){line_key(arena, line, folder), line, lines.count}));
    }
    if (lines.count > 1) qsort(lines.items, lines.count, sizeof *lines.items, by_key);
    return lines;
}

static int by_position(const void *left, const void *right) {
    const OutputLine *a = left, *b = right;
    return (a->position > b->position) - (a->position < b->position);
}

static void compare_lines(Arena *arena, Str before, Str after, CommandResult *result) {
    OutputLines old = split(arena, result->before.output, before);
    OutputLines new = split(arena, result->after.output, after);
    uint32_t kept = 0;
    for (uint32_t o = 0, n = 0; o < old.count || n < new.count;) {
        int sign = o == old.count   ? 1
                   : n == new.count ? -1
                                    : str_compare(old.items[o].key, new.items[n].key);
        if (sign > 0) new.items[kept++] = new.items[n];
        result->gone_lines += sign < 0;
        o += sign <= 0;
        n += sign >= 0;
    }
    if (kept > 1) qsort(new.items, kept, sizeof *new.items, by_position);
    for (uint32_t i = 0; i < kept; i++) vec_add(&result->new_lines, new.items[i].text);
    vec_release(&old);
    vec_release(&new);
}

// ---- the judgement -------------------------------------------------------------------------------
static void say(CommandResult *result, Verdict verdict, Str why) {
    result->verdict = verdict;
    result->why = why;
}

static Str status_text(Arena *arena, const ProcessResult *run) {
    return run->timed_out ? STR("time ran out") : message_format(arena, "exit status %d", run->status);
}

static Str change_text(Arena *arena, const CommandResult *result) {
    Str before = status_text(arena, &result->before), after = status_text(arena, &result->after);
    if (str_equal(before, after)) return after;
    return message_format(arena, "%.*s before, %.*s after", STR_ARG(before), STR_ARG(after));
}

static void judge_failures(Arena *arena, CommandResult *result) {
    Str status = change_text(arena, result);
    if (result->new_lines.count > 0)
        say(result, VERDICT_WORSE,
            message_format(arena, "%.*s, %u new line%s of output", STR_ARG(status),
                         result->new_lines.count, result->new_lines.count == 1 ? "" : "s"));
    else if (result->gone_lines > 0)
        say(result, VERDICT_BETTER,
            message_format(arena, "%.*s, %u line%s of output fewer", STR_ARG(status),
                         result->gone_lines, result->gone_lines == 1 ? "" : "s"));
    else
        say(result, VERDICT_SAME, status);
}

static bool failed(const ProcessResult *run) { return run->timed_out || run->status != 0; }

static void judge(Arena *arena, CommandResult *result) {
    bool before = result->has_before && failed(&result->before), after = failed(&result->after);
    if (result->before.timed_out && result->after.timed_out)
        say(result, VERDICT_NONE, STR("time ran out in both trees"));
    else if (!result->has_before)
        say(result, after ? VERDICT_WORSE : VERDICT_SAME, status_text(arena, &result->after));
    else if (before != after || result->before.timed_out || result->after.timed_out)
        say(result, before && !result->after.timed_out ? VERDICT_BETTER : VERDICT_WORSE,
            change_text(arena, result));
    else if (!after || result->command->compare == COMPARE_EXIT)
        say(result, VERDICT_SAME, change_text(arena, result));
    else
        judge_failures(arena, result);
}

static void run(Arena *arena, const VerifyCommand *command, Str folder, ProcessResult *result) {
    if (command->shell) {
        const Str arguments[] = {STR("/bin/sh"), STR("-c"), command->run.items[0]};
        process_run(arena, arguments, 3, folder, command->timeout, result);
    } else {
        process_run(arena, command->run.items, command->run.count, folder, command->timeout,
                    result);
    }
}

static bool could_run(Arena *arena, const ProcessResult *done, CommandResult *result) {
    // What a shell answers when it has no such program.
    bool no_program = result->command->shell && !done->timed_out && done->status == 127;
    if (done->start_error == 0 && !no_program) return true;
    const char *why = no_program ? "the shell found no such program" : strerror(done->start_error);
    say(result, VERDICT_NONE, arena_copy(arena, str_from(why)));
    return false;
}

void command_judge(Arena *arena, const VerifyCommand *command, Str before, Str after,
                   CommandResult *result) {
    *result = (CommandResult){.command = command, .has_before = before.length > 0};
    if (result->has_before) {
        run(arena, command, before, &result->before);
        if (!could_run(arena, &result->before, result)) return;
    }
    run(arena, command, after, &result->after);
    if (!could_run(arena, &result->after, result)) return;
    if (result->has_before && command->compare == COMPARE_LINES)
        compare_lines(arena, before, after, result);
    judge(arena, result);
}

void command_result_release(CommandResult *result) { vec_release(&result->new_lines); }
