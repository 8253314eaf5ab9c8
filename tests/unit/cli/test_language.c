// Which language the environment and the command line ask for.
#include "testing.h"

#include <stdlib.h>

#include "base/message.h"
#include "cli/language.h"

static void set(const char *name, const char *value) {
    if (value != NULL)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

static void expect(const char *all, const char *messages, const char *lang, const char *list, SpokenLanguage wanted) {
    set("LC_ALL", all);
    set("LC_MESSAGES", messages);
    set("LANG", lang);
    set("LANGUAGE", list);
    assert_int_equal(language_of_environment(), wanted);
}

static void the_environment_is_read_as_gettext_does(void **state) {
    (void)state;
    expect(NULL, NULL, NULL, NULL, SPOKEN_ENGLISH);
    expect(NULL, NULL, "zh_CN.UTF-8", NULL, SPOKEN_CHINESE);
    expect(NULL, NULL, "zh-Hans", NULL, SPOKEN_CHINESE);
    expect(NULL, NULL, "zhuang", NULL, SPOKEN_ENGLISH);
    expect(NULL, "zh_CN", "de_DE", NULL, SPOKEN_CHINESE);
    expect("de_DE", "zh_CN", "zh_CN", NULL, SPOKEN_ENGLISH);
    expect("zh_CN", NULL, NULL, NULL, SPOKEN_CHINESE);
    expect("", "", "zh_CN", "", SPOKEN_CHINESE);
    expect("C.UTF-8", NULL, NULL, "zh_CN", SPOKEN_CHINESE); // all that a bare Debian has
    expect("C", NULL, NULL, "zh_CN", SPOKEN_ENGLISH);
    expect(NULL, NULL, NULL, "fr:zh:en", SPOKEN_CHINESE);
    expect(NULL, NULL, "zh_CN", "en:zh", SPOKEN_ENGLISH);
    expect(NULL, NULL, "zh_CN", "fr", SPOKEN_CHINESE);
}

static void the_command_line_goes_before(void **state) {
    (void)state;
    char *chinese[] = {(char[]){"weft"}, (char[]){"scan"}, (char[]){"--lang"}, (char[]){"zh"}, NULL};
    char *english[] = {(char[]){"weft"}, (char[]){"scan"}, (char[]){"--lang=en"}, NULL};
    char *behind[] = {(char[]){"weft"}, (char[]){"scan"}, (char[]){"--"}, (char[]){"--lang=zh"}, NULL};
    expect(NULL, NULL, NULL, NULL, SPOKEN_ENGLISH);
    language_begin(4, chinese);
    assert_true(message_has_catalogue());
    assert_string_equal(message_text("a path does not exist"), "路径不存在");
    language_begin(4, behind);
    assert_false(message_has_catalogue());
    expect(NULL, NULL, "zh_CN", NULL, SPOKEN_CHINESE);
    language_begin(3, english);
    assert_false(message_has_catalogue());
}

static void programs_are_spoken_to_in_english(void **state) {
    (void)state;
    language_choose(SPOKEN_CHINESE);
    language_for_programs();
    assert_false(message_has_catalogue());
    language_choose(SPOKEN_CHINESE); // --format json --lang zh
    assert_false(message_has_catalogue());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_environment_is_read_as_gettext_does),
        cmocka_unit_test(the_command_line_goes_before),
        cmocka_unit_test(programs_are_spoken_to_in_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
