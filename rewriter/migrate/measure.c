// Sampling. In: an open database and its catalog. Out: seconds a row. A sample is one query, which takes no lock that a
// writer would meet.
#include "migrate/measure.h"

#include <inttypes.h>

#include "migrate/checksum.h"
#include "migrate/pace.h"

enum { SAMPLE_ROWS = 20000, LEAST_ROWS = 100 };

static const SchemaTable *largest(const Schema *schema, int64_t *rows) {
    const SchemaTable *found = NULL;
    *rows = 0;
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        const SchemaTable *table = &schema->tables.items[i];
        if (table->kind != TABLE_ORDINARY || table->rows < 0) continue;
        *rows += table->rows;
        if (found == NULL || table->rows > found->rows) found = table;
    }
    return found;
}

static bool read_sample(Database *database, const SchemaTable *table, Checksum *sum) {
    Arena scratch = {0};
    StrBuf sql = {0}, source = {0};
    StrItems columns = {0};
    const Dialect *dialect = dialect_of(database->engine);
    for (uint32_t i = 0; i < table->columns.count; i++)
        list_add(&scratch, &columns, table->columns.items[i].name);
    strbuf_add_text(&source, "(SELECT * FROM ");
    dialect_name(dialect, table->name, &source);
    strbuf_addf(&source, " LIMIT %d) AS weft_sample", SAMPLE_ROWS);
    checksum_add_query_of(dialect, &columns, strbuf_str(&source), &sql);
    bool good = checksum_run(database, strbuf_str(&sql), NULL, 0, sum);
    strbuf_release(&source);
    strbuf_release(&sql);
    arena_release(&scratch);
    return good;
}

bool measure_reading(Database *database, const Schema *schema, ReadingSpeed *speed) {
    Checksum sum;
    const SchemaTable *table = largest(schema, &speed->rows);
    if (table == NULL || table->rows < LEAST_ROWS) return false;
    double before = pace_now();
    if (!read_sample(database, table, &sum) || sum.rows < LEAST_ROWS) return false;
    speed->seconds_per_row = (pace_now() - before) / (double)sum.rows;
    return true;
}
