// The build id. In: the notes of the running program. Out: the one of GNU's linker.
#include "base/build_id.h"

#include <link.h>
#include <string.h>

enum { NOTE_ALIGNMENT = 4, NOTE_IS_BUILD_ID = 3 };

static size_t aligned(size_t size) { return (size + NOTE_ALIGNMENT - 1) / NOTE_ALIGNMENT * NOTE_ALIGNMENT; }

// NOTES are rows of: length of the name, of the text, a kind; the name, and the text.
static Str find_note(Str notes) {
    ElfW(Nhdr) row;
    while (notes.length >= sizeof row) {
        memcpy(&row, notes.data, sizeof row);
        size_t text = sizeof row + aligned(row.n_namesz), end = text + aligned(row.n_descsz);
        if (end > notes.length) break;
        Str name = str_slice(notes, sizeof row, sizeof row + row.n_namesz);
        if (row.n_type == NOTE_IS_BUILD_ID && str_equal(name, (Str){"GNU", sizeof "GNU"}))
            return str_slice(notes, text, text + row.n_descsz);
        notes = str_slice(notes, end, notes.length);
    }
    return STR_NONE;
}

// The first object is the program itself.
static int look(struct dl_phdr_info *object, size_t size, void *found) {
    (void)size;
    Str *id = found;
    for (int i = 0; i < object->dlpi_phnum && id->length == 0; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type != PT_NOTE) continue;
        uintptr_t address = object->dlpi_addr + part->p_vaddr;
        const char *place;
        memcpy(&place, &address, sizeof place);
        *id = find_note((Str){place, part->p_memsz});
    }
    return 1;
}

Str build_id(void) {
    Str id = STR_NONE;
    dl_iterate_phdr(look, &id);
    return id;
}
