// What SQLite writes into the file of a copy is there, and its sum is that of what is there.
#include <errno.h>

#include "temporary.h"

#include "engine/sqlite_write.h"

// The sum of the file PATH as it is.
static PageSum read_back(Arena *arena, Str path, uint32_t page) {
    Str bytes;
    PageSum sum = {.page = page};
    assert_int_equal(file_read(arena, path, 0, &bytes, NULL), FILE_OK);
    sum.bytes = bytes.length;
    for (size_t at = 0; at < bytes.length; at += page)
        sum.sum += page_sum_of(at, (const unsigned char *)bytes.data + at, bytes.length - at < page ? bytes.length - at : page);
    return sum;
}

static void execute(sqlite3 *connection, const char *sql) {
    assert_int_equal(sqlite3_exec(connection, sql, NULL, NULL, NULL), SQLITE_OK);
}

static int keep_text(void *context, int count, char **values, char **names) {
    static char text[100];
    (void)count, (void)names;
    snprintf(text, sizeof text, "%s", values[0]);
    *(Str *)context = str_from(text);
    return 0;
}

// SQL run into a new file, and the file compared with what was summed.
static void check(Temporary *here, const char *name, const char *sql, uint32_t page) {
    Str path = path_join(&here->arena, here->path, str_from(name));
    SqliteWriter writer;
    PageSum written, read;
    sqlite3 *to;
    assert_int_equal(sqlite_write_open(&writer, path.data), SQLITE_OK);
    execute(writer.connection, "PRAGMA temp_store = MEMORY"); // it makes no other file
    execute(writer.connection, sql);
    assert_int_equal(sqlite_write_finish(&writer, &written), SQLITE_OK);
    read = read_back(&here->arena, path, page);
    assert_int_equal(written.page, page);
    assert_int_equal(written.bytes, read.bytes);
    assert_int_equal(written.sum, read.sum);
    assert_true(read.bytes >= page);
    sqlite_write_close(&writer);
    assert_int_equal(sqlite3_open_v2(path.data, &to, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    Str answer = STR("");
    assert_int_equal(sqlite3_exec(to, "PRAGMA integrity_check", keep_text, &answer, NULL), SQLITE_OK);
    assert_str(answer, "ok");
    assert_int_equal(sqlite3_exec(to, "SELECT count(*) > 0 FROM rows", keep_text, &answer, NULL), SQLITE_OK);
    assert_str(answer, "1");
    sqlite3_close_v2(to);
}

#define ROWS(count)                                                                                                    \
    "CREATE TABLE rows (id INTEGER PRIMARY KEY, body); WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n " \
    "LIMIT " #count ") INSERT INTO rows SELECT i, randomblob(300) FROM n; "

static void sums_what_it_writes(void **state) {
    check(*state, "few.db", ROWS(3), 4096);
    check(*state, "many.db", ROWS(9000), 4096); // more than a piece
    check(*state, "small.db", "PRAGMA page_size = 512; " ROWS(2000), 512);
    check(*state, "large.db", "PRAGMA page_size = 65536; " ROWS(9000), 65536);
}

// Pages are written again and again where SQLite has room for few, those of the last piece and older ones.
static void sums_what_it_writes_again(void **state) {
    check(*state, "again.db",
          "PRAGMA cache_size = 10; " ROWS(4000) "UPDATE rows SET body = randomblob(290); CREATE INDEX bodies ON rows (body); "
          "UPDATE rows SET body = zeroblob(300) WHERE id % 7 = 0; BEGIN; UPDATE rows SET body = 1; COMMIT",
          4096);
}

static void makes_new_files_only(void **state) {
    Temporary *here = *state;
    Str path = path_join(&here->arena, here->path, STR("there.db")), bytes;
    SqliteWriter writer;
    assert_true(file_replace(path, STR("somebody's"), 0600));
    assert_int_equal(sqlite_write_open(&writer, path.data), SQLITE_CANTOPEN);
    assert_int_equal(sqlite3_system_errno(writer.connection), EEXIST);
    sqlite_write_close(&writer);
    assert_int_equal(file_read(&here->arena, path, 0, &bytes, NULL), FILE_OK);
    assert_str(bytes, "somebody's");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(sums_what_it_writes),
        temporary_test(sums_what_it_writes_again),
        temporary_test(makes_new_files_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
