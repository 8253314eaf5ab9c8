// Rows as JSON lines. In: rows of a table, one after the other. Out: lines. Must lose no byte: what is no UTF-8 is
// written in hexadecimal digits, and numbers with all of theirs.
#include "migrate/export.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

#include "data/dialect.h"
#include "source/utf8.h"

enum { FILE_MODE = 0600 };

typedef struct Export {
    const SchemaTable *table;
    FILE *out;
    int64_t rows;
} Export;

static void write_string(FILE *out, Str text) {
    putc('"', out);
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < ' ' || c == 0x7f)
            fprintf(out, "\\u%04x", c);
        else
            putc(c, out);
    }
    putc('"', out);
}

static void write_hex(FILE *out, Str bytes) {
    fputs("{\"hex\": \"", out);
    for (size_t i = 0; i < bytes.length; i++) fprintf(out, "%02x", (unsigned char)bytes.data[i]);
    fputs("\"}", out);
}

static void write_value(FILE *out, const Value *value) {
    switch (value->kind) {
    case VALUE_NULL: fputs("null", out); break;
    case VALUE_INTEGER: fprintf(out, "%" PRId64, value->integer); break;
    case VALUE_REAL: // JSON has no infinity
        if (isfinite(value->real))
            fprintf(out, "%.17g", value->real);
        else
            fprintf(out, "{\"real\": \"%f\"}", value->real);
        break;
    case VALUE_TEXT:
        if (utf8_valid_length(value->text) == value->text.length)
            write_string(out, value->text);
        else
            write_hex(out, value->text);
        break;
    case VALUE_BLOB: write_hex(out, value->text); break;
    }
}

static bool write_row(void *context, const Value *values, uint32_t count) {
    Export *export = context;
    fputs("{\"table\": ", export->out);
    write_string(export->out, export->table->name);
    fputs(", \"row\": {", export->out);
    for (uint32_t i = 0; i < count && i < export->table->columns.count; i++) {
        if (i > 0) fputs(", ", export->out);
        write_string(export->out, export->table->columns.items[i].name);
        fputs(": ", export->out);
        write_value(export->out, &values[i]);
    }
    fputs("}}\n", export->out);
    export->rows++;
    return ferror(export->out) == 0;
}

bool export_rows(Database *database, const SchemaTable *table, Str where, const Value *values,
                 uint32_t count, FILE *out, int64_t *rows) {
    const Dialect *dialect = dialect_of(database->engine);
    Export export = {table, out, 0};
    StrBuf sql = {0};
    strbuf_add_text(&sql, "SELECT ");
    for (uint32_t i = 0; i < table->columns.count; i++) {
        strbuf_add_text(&sql, i > 0 ? ", " : "");
        dialect_name(dialect, table->columns.items[i].name, &sql);
    }
    strbuf_add_text(&sql, " FROM ");
    dialect_name(dialect, table->name, &sql);
    strbuf_addf(&sql, " WHERE %.*s", STR_ARG(where));
    for (uint32_t i = 0; i < table->primary_key.count; i++) {
        strbuf_add_text(&sql, i > 0 ? ", " : " ORDER BY ");
        dialect_name(dialect, table->primary_key.items[i], &sql);
    }
    bool good = database_query(database, strbuf_str(&sql), values, count, write_row, &export);
    *rows = export.rows;
    strbuf_release(&sql);
    return good;
}

FILE *export_open(Str path) {
    Arena scratch = {0};
    int file = open(arena_copy(&scratch, path).data,
                    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return file < 0 ? NULL : fdopen(file, "w");
}

bool export_close(FILE *out) {
    bool good = fflush(out) == 0 && ferror(out) == 0 && fsync(fileno(out)) == 0;
    int error = errno;
    if (fclose(out) != 0 && good) return false;
    errno = error;
    return good;
}
