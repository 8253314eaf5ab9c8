// Fields that are calls: name = TextField(null=True). peewee, Tortoise, Django.
//
// A function of the tree may stand for a field, when each of its returns makes one of the same class:
//
//     def get_string_field(max_length=255, **kwargs):
//         return CharField(max_length=max_length, **kwargs) if mysql else TextField(**kwargs)
#include "data/model_internal.h"

void field_index(ModelReader *reader, SchemaTable *table, Str column, bool unique, bool constraint,
                 Span place) {
    SchemaIndex *index = list_push(reader->arena, &table->indexes);
    *index = (SchemaIndex){
        .unique = unique, .is_constraint = constraint, .is_valid = true, .place = place};
    list_add(reader->arena, &index->columns, column);
    index->name = model_index_name(reader, table, &index->columns);
}

// ---- functions that make fields ------------------------------------------------------------------

static const ReturnRow *first_return(const ModelReader *reader, uint32_t function) {
    uint32_t low = 0, high = reader->returns.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (reader->returns.items[middle].function < function)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < reader->returns.count && reader->returns.items[low].function == function;
    return found ? &reader->returns.items[low] : NULL;
}

// A field whose type depends on what happens when the code runs.
static const OrmField computed = {"", TYPE_ANY, "", 0};

static const OrmField *field_of_value(const ModelReader *reader, const Orm *orm, ExprId value);

// ONE and OTHER as one field; NULL when one of them is none.
static const OrmField *join_fields(const OrmField *one, const OrmField *other) {
    if (one == NULL || other == NULL) return NULL;
    return one->type == other->type && one->flags == other->flags ? one : &computed;
}

// What the branches of a choice make; NULL when one makes no field.
static const OrmField *field_of_choice(const ModelReader *reader, const Orm *orm,
                                       const ExprFact *choice) {
    const OrmField *found = NULL;
    for (ExprId item = choice->first_child; item.index != 0;
         item = program_expr(reader->program, item)->next_sibling) {
        if (program_expr(reader->program, item)->flags & EXPR_CONDITION) continue;
        const OrmField *field = field_of_value(reader, orm, item);
        found = found == NULL ? field : join_fields(found, field);
        if (found == NULL) return NULL;
    }
    return found;
}

static const OrmField *field_of_value(const ModelReader *reader, const Orm *orm, ExprId value) {
    const ExprFact *row = program_expr(reader->program, value);
    if (row->kind == EXPR_CHOICE) return field_of_choice(reader, orm, row);
    CallId call = model_call(reader->program, value);
    return call.index ? orm_field(orm, model_called(reader, orm, call)) : NULL;
}

static const OrmField *field_of_function(const ModelReader *reader, const Orm *orm, CallId call) {
    const OrmField *found = NULL;
    for (RowList rows = program_call_edges(reader->program, call); rows.at < rows.end; rows.at++) {
        const EdgeFact *edge = program_edge(reader->program, *rows.at);
        if (edge->kind != EDGE_CALL) continue;
        const ReturnRow *row = first_return(reader, edge->callee.index);
        const ReturnRow *end = reader->returns.items + reader->returns.count;
        for (; row != NULL && row < end && row->function == edge->callee.index; row++) {
            const OrmField *field = field_of_value(reader, orm, row->value);
            found = found == NULL ? field : join_fields(found, field);
            if (found == NULL) return NULL;
        }
    }
    return found;
}

// ---- columns -------------------------------------------------------------------------------------

// What keyword NAME of CALL says: WITHOUT when it is not there.
static Known said(const Program *program, CallId call, const char *name, Known without) {
    ExprId value = model_keyword(program, call, name);
    return value.index == 0 ? without : model_truth(program, value);
}

static Str column_name(ModelReader *reader, const Orm *orm, const OrmField *field, CallId call,
                       Str name) {
    Str own;
    if (model_text(reader->program, model_keyword(reader->program, call, orm->column), &own))
        return own;
    bool has_suffix = str_ends_with(name, STR("_id")) && str_is(str_from(orm->name), "peewee");
    if (!(field->flags & FIELD_REFERENCE) || has_suffix) return name;
    return arena_format(reader->arena, "%.*s_id", STR_ARG(name));
}

// The table that a foreign key is about: of a class, or of a text such as "models.User".
static Str target_table(const ModelReader *reader, const SchemaTable *table, CallId call) {
    const Program *program = reader->program;
    ExprId value = model_positional(program, call, 0);
    Str text = STR_NONE;
    if (value.index == 0) value = model_keyword(program, call, "to");
    if (value.index == 0) value = model_keyword(program, call, "model");
    if (value.index == 0) return STR_NONE;
    if (!model_text(program, value, &text)) {
        SymbolId symbol = program_definition_of(program, program_symbol_of(program, value));
        ClassId klass =
            program_binding(program, program_symbol(program, symbol)->last_binding)->klass;
        return reader->table_names[klass.index];
    }
    if (str_is(text, "self")) return table->name;
    Str last = str_slice(text, (size_t)(str_find_last(text, '.') + 1), text.length);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        if (reader->table_names[i].length > 0 &&
            str_equal(program_name(program, program_class(program, (ClassId){i})->name), last))
            return reader->table_names[i];
    return STR_NONE;
}

static void add_reference(ModelReader *reader, SchemaTable *table, Str column, CallId call,
                          Span place) {
    SchemaForeignKey *key = list_push(reader->arena, &table->foreign_keys);
    *key = (SchemaForeignKey){.table = target_table(reader, table, call), .place = place};
    list_add(reader->arena, &key->columns, column);
}

static void add_column(ModelReader *reader, const Orm *orm, const OrmField *field, CallId call,
                       Str name, Span place, SchemaTable *table) {
    const Program *program = reader->program;
    Str column = column_name(reader, orm, field, call, name);
    bool is_key =
        field->flags & FIELD_AUTO || said(program, call, orm->primary_key, KNOWN_NO) == KNOWN_YES;
    Known unique =
        field->flags & FIELD_UNIQUE ? KNOWN_YES : said(program, call, orm->unique, KNOWN_NO);
    Known index = said(program, call, orm->index, KNOWN_NO);
    if (field->flags & FIELD_REFERENCE && orm->indexes_references) index = KNOWN_YES;
    list_add(
        reader->arena, &table->columns,
        ((SchemaColumn){.name = column,
                        .attribute = name,
                        .declared = str_from(field->declared),
                        .type = field->type,
                        .nullable = is_key ? KNOWN_NO : said(program, call, orm->null, KNOWN_NO),
                        .has_default =
                            model_keyword(program, call, "db_default").index ? KNOWN_YES : KNOWN_NO,
                        .identity = field->flags & FIELD_AUTO,
                        .place = place}));
    if (is_key) list_add(reader->arena, &table->primary_key, column);
    if (field->flags & FIELD_REFERENCE) add_reference(reader, table, column, call, place);
    // peewee makes unique indexes, the others write UNIQUE into the table.
    if (!is_key && (unique == KNOWN_YES || index == KNOWN_YES))
        field_index(reader, table, column, unique == KNOWN_YES,
                    unique == KNOWN_YES && !str_is(str_from(orm->name), "peewee"), place);
}

// Whether the call may make a field although nobody can say which: it calls something of the library.
static bool is_foreign_field(const ModelReader *reader, const Orm *orm, CallId call) {
    Str called = model_called(reader, orm, call);
    return str_ends_with(called, STR("Field")) &&
           str_find(str_slice(called, (size_t)(str_find_last(called, '.') + 1), called.length),
                    '.') < 0;
}

void field_read(ModelReader *reader, const Orm *orm, const BindingFact *binding,
                SchemaTable *table) {
    const Program *program = reader->program;
    CallId call = model_call(program, binding->value);
    if (call.index == 0 || binding->kind != BINDING_ASSIGN) return;
    Str name = program_name(program, program_symbol(program, binding->symbol)->name);
    Span place = program_expr_span(program, binding->value);
    const OrmField *field = orm_field(orm, model_called(reader, orm, call));
    if (field == NULL) field = field_of_function(reader, orm, call);
    if (field == NULL && is_foreign_field(reader, orm, call)) field = &computed;
    if (field == NULL) return;
    if (field == &computed)
        model_computed(reader, place, "the type of column '%.*s' is not known", STR_ARG(name));
    if (field->flags & FIELD_NO_COLUMN) return;
    add_column(reader, orm, field, call, name, place, table);
}
