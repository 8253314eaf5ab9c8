// In: compile_commands.json. Out: units, with those of their arguments that change what the source means. Of
// warnings, optimisation and outputs nothing is kept; what weft wants to be told of is asked for instead.
#include "clang/unit/database.h"

#include <string.h>

#include "base/file.h"
#include "base/json_node.h"
#include "base/path.h"
#include "clang/unit/elsewhere.h"
#include "clang/unit/warning.h"

typedef Strs Words;

typedef struct Database {
    Facts *facts;
    Arena *arena;
    Diagnostics *diagnostics;
    Str path; // below the root, for messages
    Str home; // the root of the tree that it was written for
    uint32_t outside, other, missing;
    Str first_missing, first_outside;
} Database;

enum { DATABASE_SIZE_MAX = 256 << 20, RESPONSE_SIZE_MAX = 1 << 20, SOURCE_SIZE_MAX = 10 << 20 };

// ---- commands ------------------------------------------------------------------------------------
// As a shell would, without expansions: none of the writers of databases uses any.
static void split_command(Arena *arena, Str command, Words *words) {
    StrBuf word = {0};
    bool any = false;
    char quote = '\0';
    for (size_t i = 0; i <= command.length; i++) {
        char c = i < command.length ? command.data[i] : ' ';
        bool last = i == command.length;
        bool white = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (last || (!quote && white)) {
            if (any) vec_add(words, arena_copy(arena, strbuf_str(&word)));
            strbuf_clear(&word);
            any = false;
            continue;
        }
        any = true;
        if (quote ? c == quote : (c == '"' || c == '\''))
            quote = quote ? '\0' : c;
        else if (c == '\\' && quote != '\'' && i + 1 < command.length)
            strbuf_add_char(&word, command.data[++i]);
        else
            strbuf_add_char(&word, c);
    }
    strbuf_release(&word);
}

// @file: more arguments.
static void add_word(const Database *database, Str folder, Str word, Words *words) {
    Str text;
    if (!str_starts_with(word, STR("@")) || word.length == 1) {
        vec_add(words, word);
        return;
    }
    Str path = path_join(database->arena, folder, str_slice(word, 1, word.length));
    if (file_read(database->arena, path, RESPONSE_SIZE_MAX, &text, NULL) == FILE_OK)
        split_command(database->arena, text, words);
}

static void read_words(const Database *database, const JsonNode *entry, Str folder, Words *words) {
    const JsonNode *list = json_node_member(entry, "arguments");
    const JsonNode *command = json_node_member(entry, "command");
    Words plain = {0};
    if (json_node_is(list, JSON_NODE_LIST)) {
        for (const JsonNode *item = list->first; item; item = item->next)
            if (item->kind == JSON_NODE_TEXT) vec_add(&plain, item->text);
    } else if (json_node_is(command, JSON_NODE_TEXT)) {
        split_command(database->arena, command->text, &plain);
    }
    for (uint32_t i = 1; i < plain.count; i++) // the first is the compiler
        add_word(database, folder, plain.items[i], words);
    vec_release(&plain);
}

// ---- arguments -----------------------------------------------------------------------------------
// Those with a value, which may be an argument of its own; and those without.
static const char *const VALUED[] = {"-I",         "-D",       "-U",       "-include", "-imacros",   "-isystem",
                                     "-iquote",    "-idirafter", "-x",     "-isysroot", "--sysroot", "-target"};
static const char *const PREFIXES[] = {"-std=",     "--sysroot=",       "--target=",        "-m32",
                                       "-m64",      "-pthread",         "-ansi",            "-nostdinc",
                                       "-fms-extensions", "-fshort-enums", "-funsigned-char", "-fsigned-char",
                                       "-fopenmp",  "-fblocks",         "-fgnu89-inline",   "-ffreestanding",
                                       "-undef",    "-mms-bitfields",   "-fplan9-extensions"};

static bool keeps(const Words *words, uint32_t *at, Words *kept) {
    Str word = words->items[*at];
    for (size_t i = 0; i < sizeof VALUED / sizeof *VALUED; i++) {
        if (str_is(word, VALUED[i])) {
            if (*at + 1 >= words->count) return false;
            vec_add(kept, word);
            vec_add(kept, words->items[++*at]);
            return true;
        }
        bool joined = strlen(VALUED[i]) == 2 || str_is(str_from(VALUED[i]), "-isystem");
        if (joined && str_starts_with(word, str_from(VALUED[i]))) {
            vec_add(kept, word);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof PREFIXES / sizeof *PREFIXES; i++) {
        if (!str_starts_with(word, str_from(PREFIXES[i]))) continue;
        vec_add(kept, word);
        return true;
    }
    return false;
}

// A database of another tree: UNIT and its words become those of this one.
static void move_command(const Database *database, UnitFact *unit, Words *kept) {
    const Sources *sources = database->facts->sources;
    Elsewhere elsewhere = {database->home, sources->root};
    Words moved = {0};
    if (str_equal(database->home, sources->root)) return;
    elsewhere_arguments(database->arena, &elsewhere, unit->folder, source_file(sources, unit->file)->path, kept, &moved);
    unit->folder = arena_copy(database->arena, elsewhere_folder(database->arena, &elsewhere, unit->folder));
    vec_release(kept);
    *kept = moved;
}

// What the judge is told of: all errors, and that a pointer or a number has become another one.
static const char *const ASKED[] = {"-Wno-everything",
                                    "-Werror=incompatible-pointer-types",
                                    "-Werror=incompatible-function-pointer-types",
                                    "-Werror=int-conversion",
                                    "-Werror=implicit-function-declaration",
                                    "-ferror-limit=0",
                                    "-fno-spell-checking"};

static void set_arguments(const Database *database, const Words *words, UnitFact *unit) {
    Words kept = {0};
    for (uint32_t i = 0; i < words->count; i++)
        if (str_is(words->items[i], "-o") || str_is(words->items[i], "-MF") ||
            str_is(words->items[i], "-MT") || str_is(words->items[i], "-MQ"))
            i++;
        else
            keeps(words, &i, &kept);
    move_command(database, unit, &kept);
    size_t asked = sizeof ASKED / sizeof *ASKED;
    const char **list = arena_array(database->arena, const char *, kept.count + asked + 3);
    uint32_t count = 0;
    list[count++] = "-working-directory";
    list[count++] = unit->folder.data;
    for (uint32_t i = 0; i < kept.count; i++)
        list[count++] = arena_copy(database->arena, kept.items[i]).data;
    for (size_t i = 0; i < asked; i++) list[count++] = ASKED[i];
    unit->unused = warning_of_unused(words->items, words->count);
    if (unit->unused != UNUSED_MAY_STAY) list[count++] = "-Wunused-parameter"; // a warning: it keeps no unit from being read
    unit->arguments = list;
    unit->argument_count = count;
    vec_release(&kept);
}

// ---- entries -------------------------------------------------------------------------------------
// The folder that it is compiled in, and the path below the root; false when it is outside.
static bool find_place(Arena *arena, Str root, const JsonNode *entry, Str *base, Str *inside) {
    const JsonNode *folder = json_node_member(entry, "directory"), *file = json_node_member(entry, "file");
    *base = path_join(arena, root, json_node_is(folder, JSON_NODE_TEXT) ? folder->text : root);
    Str path = path_normalize(arena, path_join(arena, *base, file->text)), real;
    if (path_real(arena, path, &real)) path = real;
    return path_relative(root, path, inside);
}

static void read_entry(Database *database, const JsonNode *entry) {
    if (!json_node_is(json_node_member(entry, "file"), JSON_NODE_TEXT)) return;
    const Sources *sources = database->facts->sources;
    Str base, inside;
    if (!find_place(database->arena, database->home, entry, &base, &inside)) {
        if (database->outside++ == 0) database->first_outside = base;
        return;
    }
    if (!str_ends_with(inside, STR(".c"))) {
        database->other++;
        return;
    }
    UnitFact unit = {.file = sources_find(sources, inside), .folder = arena_copy(database->arena, base)};
    if (!unit.file.index) {
        if (sources_has(sources, inside)) return; // left out
        if (database->missing++ == 0) database->first_missing = inside;
        return;
    }
    Words words = {0};
    read_words(database, entry, base, &words);
    set_arguments(database, &words, &unit);
    vec_release(&words);
    vec_add(&database->facts->units, unit);
}

static void help_make(Diagnostics *diagnostics) {
    diagnostic_help(diagnostics,
                    "`cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON` writes one into the folder of the build, and "
                    "`bear -- make` one for any other build\n'compile_databases: [build/compile_commands.json]' in "
                    "the rules says where it lies");
}

static bool read_database(Database *database, Str bytes) {
    JsonFault fault;
    const JsonNode *root = json_node_parse(database->arena, bytes, &fault);
    if (!root) {
        diagnostic_add(database->diagnostics, DIAGNOSTIC_E101, SPAN_NONE, "'%.*s' is no JSON: line %u: %.*s",
                       STR_ARG(database->path), fault.line, STR_ARG(fault.why));
        help_make(database->diagnostics);
        return false;
    }
    if (root->kind == JSON_NODE_LIST)
        for (const JsonNode *entry = root->first; entry; entry = entry->next) read_entry(database, entry);
    if (!str_equal(database->home, database->facts->sources->root)) database->missing = 0; // it has other sources
    if (database->missing > 0) {
        diagnostic_add(database->diagnostics, DIAGNOSTIC_W105, SPAN_NONE,
                       "'%.*s' compiles %u sources that are not read: '%.*s' is the first",
                       STR_ARG(database->path), database->missing, STR_ARG(database->first_missing));
        diagnostic_note(database->diagnostics, "it is stale, or the rules leave them out");
        help_make(database->diagnostics);
    }
    return true;
}

static void add_to_digest(Facts *facts, Str path, Str bytes) {
    DigestKey before;
    memcpy(before.bytes, facts->compiled.bytes, sizeof before.bytes);
    Digest text = digest_of(bytes);
    facts->compiled = digest_keyed(&before, path, (Str){(const char *)text.bytes, sizeof text.bytes});
}

// The tree that has PATH: a commit that is looked at was built nowhere, and the tree beside it was.
static Str find_home(Arena *arena, const Sources *sources, Str path) {
    Str real;
    bool elsewhere = sources->built.length > 0 && !path_real(arena, path_join(arena, sources->root, path), &real) &&
                     path_real(arena, path_join(arena, sources->built, path), &real);
    return elsewhere ? sources->built : sources->root;
}

static bool read_file(Database *database, Str path) {
    Str bytes;
    database->path = path;
    database->home = find_home(database->arena, database->facts->sources, path);
    Str file = path_join(database->arena, database->home, path);
    if (file_read(database->arena, file, DATABASE_SIZE_MAX, &bytes, NULL) == FILE_OK) {
        add_to_digest(database->facts, path, bytes);
        return read_database(database, bytes);
    }
    diagnostic_add(database->diagnostics, DIAGNOSTIC_E101, SPAN_NONE,
                   "the compile database '%.*s' cannot be read", STR_ARG(path));
    help_make(database->diagnostics);
    return false;
}

static bool find_default(Arena *arena, Str root, Str *path) {
    static const char *const names[] = {"compile_commands.json", "build/compile_commands.json"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Str real;
        *path = str_from(names[i]);
        if (path_real(arena, path_join(arena, root, *path), &real)) return true;
    }
    return false;
}

// ---- sources that no list of files has ---------------------------------------------------------------
// Or marks it, where a list has it.
static void add_source(Sources *sources, Arena *arena, const JsonNode *entry) {
    Str base, inside, bytes;
    if (!json_node_is(json_node_member(entry, "file"), JSON_NODE_TEXT)) return;
    if (!find_place(arena, sources->root, entry, &base, &inside)) return;
    FileId known = sources_find(sources, inside);
    if (known.index) sources->files.items[known.index].compiled = true;
    if (!str_ends_with(inside, STR(".c")) || sources_has(sources, inside)) return;
    if (file_read(arena, path_join(arena, sources->root, inside), SOURCE_SIZE_MAX, &bytes, NULL) != FILE_OK) return;
    FileId id = sources_add_auxiliary(sources, inside, bytes);
    sources->files.items[id.index].left_out = true;
}

void database_add_sources(Sources *sources, const CompileInput *input) {
    Arena arena = {0};
    Str found, bytes;
    const Str *paths = input->databases;
    uint32_t count = input->database_count;
    if (count == 0 && find_default(&arena, sources->root, &found)) {
        paths = &found;
        count = 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        JsonFault fault;
        if (file_read(&arena, path_join(&arena, sources->root, paths[i]), DATABASE_SIZE_MAX, &bytes, NULL) != FILE_OK)
            continue;
        const JsonNode *root = json_node_parse(&arena, bytes, &fault);
        for (const JsonNode *entry = root && root->kind == JSON_NODE_LIST ? root->first : NULL; entry;
             entry = entry->next)
            add_source(sources, &arena, entry);
    }
    arena_release(&arena);
}

// ---- all of it -----------------------------------------------------------------------------------------
bool database_read(const Str *paths, uint32_t count, Facts *facts, Diagnostics *diagnostics) {
    Database database = {.facts = facts, .arena = &facts->arena, .diagnostics = diagnostics};
    Str found;
    if (count == 0) {
        bool some = find_default(&facts->arena, facts->sources->root, &found) ||
                    (facts->sources->built.length > 0 &&
                     find_default(&facts->arena, facts->sources->built, &found));
        if (!some) {
            diagnostic_add(diagnostics, DIAGNOSTIC_E907, SPAN_NONE,
                           "nothing says how the C files are compiled: there is no compile_commands.json");
            help_make(diagnostics);
            return false;
        }
        paths = &found;
        count = 1;
    }
    bool good = true;
    for (uint32_t i = 0; i < count; i++) good = read_file(&database, paths[i]) && good;
    if (good && facts->units.count == 0) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E907, SPAN_NONE,
                       "'%.*s' compiles none of the C files of the tree", STR_ARG(database.path));
        if (database.outside > 0)
            diagnostic_note(diagnostics, "what it compiles is elsewhere, in '%.*s': was the tree moved since?",
                            STR_ARG(database.first_outside));
        help_make(diagnostics);
        return false;
    }
    return good;
}
