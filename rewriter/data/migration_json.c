// A plan as JSON. In: bytes that anybody may have written. Out: a plan whose steps have what their kind
// needs, or one error that names the place.
#include "data/migration.h"

#include <string.h>

#include "base/message.h"
#include "base/intern.h"
#include "data/json_shape.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define SHAPE(T, fields)                                                                           \
    { fields, COUNT_OF(fields), sizeof(T) }
#define AT(T, member) .offset = offsetof(T, member)

static const char *const engines[] = {"sqlite", "postgresql", "mariadb", NULL};
static const char *const phases[] = {"expand", "backfill", "verify", "switch", "contract", NULL};
static const char *const kinds[] = {"statements", "batches", "probe", "rebuild", NULL};
static const char *const ownerships[] = {"owned", "shared", NULL};
static const char *const types[] = {"any",  "boolean", "integer", "real", "decimal",
                                    "text", "blob",    "date",    "time", "datetime",
                                    "json", "uuid",    NULL};

static const ShapeField assignment_fields[] = {
    {.key = "column", .kind = SHAPE_TEXT, AT(Assignment, column), .required = true},
    {.key = "value", .kind = SHAPE_TEXT, AT(Assignment, value), .required = true},
};
static const Shape assignment_shape = SHAPE(Assignment, assignment_fields);

static const ShapeField batch_fields[] = {
    {.key = "key", .kind = SHAPE_TEXTS, AT(Batch, key)},
    {.key = "set", .kind = SHAPE_OBJECTS, AT(Batch, set), .shape = &assignment_shape},
    {.key = "pending", .kind = SHAPE_TEXT, AT(Batch, pending)},
    {.key = "unchanged", .kind = SHAPE_TEXTS, AT(Batch, unchanged)},
};
static const Shape batch_shape = SHAPE(Batch, batch_fields);

static const ShapeField rebuild_fields[] = {
    {.key = "shadow", .kind = SHAPE_TEXT, AT(Rebuild, shadow)},
    {.key = "create", .kind = SHAPE_TEXT, AT(Rebuild, create)},
    {.key = "key", .kind = SHAPE_TEXTS, AT(Rebuild, key)},
    {.key = "columns", .kind = SHAPE_TEXTS, AT(Rebuild, columns)},
    {.key = "after", .kind = SHAPE_TEXTS, AT(Rebuild, after)},
};
static const Shape rebuild_shape = SHAPE(Rebuild, rebuild_fields);

static const ShapeField estimate_fields[] = {
    {.key = "rows", .kind = SHAPE_NUMBER, AT(Estimate, rows), .unknown = true},
    {.key = "bytes", .kind = SHAPE_NUMBER, AT(Estimate, bytes), .unknown = true},
    {.key = "lock_ms", .kind = SHAPE_NUMBER, AT(Estimate, lock_ms), .unknown = true},
};
static const Shape estimate_shape = SHAPE(Estimate, estimate_fields);

static const ShapeField step_fields[] = {
    {.key = "id", .kind = SHAPE_TEXT, AT(Step, id), .required = true},
    {.key = "phase", .kind = SHAPE_CHOICE, AT(Step, phase), .required = true, .choices = phases},
    {.key = "kind", .kind = SHAPE_CHOICE, AT(Step, kind), .required = true, .choices = kinds},
    {.key = "table", .kind = SHAPE_TEXT, AT(Step, table)},
    {.key = "title", .kind = SHAPE_TEXT, AT(Step, title), .required = true},
    {.key = "alone", .kind = SHAPE_BOOLEAN, AT(Step, alone)},
    {.key = "sql", .kind = SHAPE_TEXTS, AT(Step, sql)},
    {.key = "undo", .kind = SHAPE_TEXTS, AT(Step, undo)},
    {.key = "final", .kind = SHAPE_BOOLEAN, AT(Step, final)},
    {.key = "done", .kind = SHAPE_TEXT, AT(Step, done)},
    {.key = "precondition", .kind = SHAPE_TEXT, AT(Step, precondition)},
    {.key = "postcondition", .kind = SHAPE_TEXT, AT(Step, postcondition)},
    {.key = "expect", .kind = SHAPE_TEXT, AT(Step, expect)},
    {.key = "filled", .kind = SHAPE_TEXTS, AT(Step, filled)},
    {.key = "detail", .kind = SHAPE_TEXT, AT(Step, detail)},
    {.key = "failure", .kind = SHAPE_TEXT, AT(Step, failure)},
    {.key = "batch", .kind = SHAPE_OBJECT, AT(Step, batch), .shape = &batch_shape},
    {.key = "rebuild", .kind = SHAPE_OBJECT, AT(Step, rebuild), .shape = &rebuild_shape},
    {.key = "estimate", .kind = SHAPE_OBJECT, AT(Step, estimate), .shape = &estimate_shape},
};
static const Shape step_shape = SHAPE(Step, step_fields);

static const ShapeField dimension_fields[] = {
    {.key = "name", .kind = SHAPE_TEXT, AT(Dimension, name), .required = true},
    {.key = "type", .kind = SHAPE_CHOICE, AT(Dimension, type), .required = true, .choices = types},
    {.key = "has_default", .kind = SHAPE_BOOLEAN, AT(Dimension, has_default)},
    {.key = "default", .kind = SHAPE_TEXT, AT(Dimension, default_text)},
};
static const Shape dimension_shape = SHAPE(Dimension, dimension_fields);

static const ShapeField table_fields[] = {
    {.key = "name", .kind = SHAPE_TEXT, AT(PlannedTable, name), .required = true},
    {.key = "model", .kind = SHAPE_TEXT, AT(PlannedTable, model)},
    {.key = "ownership",
     .kind = SHAPE_CHOICE,
     AT(PlannedTable, ownership),
     .required = true,
     .choices = ownerships},
    {.key = "keys", .kind = SHAPE_TEXTS, AT(PlannedTable, keys)},
    {.key = "added", .kind = SHAPE_TEXTS, AT(PlannedTable, added)},
    {.key = "required", .kind = SHAPE_TEXTS, AT(PlannedTable, required)},
    {.key = "rows", .kind = SHAPE_NUMBER, AT(PlannedTable, rows), .unknown = true},
};
static const Shape table_shape = SHAPE(PlannedTable, table_fields);

// The document; `format` is no field of a plan.
typedef struct Document {
    int64_t format;
    Migration migration;
} Document;

static const ShapeField document_fields[] = {
    {.key = "format", .kind = SHAPE_NUMBER, AT(Document, format), .required = true},
    {.key = "engine",
     .kind = SHAPE_CHOICE,
     AT(Document, migration.engine),
     .required = true,
     .choices = engines},
    {.key = "weft", .kind = SHAPE_TEXT, AT(Document, migration.weft), .required = true},
    {.key = "server", .kind = SHAPE_TEXT, AT(Document, migration.server)},
    {.key = "schema_digest", .kind = SHAPE_TEXT, AT(Document, migration.schema_digest)},
    {.key = "rules_digest", .kind = SHAPE_TEXT, AT(Document, migration.rules_digest)},
    {.key = "models_digest", .kind = SHAPE_TEXT, AT(Document, migration.models_digest)},
    {.key = "dimensions",
     .kind = SHAPE_OBJECTS,
     AT(Document, migration.dimensions),
     .required = true,
     .shape = &dimension_shape},
    {.key = "tables",
     .kind = SHAPE_OBJECTS,
     AT(Document, migration.tables),
     .required = true,
     .shape = &table_shape},
    {.key = "steps",
     .kind = SHAPE_OBJECTS,
     AT(Document, migration.steps),
     .required = true,
     .shape = &step_shape},
};
static const Shape document_shape = SHAPE(Document, document_fields);

void migration_write(const Migration *migration, StrBuf *out) {
    Document document = {MIGRATION_FORMAT, *migration};
    shape_write(&document_shape, &document, out);
}

// ---- what the shape cannot say -------------------------------------------------------------------

static bool is_id(Str id) {
    for (size_t i = 0; i < id.length; i++)
        if (id.data[i] == '\0' ||
            strchr("abcdefghijklmnopqrstuvwxyz0123456789-_.", id.data[i]) == NULL)
            return false;
    return id.length > 0 && id.length <= 200;
}

static bool is_digest(Str digits) {
    Digest digest;
    return digits.length == 0 || digest_parse(digits, &digest);
}

// Why STEP cannot be carried out, NULL when it can.
static const char *step_fault(const Step *step) {
    bool batches = step->kind == STEP_BATCHES, rebuild = step->kind == STEP_REBUILD;
    if (!is_id(step->id)) return "its id is none: 1 to 200 of a-z, 0-9, '-', '_' and '.'";
    if (step->kind == STEP_STATEMENTS && step->sql.count == 0) return "it has no statement";
    if (step->kind == STEP_PROBE && step->sql.count != 1) return "a probe is exactly one query";
    if ((batches || rebuild) && step->table.length == 0) return "it names no table";
    if (batches && (step->batch.key.count == 0 || step->batch.set.count == 0 ||
                    step->batch.pending.length == 0))
        return "its batch lacks a key, a value or what is pending";
    if (rebuild && (step->rebuild.shadow.length == 0 || step->rebuild.create.length == 0 ||
                    step->rebuild.key.count == 0 || step->rebuild.columns.count == 0))
        return "its rebuild lacks the new table, a key or columns";
    if (step->final && step->undo.count > 0) return "it is final and has an undo";
    return NULL;
}

static void check_steps(const Migration *migration, StrBuf *fault) {
    Interner *ids = interner_new();
    for (uint32_t i = 0; i < migration->steps.count && fault->length == 0; i++) {
        const Step *step = &migration->steps.items[i];
        const char *why = step_fault(step);
        if (why == NULL && i > 0 && step->phase < step[-1].phase)
            why = "its phase comes before that of the step in front of it";
        if (why == NULL && intern_find(ids, step->id).index != 0) why = "another step has its id";
        intern(ids, step->id);
        if (why != NULL) strbuf_addf(fault, "steps[%u]: %s", i, why);
    }
    interner_free(ids);
}

static void check_document(const Document *document, StrBuf *fault) {
    const Migration *migration = &document->migration;
    if (document->format != MIGRATION_FORMAT)
        message_add(fault, "its format is %lld, and this weft reads %d",
                    (long long)document->format, MIGRATION_FORMAT);
    else if (!is_digest(migration->schema_digest) || !is_digest(migration->rules_digest) ||
             !is_digest(migration->models_digest))
        message_add(fault, "a digest is not 64 lower-case hexadecimal digits");
    else
        check_steps(migration, fault);
}

bool migration_read(Str name, Str json, Migration *migration, Diagnostics *diagnostics) {
    ShapeFault fault = {0};
    Document document = {0};
    if (shape_read(&document_shape, json, &migration->arena, &document, &fault))
        check_document(&document, &fault.text);
    bool good = fault.text.length == 0;
    if (good) {
        document.migration.arena = migration->arena;
        *migration = document.migration;
    } else {
        diagnostic_add(diagnostics, DIAGNOSTIC_E620, SPAN_NONE,
                       "'%.*s' is no plan for data that this weft can use: %.*s", STR_ARG(name),
                       STR_ARG(strbuf_str(&fault.text)));
        diagnostic_help(diagnostics, "make it anew with `weft data plan -o %.*s`", STR_ARG(name));
    }
    strbuf_release(&fault.text);
    return good;
}
