// Trust. In: a tree's path and its commands. Out: a record of both, in a file of the state folder that is
// named by its SHA-256. A record is a row of texts, each written as "LENGTH:TEXT,", so that no two trees or
// lists of commands have the same one.
#include "verify/trust.h"

#include <errno.h>
#include <nettle/sha2.h>

#include "base/path.h"

#define FORM STR("weft trust 1")
enum { RECORD_MAX = 4 * 1024 * 1024, NAME_LENGTH = 6 + 2 * SHA256_DIGEST_SIZE }; // "trust/" and digits

// ---- records -------------------------------------------------------------------------------------
static void add_text(StrBuf *record, Str text) {
    strbuf_addf(record, "%zu:", text.length);
    strbuf_add(record, text);
    strbuf_add_char(record, ',');
}

static void add_number(StrBuf *record, uint32_t number) {
    char digits[16];
    int length = snprintf(digits, sizeof digits, "%u", number);
    add_text(record, (Str){digits, (size_t)length});
}

static void make_record(Str root, const Rules *rules, StrBuf *record) {
    add_text(record, FORM);
    add_text(record, root);
    add_number(record, rules->commands.count);
    for (uint32_t i = 0; i < rules->commands.count; i++) {
        const VerifyCommand *command = &rules->commands.items[i];
        add_text(record, command->name);
        add_number(record, command->shell);
        add_number(record, command->compare);
        add_number(record, command->timeout);
        add_number(record, command->run.count);
        for (uint32_t word = 0; word < command->run.count; word++)
            add_text(record, command->run.items[word]);
    }
}

static bool take_number(Str *rest, char end, uint32_t *number) {
    size_t at = 0;
    *number = 0;
    for (; at < rest->length && rest->data[at] >= '0' && rest->data[at] <= '9' && at < 9; at++)
        *number = *number * 10 + (uint32_t)(rest->data[at] - '0');
    bool good = at > 0 && at < rest->length && rest->data[at] == end;
    if (good) *rest = str_slice(*rest, at + 1, rest->length);
    return good;
}

static bool take_text(Str *rest, Str *text) {
    uint32_t length;
    if (!take_number(rest, ':', &length)) return false;
    if (length >= rest->length || rest->data[length] != ',') return false;
    *text = str_slice(*rest, 0, length);
    *rest = str_slice(*rest, (size_t)length + 1, rest->length);
    return true;
}

static bool take_count(Str *rest, uint32_t *number) {
    Str text;
    if (!take_text(rest, &text)) return false;
    // The comma that ended the text ends the number, too.
    text.length++;
    return take_number(&text, ',', number) && text.length == 0;
}

static bool take_command(Str *rest, VerifyCommand *command) {
    uint32_t shell, compare, words;
    bool good = take_text(rest, &command->name) && take_count(rest, &shell) &&
                take_count(rest, &compare) && take_count(rest, &command->timeout) &&
                take_count(rest, &words);
    for (uint32_t i = 0; good && i < words; i++) {
        Str word;
        good = take_text(rest, &word);
        if (good) vec_add(&command->run, word);
    }
    command->shell = good && shell != 0;
    return good;
}

static void release_trusted(Trusted *trusted) {
    for (uint32_t i = 0; i < trusted->commands.count; i++)
        vec_release(&trusted->commands.items[i].run);
    vec_release(&trusted->commands);
}

// The texts are slices of RECORD.
static bool parse_record(Str record, Trusted *trusted) {
    Str form;
    uint32_t count;
    bool good = take_text(&record, &form) && str_equal(form, FORM) &&
                take_text(&record, &trusted->root) && take_count(&record, &count);
    for (uint32_t i = 0; good && i < count; i++) {
        VerifyCommand command = {0};
        good = take_command(&record, &command);
        vec_add(&trusted->commands, command); // also a broken one, to be released
    }
    return good && record.length == 0;
}

// ---- files ---------------------------------------------------------------------------------------
static Str name_of(Arena *arena, Str record) {
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, record.length, (const uint8_t *)record.data);
    sha256_digest(&hash, sizeof digest, digest);
    char *name = memcpy(arena_bytes(arena, NAME_LENGTH + 1), "trust/", 6);
    for (size_t i = 0; i < sizeof digest; i++) {
        name[6 + 2 * i] = digits[digest[i] >> 4];
        name[7 + 2 * i] = digits[digest[i] & 15];
    }
    name[NAME_LENGTH] = '\0';
    return (Str){name, NAME_LENGTH};
}

bool trust_holds(const StateFolder *folder, Str root, const Rules *rules) {
    Arena arena = {0};
    StrBuf record = {0};
    Str kept;
    make_record(root, rules, &record);
    Str name = name_of(&arena, strbuf_str(&record));
    bool holds = state_folder_read(folder, &arena, name, RECORD_MAX, &kept) &&
                 str_equal(kept, strbuf_str(&record));
    strbuf_release(&record);
    arena_release(&arena);
    return holds;
}

bool trust_add(const StateFolder *folder, Str root, const Rules *rules) {
    Arena arena = {0};
    StrBuf record = {0};
    uint32_t before;
    make_record(root, rules, &record);
    Str name = name_of(&arena, strbuf_str(&record));
    bool good = trust_revoke(folder, root, &before) &&
                state_folder_write(folder, name, strbuf_str(&record), false);
    int error = errno;
    strbuf_release(&record);
    arena_release(&arena);
    errno = error;
    return good;
}

static int compare_roots(const void *left, const void *right) {
    return str_compare(((const Trusted *)left)->root, ((const Trusted *)right)->root);
}

void trust_read(const StateFolder *folder, TrustList *trusted) {
    StateNames names = {0};
    *trusted = (TrustList){0};
    state_folder_list(folder, &trusted->arena, STR("trust"), &names);
    for (uint32_t i = 0; i < names.count; i++) {
        Str name = path_join(&trusted->arena, STR("trust"), names.items[i]), record;
        Trusted found = {0};
        if (state_folder_read(folder, &trusted->arena, name, RECORD_MAX, &record) &&
            str_equal(name, name_of(&trusted->arena, record)) && parse_record(record, &found))
            vec_add(&trusted->list, found);
        else
            release_trusted(&found);
    }
    vec_release(&names);
    if (trusted->list.count > 1)
        qsort(trusted->list.items, trusted->list.count, sizeof *trusted->list.items, compare_roots);
}

void trust_release(TrustList *trusted) {
    for (uint32_t i = 0; i < trusted->list.count; i++) release_trusted(&trusted->list.items[i]);
    vec_release(&trusted->list);
    arena_release(&trusted->arena);
}

bool trust_revoke(const StateFolder *folder, Str root, uint32_t *count) {
    Arena arena = {0};
    StateNames names = {0};
    bool good = true;
    *count = 0;
    state_folder_list(folder, &arena, STR("trust"), &names);
    for (uint32_t i = 0; good && i < names.count; i++) {
        Str name = path_join(&arena, STR("trust"), names.items[i]), record;
        Trusted found = {0};
        if (state_folder_read(folder, &arena, name, RECORD_MAX, &record) &&
            parse_record(record, &found) && str_equal(found.root, root)) {
            good = state_folder_remove(folder, name);
            *count += good;
        }
        release_trusted(&found);
    }
    int error = errno;
    vec_release(&names);
    arena_release(&arena);
    errno = error;
    return good;
}
