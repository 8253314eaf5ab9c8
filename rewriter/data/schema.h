// The schema of a database, whoever describes it: the models of a tree, or the live database.
//
// Two sources fill it: data/model.h from the facts of the code, and the engines from their catalogs. They
// are compared (data/drift.h), so both leave out what the other cannot know: a field that is KNOWN_NOT says
// "the code computes this at run time", and is equal to anything.
//
// Everything lives in the schema's arena. Order is part of the value: schema_sort brings tables, indexes,
// foreign keys, triggers and views into byte order of their names; columns keep the order of their
// definition.
#ifndef WEFT_DATA_SCHEMA_H
#define WEFT_DATA_SCHEMA_H

#include "base/list.h"
#include "rule/data_rule.h"
#include "source/digest.h"

// A yes or no that may be computed at run time.
typedef enum Known { KNOWN_NOT, KNOWN_NO, KNOWN_YES } Known;

// What a type stands for, over all engines. Two columns fit when their classes do.
typedef enum TypeClass {
    TYPE_ANY, // not known, or no class of its own
    TYPE_BOOLEAN,
    TYPE_INTEGER,
    TYPE_REAL,
    TYPE_DECIMAL,
    TYPE_TEXT,
    TYPE_BLOB,
    TYPE_DATE,
    TYPE_TIME,
    TYPE_DATETIME,
    TYPE_JSON,
    TYPE_UUID,
    TYPE_CLASS_COUNT,
} TypeClass;

typedef struct SchemaColumn {
    Str name;
    Str declared; // the type as it is written: "VARCHAR(255)"; may be empty
    TypeClass type;
    Known nullable;
    Known has_default;
    Str default_text; // SQL of the default, as the engine says it; may be empty although there is one
    Str collation;    // may be empty
    bool generated;   // computed by the engine from other columns
    bool identity;    // the engine counts it up: serial, identity, auto_increment
    Str attribute;    // of the code: what the class calls it
    Span place;       // in the code; file 0: nowhere
} SchemaColumn;

typedef struct SchemaIndex {
    Str name; // may be empty when the code leaves it to the library
    bool unique;
    bool is_constraint; // belongs to UNIQUE in the table's definition: cannot be dropped by itself
    bool is_primary;    // belongs to the primary key
    bool is_partial;    // has a WHERE; then `columns` does not say all
    bool has_expressions; // some key is no column; it is left out of `columns`
    bool is_valid;        // false: an engine says that building it was broken off
    StrItems columns;
    Str sql; // its definition as the engine keeps it; empty for constraints and of the code
    Span place;
} SchemaIndex;

typedef struct SchemaForeignKey {
    Str name; // may be empty
    StrItems columns;
    Str table;                // that is referred to
    StrItems targets;         // its columns; empty: its primary key
    Str on_delete, on_update; // "CASCADE"; empty: nothing said
    Span place;
} SchemaForeignKey;

typedef struct SchemaTrigger {
    Str name;
    Str sql;
} SchemaTrigger;

typedef struct SchemaView {
    Str name;
    Str sql;
} SchemaView;

typedef enum TableKind {
    TABLE_ORDINARY,
    TABLE_VIRTUAL, // a module of SQLite answers for it, full-text search among others
    TABLE_SHADOW,  // belongs to a virtual one
    TABLE_FOREIGN, // rows are elsewhere
    TABLE_PARTITIONED,
} TableKind;

typedef struct SchemaTable {
    Str name;
    Str schema; // PostgreSQL: its namespace, when that is not the one searched first; may be empty
    TableKind kind;
    List(SchemaColumn) columns;
    StrItems primary_key; // columns, in key order; may be empty
    List(SchemaIndex) indexes;
    List(SchemaForeignKey) foreign_keys;
    List(SchemaTrigger) triggers;
    bool without_rowid; // SQLite
    bool strict;        // SQLite
    bool keeps_all;     // MariaDB: of an engine without transactions, where nothing that was written is taken back
    bool incomplete;    // of the code: columns are added at run time, so others may be there
    int64_t rows;       // estimate; -1 not known
    int64_t bytes;      // with indexes; -1 not known
    int64_t width;      // SQLite: bytes of a row, by a sample; 0 not known
    Str sql;            // its definition as the engine keeps it; empty of the code
    Str model;          // of the code: the qualified class
    Span place;         // of that class
} SchemaTable;

typedef struct Schema {
    Arena arena;
    DataEngine engine; // of a live one
    Str version;       // of the server or library; empty of the code
    List(SchemaTable) tables;
    List(SchemaView) views;
} Schema;

void schema_release(Schema *schema);

// Call it when all is filled in.
void schema_sort(Schema *schema);

// The table of that name, NULL when there is none. Engines differ about case; here bytes count, but for
// SQLite and MariaDB, where ASCII letters are equal to their capitals. Needs no sorting.
const SchemaTable *schema_table(const Schema *schema, Str name);
const SchemaColumn *schema_column(const Schema *schema, const SchemaTable *table, Str name);

// Whether NAME is among ITEMS, compared as the engine of SCHEMA does.
bool schema_has_name(const Schema *schema, const StrItems *items, Str name);
bool schema_same_name(const Schema *schema, Str a, Str b);

// A digest of all that the engine enforces: of a sorted schema, without estimates and places. Two live
// databases with the same definitions have the same.
Digest schema_digest(const Schema *schema);

// What a declared type stands for, by the words of all three engines: "VARCHAR(255)" -> TYPE_TEXT,
// "bigint unsigned" -> TYPE_INTEGER, "timestamp with time zone" -> TYPE_DATETIME. TYPE_ANY when unknown.
TypeClass type_class_of(Str declared);
const char *type_class_name(TypeClass type); // "text"
bool type_class_find(Str name, TypeClass *type);

#endif
