// Checksums of rows inside SQLite. In: the values of a row. Out: 64 bits, and their sum over rows, which no order
// of them changes. Must tell NULL from '', 1 from '1', and ('ab', 'c') from ('a', 'bc').
#include <string.h>

#include "engine/sqlite.h"

#define HASH_START 0xcbf29ce484222325u
#define HASH_FACTOR 0x9e3779b97f4a7c15u

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * HASH_FACTOR;
    return hash ^ (hash >> 32);
}

static uint64_t mix_bytes(uint64_t hash, const unsigned char *bytes, size_t length) {
    uint64_t word;
    for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    if (length > 0) memcpy(&word, bytes, length);
    return mix(hash, word);
}

static uint64_t mix_value(uint64_t hash, sqlite3_value *value) {
    int type = sqlite3_value_type(value);
    hash = mix(hash, (uint64_t)type);
    if (type == SQLITE_NULL) return hash;
    if (type == SQLITE_INTEGER) return mix(hash, (uint64_t)sqlite3_value_int64(value));
    if (type == SQLITE_FLOAT) {
        double real = sqlite3_value_double(value);
        return mix_bytes(hash, (const unsigned char *)&real, sizeof real);
    }
    const unsigned char *bytes = sqlite3_value_blob(value);
    size_t length = (size_t)sqlite3_value_bytes(value);
    return mix_bytes(mix(hash, length), bytes, length);
}

static uint64_t hash_row(int count, sqlite3_value **values) {
    uint64_t hash = HASH_START;
    for (int i = 0; i < count; i++) hash = mix_value(hash, values[i]);
    return mix(hash, (uint64_t)count);
}

static void hash(sqlite3_context *context, int count, sqlite3_value **values) {
    sqlite3_result_int64(context, (sqlite3_int64)hash_row(count, values));
}

static void add_row(sqlite3_context *context, int count, sqlite3_value **values) {
    uint64_t *sum = sqlite3_aggregate_context(context, sizeof *sum);
    if (sum == NULL)
        sqlite3_result_error_nomem(context);
    else
        *sum += hash_row(count, values);
}

static void give_sum(sqlite3_context *context) {
    uint64_t *sum = sqlite3_aggregate_context(context, 0);
    sqlite3_result_int64(context, sum == NULL ? 0 : (sqlite3_int64)*sum);
}

void sqlite_hash_register(sqlite3 *connection) {
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    sqlite3_create_function_v2(connection, "weft_hash", -1, flags, NULL, hash, NULL, NULL, NULL);
    sqlite3_create_function_v2(connection, "weft_checksum", -1, flags, NULL, NULL, add_row,
                               give_sum, NULL);
}
