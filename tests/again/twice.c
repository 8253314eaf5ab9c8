// A weft that reads each changed text twice: by what did not change, and whole. The linker puts this in the place of
// facts_extract_again (--wrap). Where the rows differ it ends with a message that no case expects.
#include <stdio.h>
#include <stdlib.h>

#include "facts/dump.h"
#include "facts/language.h"

bool __real_facts_extract_again(const Language *language, const Sources *sources, FileId file, const OldText *old,
                                Facts *facts, Diagnostics *diagnostics);
bool __wrap_facts_extract_again(const Language *language, const Sources *sources, FileId file, const OldText *old,
                                Facts *facts, Diagnostics *diagnostics);

static _Noreturn void give_up(const SourceFile *file, const Facts *again, const Facts *whole) {
    StrBuf text = {0};
    strbuf_addf(&text, "'%.*s' has other rows when it is read again\n", STR_ARG(file->path));
    facts_dump(again, &text);
    strbuf_add_text(&text, "---- whole:\n");
    facts_dump(whole, &text);
    fwrite(text.data, 1, text.length, stderr);
    abort();
}

// Asks the front end itself: no cache answers.
static void compare(const Language *language, const Sources *sources, FileId file, const OldText *old) {
    Facts again, whole;
    Diagnostics said = {0};
    StrBuf again_dump = {0}, whole_dump = {0};
    facts_init(&again, sources);
    facts_init(&whole, sources);
    if (language->extract_again && language->extract_again(sources, file, old, &again)) {
        bool parses = language->extract(sources, file, NULL, &whole, &said);
        facts_dump(&again, &again_dump);
        facts_dump(&whole, &whole_dump);
        if (!parses || !str_equal(strbuf_str(&again_dump), strbuf_str(&whole_dump)))
            give_up(source_file(sources, file), &again, &whole);
    }
    facts_release(&again);
    facts_release(&whole);
    diagnostics_release(&said);
    strbuf_release(&again_dump);
    strbuf_release(&whole_dump);
}

bool __wrap_facts_extract_again(const Language *language, const Sources *sources, FileId file, const OldText *old,
                                Facts *facts, Diagnostics *diagnostics) {
    compare(language, sources, file, old);
    return __real_facts_extract_again(language, sources, file, old, facts, diagnostics);
}
