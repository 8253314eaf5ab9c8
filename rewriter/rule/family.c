// The table of families. In: words. Out: their numbers, and back.
#include "rule/family.h"

enum { MOST_LENGTH = 64 };

const char *family_name(const Families *families, Family family) {
    return family < families->count && families->names[family].length > 0
               ? families->names[family].data
               : "";
}

bool family_find(const Families *families, Str word, Family *family) {
    for (uint32_t i = 0; word.length > 0 && i < families->count; i++) {
        if (!str_equal(families->names[i], word)) continue;
        *family = i;
        return true;
    }
    return false;
}

bool family_add(Families *families, Str word, Family *family) {
    if (family_find(families, word, family)) return true;
    if (families->count == FAMILY_MOST) return false;
    *family = families->count;
    families->names[families->count++] = word;
    return true;
}

bool family_is_word(Str word, bool written) {
    for (size_t i = 0; i < word.length; i++) {
        char c = word.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        bool other = (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
        if (!plain && !(written && other)) return false;
    }
    return word.length > 0 && (written || word.length <= MOST_LENGTH);
}
