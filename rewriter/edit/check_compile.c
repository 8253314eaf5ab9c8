// What a compiler says. In: the new texts of languages that have one. Out: E509 for each fault that it did not find in
// the tree before: whatever the other checks cannot know of types, headers and macros.
#include "edit/check_internal.h"
#include "facts/language.h"

// The text of FILE, as the compiler shall read it.
static NewText text_of(const Check *check, const NewFile *file) {
    return (NewText){.file = file->planned->is_new ? (FileId){0} : file->planned->file,
                     .path = file->planned->path,
                     .text = source_file(&check->texts, file->text)->text};
}

static void report(Check *check, const CompileFault *fault, const uint32_t *file_of_text) {
    if (fault->text)
        check_report(check, DIAGNOSTIC_E509, BLAME_NEAREST,
                     &check->files.items[file_of_text[fault->text - 1]], fault->offset,
                     "the changed tree would not compile here: %.*s", STR_ARG(fault->message));
    else
        check_report_old(check, DIAGNOSTIC_E509, (Blame){.fatal = true},
                         (Span){fault->file, fault->offset, fault->offset},
                         "the changed tree would not compile here: %.*s", STR_ARG(fault->message));
}

static void judge(Check *check, const Language *language) {
    Vec(NewText) texts = {0};
    Vec(uint32_t) file_of_text = {0};
    for (uint32_t i = 0; i < check->files.count; i++) {
        const NewFile *file = &check->files.items[i];
        if (languages_find(check->input->languages, file->planned->path) != language) continue;
        vec_add(&texts, text_of(check, file));
        vec_add(&file_of_text, i);
    }
    Arena arena = {0};
    CompileFaults faults = {0};
    if (texts.count > 0)
        language->judge(check->before, texts.items, texts.count, check->input->threads, &arena, &faults);
    for (uint32_t i = 0; i < faults.count; i++) report(check, &faults.items[i], file_of_text.items);
    vec_release(&faults);
    vec_release(&texts);
    vec_release(&file_of_text);
    arena_release(&arena);
}

void check_compile(Check *check) {
    for (uint32_t i = 0; i < check->input->languages->count; i++)
        if (check->input->languages->list[i]->judge) judge(check, check->input->languages->list[i]);
}
