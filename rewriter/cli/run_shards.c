// Facts of other runs. In: the names of their files. Out: Run.given, which facts are looked up in before the cache. A file
// counts only when its key is right (source/shard.h): a stranger's facts would be a stranger's edits.
#include "cli/run_shards.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "apply/key.h"
#include "base/file.h"
#include "base/message.h"
#include "base/profile.h"
#include "cli/output.h"

enum { SHORTEST_KEY = 16 }; // characters
#define VARIABLE "WEFT_FACTS_KEY"

bool run_shards_key(Str root, bool make, DigestKey *key, Diagnostics *diagnostics) {
    Str said = str_from(getenv(VARIABLE));
    if (said.length == 0) {
        Key own;
        if (!(make ? key_make(root, &own, diagnostics) : key_find(root, &own, diagnostics))) return false;
        *key = own.secret;
        if (own.exists) return true;
        diagnostic_add(diagnostics, DIAGNOSTIC_E908, SPAN_NONE, "no facts can be yours: you have made none here yet");
        diagnostic_help(diagnostics, "set " VARIABLE " to the same secret where facts are made and where they are used");
        return false;
    }
    if (said.length < SHORTEST_KEY) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E908, SPAN_NONE, "the key in " VARIABLE " is too short");
        diagnostic_help(diagnostics, "it needs %d characters or more: `openssl rand -hex 32` makes a good one",
                        (int)SHORTEST_KEY);
        return false;
    }
    Digest digest = digest_of(said);
    memcpy(key->bytes, digest.bytes, sizeof key->bytes);
    return true;
}

static bool refuse(Diagnostics *diagnostics, Str path, const char *why, const char *help) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E908, SPAN_NONE, "cannot use the facts in '%.*s': %s", STR_ARG(path), why);
    diagnostic_help(diagnostics, "%s", help);
    return false;
}

static bool read_text(Arena *arena, Str root, Str path, Str *text, Diagnostics *diagnostics) {
    if (!output_place_is_safe(root, path, diagnostics)) return false;
    FileResult result = file_read(arena, path, 0, text, NULL);
    if (result == FILE_OK) return true;
    return refuse(diagnostics, path, result == FILE_NOT_REGULAR ? "it is no file" : strerror(errno),
                  "name a file that `weft facts -o FILE` wrote");
}

static bool read_one(Run *run, Str path, const DigestKey *key) {
    Arena arena = {0};
    Str text;
    ShardPart part;
    Diagnostics *diagnostics = &run->diagnostics;
    bool good = read_text(&arena, run->sources.root, path, &text, diagnostics);
    ShardAnswer answer = good ? shard_read(run->given, text, key, &part) : SHARD_GOOD;
    arena_release(&arena);
    switch (answer) {
    case SHARD_GOOD: return good;
    case SHARD_NONE:
        return refuse(diagnostics, path, "it is no file of facts, or not whole", "let `weft facts -o FILE` write it again");
    case SHARD_FOREIGN:
        return refuse(diagnostics, path, "it was not made with your key, or was changed since",
                      "set " VARIABLE " to the same secret where facts are made and where they are used");
    case SHARD_OTHER_BUILD:
        return refuse(diagnostics, path, "another build of weft made it", "use the same program for all parts and the plan");
    }
    return false;
}

bool run_shards_open(Run *run, const Options *options) {
    if (options->stats) run->sources.counts = run->counts;
    run->sources.made = options->made;
    if (options->facts.count == 0) return true;
    DigestKey key;
    if (!run_shards_key(run->sources.root, false, &key, &run->diagnostics)) return false;
    profile_enter("read facts");
    run->given = shard_new();
    run->sources.given = run->given;
    bool good = true;
    for (uint32_t i = 0; good && i < options->facts.count; i++) good = read_one(run, options->facts.items[i], &key);
    profile_leave();
    return good;
}

void run_shards_show_counts(const Run *run) {
    uint32_t files = 0;
    uint64_t bytes = 0;
    for (uint32_t i = 1; i < run->sources.files.count; i++) {
        const SourceFile *file = &run->sources.files.items[i];
        if (file->state != SOURCE_READ && file->state != SOURCE_UNPARSABLE) continue;
        files++;
        bytes += file->text.length;
    }
    message_print(stderr, "weft: %u files read, %" PRIu64 " bytes\n", files, bytes);
    const FactsCounts *tree = &run->counts[0], *after = &run->counts[1];
    message_print(stderr, "  of these: %u parsed, %u in memory, %u in --facts, %u in the cache\n", tree->parsed,
                  tree->from_memory, tree->from_shards, tree->from_cache);
    message_print(stderr, "  new texts: %u parsed, %u only where they changed, %u in memory, %u in the cache\n", after->parsed,
                  after->parsed_in_part, after->from_memory, after->from_cache);
}
