// In: a table that the bot writes into. Out: triggers that note keys. Must never make a statement of the bot fail, and miss
// no row that one deletes.
//
// REPLACE deletes rows that are in the way of a new one, and no trigger on DELETE hears of it unless the bot asked for that
// (recursive_triggers). So what has the same in a unique index is noted before a row is written. And "INSERT OR IGNORE" in
// a trigger means what the outer statement says ("UPDATE OR FAIL"): a note that is there is looked for instead.
#include "migrate/rebuild_notes.h"

#include "data/dialect.h"

static const struct {
    const char *event;
    bool has_old, has_new;
} EVENTS[] = {{"INSERT", false, true}, {"UPDATE", true, true}, {"DELETE", true, false}};
enum { EVENT_COUNT = sizeof EVENTS / sizeof *EVENTS };

typedef struct Notes {
    Database *database;
    const Step *step;
    Arena arena;
    List(StrItems) uniques; // the columns of each unique index
    Str index;              // the one that is read
    bool of_columns;
} Notes;

static void add_name(const Notes *notes, Str name, StrBuf *sql) {
    dialect_name(dialect_of(notes->database->engine), name, sql);
}

static bool execute(Notes *notes, StrBuf *sql) {
    bool good = database_execute(notes->database, strbuf_str(sql), NULL, 0);
    strbuf_release(sql);
    return good;
}

static bool make_table(Notes *notes) {
    const StrItems *key = &notes->step->rebuild.key;
    StrBuf sql = {0};
    strbuf_add_text(&sql, "CREATE TABLE " REBUILD_NOTES " (");
    for (uint32_t i = 0; i < key->count; i++) strbuf_addf(&sql, "k%u, ", i);
    strbuf_add_text(&sql, "PRIMARY KEY (");
    for (uint32_t i = 0; i < key->count; i++) strbuf_addf(&sql, i > 0 ? ", k%u" : "k%u", i);
    strbuf_add_text(&sql, "))");
    return execute(notes, &sql);
}

// ---- unique indexes ------------------------------------------------------------------------------

// index, column; the column of an expression is NULL
static bool add_column(void *context, const Value *values, uint32_t count) {
    Notes *notes = context;
    (void)count;
    Str index = values[0].kind == VALUE_TEXT ? values[0].text : STR_NONE;
    if (notes->uniques.count == 0 || !str_equal(index, notes->index)) {
        *list_push(&notes->arena, &notes->uniques) = (StrItems){0};
        notes->index = arena_copy(&notes->arena, index);
        notes->of_columns = true;
    }
    StrItems *columns = &notes->uniques.items[notes->uniques.count - 1];
    notes->of_columns = notes->of_columns && values[1].kind == VALUE_TEXT;
    if (notes->of_columns)
        list_add(&notes->arena, columns, arena_copy(&notes->arena, values[1].text));
    else
        columns->count = 0;
    return true;
}

static bool find_uniques(Notes *notes) {
    Value table = value_text(notes->step->table);
    return database_query(notes->database,
                          STR("SELECT l.name, i.name FROM pragma_index_list(?1) AS l, pragma_index_info(l.name) AS i "
                              "WHERE l.\"unique\" ORDER BY l.seq, i.seqno"),
                          &table, 1, add_column, notes);
}

// ---- triggers ------------------------------------------------------------------------------------

// INSERT INTO log SELECT OLD."id" WHERE NOT EXISTS (..): without its affinity a value is compared as it was noted.
static void add_note(const Notes *notes, const char *row, StrBuf *sql) {
    const StrItems *key = &notes->step->rebuild.key;
    for (uint32_t i = 0; i < key->count; i++) {
        strbuf_addf(sql, i == 0 ? "INSERT INTO " REBUILD_NOTES " SELECT %s." : ", %s.", row);
        add_name(notes, key->items[i], sql);
    }
}

static void add_unless_noted(const Notes *notes, const char *row, StrBuf *sql) {
    const StrItems *key = &notes->step->rebuild.key;
    strbuf_add_text(sql, "NOT EXISTS (SELECT 1 FROM " REBUILD_NOTES " WHERE ");
    for (uint32_t i = 0; i < key->count; i++) {
        strbuf_addf(sql, i > 0 ? " AND k%u IS +%s." : "k%u IS +%s.", i, row);
        add_name(notes, key->items[i], sql);
    }
    strbuf_add_text(sql, "); ");
}

static void add_written(const Notes *notes, const char *row, StrBuf *sql) {
    add_note(notes, row, sql);
    strbuf_add_text(sql, " WHERE ");
    add_unless_noted(notes, row, sql);
}

// Rows that have the same as NEW in COLUMNS: what is written next may delete them.
static void add_in_the_way(const Notes *notes, const StrItems *columns, StrBuf *sql) {
    add_note(notes, "weft_row", sql);
    strbuf_add_text(sql, " FROM ");
    add_name(notes, notes->step->table, sql);
    strbuf_add_text(sql, " AS weft_row WHERE ");
    for (uint32_t i = 0; i < columns->count; i++) {
        strbuf_add_text(sql, "weft_row.");
        add_name(notes, columns->items[i], sql);
        strbuf_add_text(sql, " = NEW.");
        add_name(notes, columns->items[i], sql);
        strbuf_add_text(sql, " AND ");
    }
    add_unless_noted(notes, "weft_row", sql);
}

static void begin_trigger(const Notes *notes, const char *name, const char *when, const char *event, StrBuf *sql) {
    strbuf_addf(sql, "CREATE TRIGGER weft_shadow_%s%s %s %s ON ", name, event, when, event);
    add_name(notes, notes->step->table, sql);
    strbuf_add_text(sql, " BEGIN ");
}

static bool make_after(Notes *notes, int event) {
    StrBuf sql = {0};
    begin_trigger(notes, "", "AFTER", EVENTS[event].event, &sql);
    if (EVENTS[event].has_old) add_written(notes, "OLD", &sql);
    if (EVENTS[event].has_new) add_written(notes, "NEW", &sql);
    strbuf_add_text(&sql, "END");
    return execute(notes, &sql);
}

static bool make_before(Notes *notes, int event) {
    StrBuf sql = {0};
    bool any = false;
    begin_trigger(notes, "before_", "BEFORE", EVENTS[event].event, &sql);
    for (uint32_t i = 0; i < notes->uniques.count; i++) {
        if (notes->uniques.items[i].count == 0) continue;
        add_in_the_way(notes, &notes->uniques.items[i], &sql);
        any = true;
    }
    strbuf_add_text(&sql, "END");
    if (any && EVENTS[event].has_new) return execute(notes, &sql);
    strbuf_release(&sql);
    return true;
}

bool rebuild_notes_begin(Database *database, const Step *step) {
    Notes notes = {.database = database, .step = step};
    bool good = make_table(&notes) && find_uniques(&notes);
    for (int i = 0; good && i < EVENT_COUNT; i++) good = make_after(&notes, i) && make_before(&notes, i);
    arena_release(&notes.arena);
    return good;
}

bool rebuild_notes_end(Database *database) {
    Arena scratch = {0};
    bool good = true;
    for (int i = 0; good && i < EVENT_COUNT; i++)
        good = database_execute(database,
                                arena_format(&scratch,
                                             "DROP TRIGGER IF EXISTS weft_shadow_%s; DROP TRIGGER IF EXISTS weft_shadow_before_%s",
                                             EVENTS[i].event, EVENTS[i].event),
                                NULL, 0);
    arena_release(&scratch);
    return good && database_execute(database, STR("DROP TABLE IF EXISTS " REBUILD_NOTES), NULL, 0);
}
