// Edits on edits. In: a text, the edits on it, and changes of what they make of it. Out: edits on the first text that do
// both at once, each with the edit that asked for it.
#include "python/write/edited_text.h"

EditedText edited_text_make(Arena *arena, Str before, const TextEdit *edits, uint32_t count) {
    EditedText text = {.arena = arena, .before = before, .edits = edits, .count = count};
    StrBuf after = {0};
    uint32_t done = 0;
    text.starts = arena_array(arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        strbuf_add(&after, str_slice(before, done, edits[i].start));
        text.starts[i] = (uint32_t)after.length;
        strbuf_add(&after, edits[i].text);
        done = edits[i].end;
    }
    strbuf_add(&after, str_slice(before, done, before.length));
    text.after = arena_copy(arena, strbuf_str(&after));
    strbuf_release(&after);
    return text;
}

static uint32_t edit_end(const EditedText *text, uint32_t index) {
    return text->starts[index] + (uint32_t)text->edits[index].text.length;
}

uint32_t edited_text_edit_at(const EditedText *text, uint32_t from) {
    uint32_t low = 0, high = text->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (edit_end(text, middle) < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool edited_text_touches(const EditedText *text, uint32_t index, uint32_t from, uint32_t to) {
    return index < text->count && text->starts[index] <= to && edit_end(text, index) >= from;
}

// OFFSET, which lies in the text of no edit, in the text before.
static uint32_t offset_before(const EditedText *text, uint32_t offset) {
    uint32_t low = 0, high = text->count; // edits that begin at or before it
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (text->starts[middle] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return offset;
    return text->edits[low - 1].end + (offset - edit_end(text, low - 1));
}

// What vanished is of the statement beside it where it ended on the same line.
static bool is_of_line(const EditedText *text, uint32_t index) {
    const TextEdit *edit = &text->edits[index];
    return str_find(str_slice(text->before, edit->start, edit->end), '\n') < 0;
}

Str edited_text_origin(const EditedText *text, uint32_t from, uint32_t to) {
    uint32_t start = UINT32_MAX, end = UINT32_MAX;
    for (uint32_t i = edited_text_edit_at(text, from); edited_text_touches(text, i, from, to); i++) {
        const TextEdit *edit = &text->edits[i];
        bool gone = edit->text.length == 0;
        uint32_t first = text->starts[i], last = edit_end(text, i);
        bool at_start = gone ? first == from && is_of_line(text, i) : first <= from && from < last;
        bool at_end = gone ? first == to && is_of_line(text, i) : first < to && to <= last;
        if (at_start && start == UINT32_MAX) start = edit->start;
        if (at_end) end = edit->end;
    }
    if (start == UINT32_MAX) start = offset_before(text, from);
    if (end == UINT32_MAX) {
        // A deletion that begins where the stretch ends lies behind it.
        end = to > 0 ? offset_before(text, to - 1) + 1 : 0;
    }
    return start < end ? str_slice(text->before, start, end) : STR_NONE;
}

// ---- giving out -----------------------------------------------------------------------------------------------
typedef struct Merging {
    const EditedText *text;
    OwnedEdits *out;
    StrBuf current; // the text of the edit at hand, as far as it is known
    uint32_t edit;  // its index
    uint32_t done;  // offset in AFTER up to which everything is given out
    FileId file;
} Merging;

static void add_edit(Merging *merging, uint32_t start, uint32_t end, Str text, uint32_t owner) {
    if (start == end && text.length == 0) return;
    Str copy = arena_copy(merging->out->arena, text);
    vec_add(&merging->out->list, ((OwnedEdit){{merging->file, start, end, copy}, owner}));
}

// The text of the edit at hand, up to offset TO in the text after, as far as it was not taken yet.
static void take_until(Merging *merging, uint32_t to) {
    uint32_t start = merging->text->starts[merging->edit], from = merging->done > start ? merging->done : start;
    if (from < to) strbuf_add(&merging->current, str_slice(merging->text->after, from, to));
}

// The edit at hand is complete.
static void close_edit(Merging *merging) {
    const EditedText *text = merging->text;
    uint32_t end = edit_end(text, merging->edit);
    take_until(merging, end);
    const TextEdit *edit = &text->edits[merging->edit];
    add_edit(merging, edit->start, edit->end, strbuf_str(&merging->current), merging->edit);
    strbuf_clear(&merging->current);
    merging->done = end;
    merging->edit++;
}

// [from, to) of the text after becomes TEXT, which goes to the first part of it; what edits wrote and what was there
// before take turns.
static void put(Merging *merging, const Relaid *relaid) {
    const EditedText *text = merging->text;
    Str rest = relaid->text;
    uint32_t at = relaid->from;
    bool given = false;
    while (merging->edit < text->count && edit_end(text, merging->edit) < at) close_edit(merging);
    while (at < relaid->to || !given) {
        bool in_edit = merging->edit < text->count && text->starts[merging->edit] <= at && at <= edit_end(text, merging->edit);
        if (in_edit && at == edit_end(text, merging->edit) && at < relaid->to) {
            close_edit(merging); // the part behind it is no part of it
            continue;
        }
        if (in_edit) {
            uint32_t end = edit_end(text, merging->edit), stop = relaid->to < end ? relaid->to : end;
            take_until(merging, at);
            strbuf_add(&merging->current, rest);
            merging->done = at = stop;
        } else {
            uint32_t next = merging->edit < text->count ? text->starts[merging->edit] : UINT32_MAX;
            uint32_t stop = relaid->to < next ? relaid->to : next;
            uint32_t start = offset_before(text, at);
            add_edit(merging, start, start + (stop - at), rest, relaid->owner);
            at = stop;
        }
        rest = STR_NONE;
        given = true;
    }
}

void edited_text_give_out(const EditedText *text, const Relaid *relaid, uint32_t count, OwnedEdits *out) {
    Merging merging = {.text = text, .out = out, .file = text->edits[0].file};
    for (uint32_t i = 0; i < count; i++) put(&merging, &relaid[i]);
    while (merging.edit < text->count) close_edit(&merging);
    strbuf_release(&merging.current);
}
