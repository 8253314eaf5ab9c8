#include "store.h"

enum { LOCAL = 3, HASH_UNKNOWN };

int hash_size(hash_t hash) { return hash == HASH_LONG ? SIZE_LONG : 20; }

static int fill(char *out, const char *data, int size, hash_t hash)
{
    out[0] = (char)(data[0] + size + (int)hash + LOCAL);
    return 0;
}

int store_hash(char *out, const char *data, int kind)
{
    return fill(out, data, kind + SIZE_SHORT, HASH_SHORT);
}

int store_file(
    char *out,
    const char *path,
    int kind,
    int flags)
{
    return flags ? 0 : store_hash(
        out,
        path,
        kind);
}

int store_link(char *out, const char *path) { return store_file(out, path, 1, 0); }

int store_known(char *out, hash_t hash, int kind)
{
    return store_hash(out, "", kind) + (int)hash;
}

int stream_size(stream *from) { return from->size + SIZE_SHORT + store_link("", ""); }
