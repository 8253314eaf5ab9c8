// Blank lines and indentation that changes ask for around themselves.
//
// In: the pending edits of a run. Out: the same, given out, where those that only set white space fit in
// with the rest: lines that vanish next to them do not count, and where something else changes the same
// place they give way.
#include "edit/weave_internal.h"

// The edit changes nothing but white space.
static bool is_spacing(const Weaving *weaving, const Edit *edit) {
    const SourceFile *file = source_file(weaving->program->facts->sources, edit->file);
    return str_trim(edit->text).length == 0 &&
           str_trim(str_slice(file->text, edit->start, edit->end)).length == 0;
}

static bool is_white(char c) {
    return c == '\n' || c == '\r' || c == ' ' || c == '\t' || c == '\f';
}

static uint32_t count_line_ends(Str text) {
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        bool pair = text.data[i] == '\r' && i + 1 < text.length && text.data[i + 1] == '\n';
        if (!pair && (text.data[i] == '\n' || text.data[i] == '\r')) count++;
    }
    return count;
}

// ---- beside lines that vanish ------------------------------------------------------------------------
// The pending removal of whole lines that AT lies in, or that starts there.
static const Edit *removal_around(const Weaving *weaving, FileId file, uint32_t at) {
    for (uint32_t i = 0; i < weaving->pending.count; i++) {
        const Edit *edit = &weaving->pending.items[i];
        if (edit->file.index == file.index && edit->text.length == 0 && edit->start <= at &&
            at < edit->end && !is_spacing(weaving, edit)) {
            return edit;
        }
    }
    return NULL;
}

// The gap EDIT reaches over lines that vanish at either end: it is made between what stays. False when
// nothing stays there, or when the gap is wide enough then.
static bool settle_gap(const Weaving *weaving, Edit *edit) {
    Str text = source_file(weaving->program->facts->sources, edit->file)->text;
    uint32_t wanted = count_line_ends(edit->text), below = edit->end;
    size_t line_end = edit->text.length / wanted;
    const Edit *removal;
    while ((removal = removal_around(weaving, edit->file, below)) != NULL) {
        uint32_t end = removal->end;
        for (below = end; below < text.length && is_white(text.data[below]);) below++;
        if (below == text.length) return false;
        uint32_t left = count_line_ends(str_slice(text, end, below));
        wanted = left < wanted ? wanted - left : 0;
    }
    while ((removal = removal_around(weaving, edit->file, edit->start)) != NULL) {
        uint32_t left = count_line_ends(str_slice(text, removal->end, edit->end));
        wanted = left < wanted ? wanted - left : 0;
        edit->end = removal->start;
        for (edit->start = edit->end; edit->start > 0 && is_white(text.data[edit->start - 1]);) {
            edit->start--;
        }
        if (edit->start == 0) return false;
    }
    edit->text = str_slice(edit->text, 0, wanted * line_end);
    // As wide as it is: stated all the same, so that no removal makes it smaller.
    return wanted >= count_line_ends(str_slice(text, edit->start, edit->end));
}

static void settle_gaps(Weaving *weaving) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < weaving->pending.count; i++) {
        Edit edit = weaving->pending.items[i];
        bool gap =
            edit.start < edit.end && count_line_ends(edit.text) > 0 && is_spacing(weaving, &edit);
        if (!gap || settle_gap(weaving, &edit)) weaving->pending.items[kept++] = edit;
    }
    weaving->pending.count = kept;
}

// ---- the rest ------------------------------------------------------------------------------------------
static bool gives_way(const Weaving *weaving, const Edit *edit) {
    if (!is_spacing(weaving, edit)) return false;
    for (uint32_t i = 0; i < weaving->pending.count; i++) {
        const Edit *other = &weaving->pending.items[i];
        if (other == edit || other->file.index != edit->file.index) continue;
        if (other->start == edit->start && other->end == edit->end) continue;
        bool insertion = other->start == other->end;
        bool taken_out = other->text.length == 0 && edit->text.length > 0;
        if (taken_out && is_spacing(weaving, other)) continue; // that one gives way
        if (insertion ? edit->start < other->start && other->start < edit->end
                      : edit->start < other->end && other->start < edit->end) {
            return true;
        }
    }
    return false;
}

void weave_give_out(Weaving *weaving) {
    settle_gaps(weaving);
    for (uint32_t i = 0; i < weaving->pending.count; i++) {
        const Edit *edit = &weaving->pending.items[i];
        if (!gives_way(weaving, edit)) edits_add(weaving->edits, *edit);
    }
}
