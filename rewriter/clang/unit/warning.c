// In: the words of a command that compiles. Out: whether -Wunused-parameter is an error in it. gcc and clang agree on these words, but that gcc
// wants -Wall or -Wunused beside -Wextra: one that is marked without need does no harm.
#include "clang/unit/warning.h"

typedef enum Switch {
    UNSAID,
    OFF,
    ON,
} Switch;

typedef struct Warnings {
    Switch own, extra, unused;         // -Wunused-parameter, -Wextra, -Wunused
    Switch own_error, extra_error, error; // -Werror=unused-parameter, -Werror=extra, -Werror
    bool silent;                       // -w
    bool statements_first;             // a declaration behind a statement is an error, or may be one
    bool old, pedantic;
} Warnings;

static bool is_one_of(Str word, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(word, names[i])) return true;
    return false;
}

// What NAME says, the word behind "-W", "-Wno-", "-Werror=" or "-Wno-error=".
static void set(Str name, Switch value, Switch *own, Switch *extra, Switch *unused) {
    if (str_is(name, "unused-parameter")) *own = value;
    if (str_is(name, "extra") || str_is(name, "everything")) *extra = value;
    if (str_is(name, "unused") && unused) *unused = value;
}

static void read_word(Warnings *warnings, Str word) {
    static const char *const old[] = {"-std=c89", "-std=c90", "-std=iso9899:1990", "-std=gnu89", "-std=gnu90", "-ansi"};
    static const char *const pedantic[] = {"-pedantic", "-Wpedantic", "-pedantic-errors"};
    static const Str no_error = {"-Wno-error=", 11}, error = {"-Werror=", 8}, no = {"-Wno-", 5}, yes = {"-W", 2};
    if (str_is(word, "-w")) warnings->silent = true;
    if (str_is(word, "-W")) warnings->extra = ON;
    if (is_one_of(word, old, sizeof old / sizeof *old)) warnings->old = true;
    else if (str_starts_with(word, STR("-std="))) warnings->old = false;
    if (is_one_of(word, pedantic, sizeof pedantic / sizeof *pedantic)) warnings->pedantic = true;
    if (str_is(word, "-Wdeclaration-after-statement") || str_is(word, "-Werror=declaration-after-statement"))
        warnings->statements_first = true;
    if (str_is(word, "-Werror")) {
        warnings->error = ON;
    } else if (str_is(word, "-Wno-error")) {
        warnings->error = OFF;
    } else if (str_starts_with(word, no_error)) {
        set(str_slice(word, no_error.length, word.length), OFF, &warnings->own_error, &warnings->extra_error, NULL);
    } else if (str_starts_with(word, error)) { // switches it on as well
        Str name = str_slice(word, error.length, word.length);
        set(name, ON, &warnings->own_error, &warnings->extra_error, NULL);
        set(name, ON, &warnings->own, &warnings->extra, NULL);
    } else if (str_starts_with(word, no)) {
        set(str_slice(word, no.length, word.length), OFF, &warnings->own, &warnings->extra, &warnings->unused);
    } else if (str_starts_with(word, yes)) {
        set(str_slice(word, yes.length, word.length), ON, &warnings->own, &warnings->extra, &warnings->unused);
    }
}

UnusedParameter warning_of_unused(const Str *words, uint32_t count) {
    Warnings warnings = {0};
    for (uint32_t i = 0; i < count; i++) read_word(&warnings, words[i]);
    bool said = warnings.own ? warnings.own == ON : warnings.extra == ON && warnings.unused != OFF;
    Switch error = warnings.own_error ? warnings.own_error : warnings.extra_error ? warnings.extra_error : warnings.error;
    if (warnings.silent || !said || error != ON) return UNUSED_MAY_STAY;
    bool declared_first = warnings.statements_first || (warnings.old && warnings.pedantic);
    return declared_first ? UNUSED_NEEDS_ATTRIBUTE : UNUSED_NEEDS_STATEMENT;
}
