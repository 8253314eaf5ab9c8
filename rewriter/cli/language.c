// In: the environment and --lang. Out: the catalogue that messages are looked up in, or none. The catalogue is
// po/zh_CN.po, compiled by msgfmt into the program: a machine without Chinese locales, or without any, will do.
#include "cli/language.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/catalogue.h"

static const unsigned char CHINESE[] = {
#include "cli/catalogue_zh.inc"
};

const char *const LANGUAGE_NAMES[SPOKEN_COUNT] = {"en", "zh"};

static bool for_programs, is_given; // by --lang

// "zh_CN.UTF-8", "zh-Hans" and "zh" are Chinese, LENGTH bytes of them; "zhuang" is not.
static bool is_language(const char *text, size_t length, const char *name) {
    size_t known = strlen(name);
    return length >= known && strncmp(text, name, known) == 0 &&
           (length == known || strchr("_-.@", text[known]) != NULL);
}

static const char *first_that_is_set(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') return value;
    }
    return "";
}

SpokenLanguage language_of_environment(void) {
    const char *locale = first_that_is_set(), *list = getenv("LANGUAGE");
    if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0) return SPOKEN_ENGLISH;
    while (list != NULL && *list != '\0') {
        size_t length = strcspn(list, ":");
        for (int i = 0; i < SPOKEN_COUNT; i++)
            if (is_language(list, length, LANGUAGE_NAMES[i])) return (SpokenLanguage)i;
        list += length + (list[length] == ':');
    }
    return is_language(locale, strlen(locale), "zh") ? SPOKEN_CHINESE : SPOKEN_ENGLISH;
}

void language_choose(SpokenLanguage language) {
    static MessageCatalogue chinese; // read once; what it gave is in use until the end
    if (language == SPOKEN_CHINESE && chinese.rows == NULL &&
        !catalogue_read(CHINESE, sizeof CHINESE, &chinese))
        BUG("the catalogue of the program cannot be read");
    message_use_catalogue(language == SPOKEN_CHINESE && !for_programs ? &chinese : NULL);
}

void language_suggest(const char *tag) {
    if (!is_given) language_choose(is_language(tag, strlen(tag), "zh") ? SPOKEN_CHINESE : SPOKEN_ENGLISH);
}

void language_for_programs(void) {
    for_programs = true;
    message_use_catalogue(NULL);
}

static const char *given(int argc, char **argv) {
    const char *value = NULL;
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0) value = argv[i] + 7;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) value = argv[i + 1];
    }
    return value;
}

void language_begin(int argc, char **argv) {
    SpokenLanguage language = language_of_environment();
    const char *value = given(argc, argv);
    for (int i = 0; value != NULL && i < SPOKEN_COUNT; i++)
        if (strcmp(value, LANGUAGE_NAMES[i]) == 0) {
            language = (SpokenLanguage)i;
            is_given = true;
        }
    language_choose(language);
}
