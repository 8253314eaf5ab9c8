// What the files that read models share; nobody else includes this.
//
// model.c finds classes and makes tables of them; model_orm.c has the tables of what each library calls its
// fields; model_field.c reads fields that are calls (peewee, Tortoise, Django), model_mapped.c those of
// SQLAlchemy and SQLModel, model_meta.c what stands beside fields; model_value.c reads expressions.
#ifndef WEFT_DATA_MODEL_INTERNAL_H
#define WEFT_DATA_MODEL_INTERNAL_H

#include "data/model.h"
#include "program/index.h"
#include "program/rows.h"

typedef enum FieldFlag {
    FIELD_REFERENCE = 1 << 0, // a foreign key: its column is the name with _id
    FIELD_AUTO = 1 << 1,      // a primary key that the database counts up
    FIELD_NO_COLUMN = 1 << 2, // rows of another table
    FIELD_UNIQUE = 1 << 3,    // unique without saying so
} FieldFlag;

// What a library calls a type of column.
typedef struct OrmField {
    const char *name; // after the last dot
    TypeClass type;
    const char *declared; // in SQLite; "" leaves it open
    unsigned flags;       // FieldFlag
} OrmField;

typedef enum OrmStyle {
    STYLE_FIELDS, // name = TextField(null=True)
    STYLE_MAPPED, // name: Mapped[str | None] = mapped_column(unique=True)
} OrmStyle;

// A library. Words that it has not are NULL.
typedef struct Orm {
    const char *name;
    const char *const *bases; // dotted names of what models inherit from; ends with NULL
    OrmStyle style;
    const char *const *modules; // what dotted names of fields begin with; ends with NULL
    const OrmField *fields;
    uint32_t field_count;
    const char *null, *unique, *index, *primary_key, *column; // keywords of a field
    const char *const *table; // attributes that name the table; ends with NULL
    const char *together;     // attribute of Meta with lists of unique columns
    bool meta;                // those attributes stand in `class Meta`, else in the class
    bool implicit_id;         // a model without primary key gets `id`
    bool indexes_references;  // foreign keys are indexed without saying so
} Orm;

// The libraries that are known.
const Orm *orm_all(uint32_t *count);
// The row of the field that DOTTED names, NULL when it is none.
const OrmField *orm_field(const Orm *orm, Str dotted);
// Whether DOTTED is one of the bases.
bool orm_has_base(const Orm *orm, Str dotted);

// A return of a function, to look through functions that make fields.
typedef struct ReturnRow {
    uint32_t function;
    ExprId value;
} ReturnRow;

typedef struct ModelReader {
    const Program *program;
    Schema *schema;
    Diagnostics *diagnostics;
    Arena *arena;           // of the schema
    const Orm **direct;     // by class: the library that it inherits from itself; NULL none
    Vec(ReturnRow) returns; // sorted by function
    Str *table_names;       // by class: of models; else empty
    const Orm *orm;         // of the model that is read
    Interner *names;        // tables that are there
} ModelReader;

// ---- model_value.c -------------------------------------------------------------------------------
ExprId model_keyword(const Program *program, CallId call, const char *name);
// The INDEX-th positional argument; none when a star comes before it.
ExprId model_positional(const Program *program, CallId call, uint32_t index);
// True or False; KNOWN_NOT for anything else.
Known model_truth(const Program *program, ExprId expr);
// The text of a plain literal; false for anything else.
bool model_text(const Program *program, ExprId expr, Str *text);
// Appends the texts of a tuple or list of literals; false when something else is in it.
bool model_texts(const ModelReader *reader, ExprId expr, StrItems *texts);
// The first literal among what EXPR may be, and the others; false when there is none.
bool model_choices(const ModelReader *reader, ExprId expr, StrItems *texts);
// The call that EXPR is; none when it is no call.
CallId model_call(const Program *program, ExprId expr);
// "peewee.TextField", what a call calls; also through classes of the tree that inherit from it.
Str model_called(const ModelReader *reader, const Orm *orm, CallId call);
// "peewee.TextField" of a name or attribute.
Str model_dotted(const ModelReader *reader, ExprId expr);

// ---- the others ----------------------------------------------------------------------------------
// The value that the class, or Meta in it, gives to attribute NAME; none when it does not.
ExprId meta_attribute(const ModelReader *reader, ClassId klass, bool in_meta, const char *name);
bool meta_is_abstract(const ModelReader *reader, const Orm *orm, ClassId klass);
// What the model is called in the database; the other names that it may have go to OTHERS.
Str meta_table_name(ModelReader *reader, const Orm *orm, ClassId klass, StrItems *others);
// Indexes, unique columns and the primary key that the class says beside its fields.
void meta_read(ModelReader *reader, const Orm *orm, ClassId klass, SchemaTable *table);
// The columns that NAMES, of attributes, stand for in TABLE.
StrItems meta_columns(const ModelReader *reader, const SchemaTable *table, const StrItems *names);

// Adds the column that a binding in the body of a model makes, if it makes one.
void field_read(ModelReader *reader, const Orm *orm, const BindingFact *binding,
                SchemaTable *table);
void mapped_read(ModelReader *reader, const Orm *orm, const BindingFact *binding,
                 SchemaTable *table);
// Adds an index on COLUMN alone.
void field_index(ModelReader *reader, SchemaTable *table, Str column, bool unique, bool constraint,
                 Span place);
// What peewee calls an index that has no name of its own: the class and the columns; empty for other libraries.
Str model_index_name(const ModelReader *reader, const SchemaTable *table, const StrItems *columns);
// W621 at PLACE.
void model_computed(ModelReader *reader, Span place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
