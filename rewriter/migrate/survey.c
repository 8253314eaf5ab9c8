// One statement a table. In: what the plan says of the table, and the live schema. Out: numbers and owners.
//
//     SQLite       SELECT count(*), count(CASE WHEN tenant_id IS NULL .. END), lost, weft_values(tenant_id), .. FROM messages
//     the others   SELECT count(*), count(CASE ..), 0, tenant_id, .. FROM messages GROUP BY 4
#include "migrate/survey.h"

#include "migrate/catalog.h"
#include "migrate/references.h"

enum { ROWS, EMPTY, LOST, OWNERS, MISSING }; // places in a row of the answer; from MISSING on a column each

typedef struct Question {
    MigrationRun *run;
    const SchemaTable *live;
    const PlannedTable *planned; // NULL: no table of the plan
    Str dimension;               // empty: the table has none
    Survey *survey;
} Question;

void surveys_release(Surveys *surveys) {
    schema_release(&surveys->schema);
    arena_release(&surveys->arena);
    *surveys = (Surveys){0};
}

const Schema *surveys_schema(MigrationRun *run) {
    Surveys *surveys = run->surveys;
    if (!surveys->has_schema) {
        schema_release(&surveys->schema);
        surveys->schema = (Schema){0};
        surveys->has_schema = catalog_read(run->database, &surveys->schema, run->diagnostics);
    }
    return surveys->has_schema ? &surveys->schema : NULL;
}

// ---- the question --------------------------------------------------------------------------------

static void add_empty(const Dialect *dialect, const StrItems *filled, StrBuf *sql) {
    if (filled == NULL || filled->count == 0) {
        strbuf_add_text(sql, "0");
        return;
    }
    strbuf_add_text(sql, "count(CASE WHEN ");
    for (uint32_t i = 0; i < filled->count; i++) {
        strbuf_add_text(sql, i > 0 ? " OR " : "");
        dialect_name(dialect, filled->items[i], sql);
        strbuf_add_text(sql, " IS NULL OR ");
        dialect_name(dialect, filled->items[i], sql);
        strbuf_add_text(sql, " = ''");
    }
    strbuf_add_text(sql, " THEN 1 END)");
}

static void add_owners(const Question *question, StrBuf *sql) {
    bool is_sqlite = question->run->dialect->engine == ENGINE_SQLITE;
    if (question->dimension.length == 0) {
        strbuf_add_text(sql, "0");
        return;
    }
    strbuf_add_text(sql, is_sqlite ? "weft_values(" : "");
    dialect_name(question->run->dialect, question->dimension, sql);
    strbuf_add_text(sql, is_sqlite ? ")" : "");
}

static void add_question(const Question *question, StrBuf *sql) {
    const Dialect *dialect = question->run->dialect;
    const PlannedTable *planned = question->planned;
    bool is_sqlite = dialect->engine == ENGINE_SQLITE;
    strbuf_add_text(sql, "SELECT count(*), ");
    add_empty(dialect, question->survey->filled, sql);
    strbuf_add_text(sql, ", ");
    if (!is_sqlite || !references_add_lost(dialect, &question->run->surveys->schema, question->live, sql))
        strbuf_add_text(sql, "0");
    strbuf_add_text(sql, ", ");
    add_owners(question, sql);
    for (uint32_t i = 0; planned != NULL && i < planned->required.count; i++) {
        strbuf_add_text(sql, ", count(*) - count(");
        dialect_name(dialect, planned->required.items[i], sql);
        strbuf_add_char(sql, ')');
    }
    strbuf_add_text(sql, " FROM ");
    dialect_name(dialect, question->live->name, sql);
    if (question->dimension.length > 0 && !is_sqlite) strbuf_addf(sql, " GROUP BY %d", OWNERS + 1);
}

// ---- the answer ----------------------------------------------------------------------------------

static void add_number(const Value *value, int64_t *sum) {
    int64_t number;
    if (value_as_integer(value, &number)) *sum += number;
}

static void add_owner(Question *question, const Value *value) {
    Arena *arena = &question->run->surveys->arena;
    Str lines, line;
    if (question->dimension.length == 0) return;
    if (question->run->dialect->engine != ENGINE_SQLITE) {
        list_add(arena, &question->survey->owners, value_copy(arena, value));
        return;
    }
    lines = value->kind == VALUE_TEXT ? value->text : STR_NONE;
    while (str_split_next(&lines, '\n', &line)) {
        Value owner;
        if (value_from_word(arena, line, &owner)) list_add(arena, &question->survey->owners, owner);
    }
}

// The only row, or that of one owner.
static bool add_answer(void *context, const Value *values, uint32_t count) {
    Question *question = context;
    Survey *survey = question->survey;
    add_number(&values[ROWS], &survey->rows);
    add_number(&values[EMPTY], &survey->empty);
    add_number(&values[LOST], &survey->lost);
    add_owner(question, &values[OWNERS]);
    for (uint32_t i = MISSING; i < count; i++) add_number(&values[i], &survey->missing[i - MISSING]);
    return true;
}

static bool ask(Question *question, const StrItems *filled) {
    Arena *arena = &question->run->surveys->arena;
    uint32_t required = question->planned != NULL ? question->planned->required.count : 0;
    StrBuf sql = {0};
    *question->survey = (Survey){.table = question->live->name, .filled = filled, .missing = arena_array(arena, int64_t, required + 1)};
    add_question(question, &sql);
    bool good = database_query(question->run->database, strbuf_str(&sql), NULL, 0, add_answer, question);
    strbuf_release(&sql);
    return good;
}

// ---- each once -----------------------------------------------------------------------------------

static Question question_of(MigrationRun *run, const SchemaTable *live) {
    Question question = {.run = run, .live = live};
    const Migration *migration = run->migration;
    const Schema *schema = &run->surveys->schema;
    for (uint32_t i = 0; i < migration->tables.count; i++)
        if (schema_same_name(schema, migration->tables.items[i].name, live->name) &&
            migration->tables.items[i].ownership == OWNED)
            question.planned = &migration->tables.items[i];
    if (question.planned == NULL || migration->dimensions.count == 0) return question;
    Str dimension = migration->dimensions.items[0].name;
    if (schema_has_name(schema, &question.planned->keys, dimension) && schema_column(schema, live, dimension) != NULL)
        question.dimension = dimension;
    return question;
}

static Survey *find(const Surveys *surveys, Str table, const StrItems *filled) {
    for (uint32_t i = 0; i < surveys->items.count; i++) {
        Survey *survey = surveys->items.items[i];
        if (schema_same_name(&surveys->schema, survey->table, table) && (filled == NULL || survey->filled == filled)) return survey;
    }
    return NULL;
}

const Survey *survey_of(MigrationRun *run, Str table, const StrItems *filled) {
    const Schema *schema = surveys_schema(run);
    unsigned attempts = 0;
    if (schema == NULL) return NULL;
    Survey *known = find(run->surveys, table, filled);
    if (known != NULL) return known;
    const SchemaTable *live = schema_table(schema, table);
    if (live == NULL) { // a view, or gone: the database says it best
        live = arena_array(&run->surveys->arena, SchemaTable, 1);
        ((SchemaTable *)live)->name = arena_copy(&run->surveys->arena, table);
    }
    Question question = question_of(run, live);
    question.survey = arena_array(&run->surveys->arena, Survey, 1);
    while (!ask(&question, filled))
        if (!migration_may_retry(run, &attempts)) {
            database_explain(run->database, "look at the rows of a table", run->diagnostics);
            return NULL;
        }
    list_add(&run->surveys->arena, &run->surveys->items, question.survey);
    return question.survey;
}

bool survey_count_lost(Database *database, const Schema *schema, int64_t *lost) {
    const Dialect *dialect = dialect_of(database->engine);
    bool good = true;
    *lost = 0;
    for (uint32_t i = 0; good && database->engine == ENGINE_SQLITE && i < schema->tables.count; i++) {
        int64_t here = 0;
        StrBuf sql = {0};
        strbuf_add_text(&sql, "SELECT ");
        if (references_add_lost(dialect, schema, &schema->tables.items[i], &sql)) {
            strbuf_add_text(&sql, " FROM ");
            dialect_name(dialect, schema->tables.items[i].name, &sql);
            good = database_integer(database, strbuf_str(&sql), NULL, 0, &here);
        }
        *lost += here;
        strbuf_release(&sql);
    }
    return good;
}
