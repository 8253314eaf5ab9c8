// From classes to tables. In: the program's facts. Out: the schema that its models describe.
#include "data/model.h"

#include <stdlib.h>
#include <strings.h>

#include "base/bug.h"
#include "base/message.h"
#include "data/model_internal.h"

void model_computed(ModelReader *reader, Span place, const char *format, ...) {
    va_list arguments;
    StrBuf text = {0};
    va_start(arguments, format);
    message_addv(&text, format, arguments);
    va_end(arguments);
    diagnostic_add(reader->diagnostics, DIAGNOSTIC_W621, place, "%s", text.data);
    diagnostic_note(reader->diagnostics,
                    "only running the code could tell; look whether the plan fits");
    strbuf_release(&text);
}

// ---- which classes are models --------------------------------------------------------------------

static const Orm *orm_of_base(Str dotted) {
    uint32_t count;
    const Orm *orms = orm_all(&count);
    for (uint32_t i = 0; i < count; i++)
        if (orm_has_base(&orms[i], dotted)) return &orms[i];
    return NULL;
}

static void find_direct(ModelReader *reader) {
    const Program *program = reader->program;
    for (uint32_t i = 0; i < program_base_name_count(program); i++) {
        const BaseName *base = program_base_name(program, i);
        const Orm *orm = orm_of_base(program_name(program, base->dotted));
        if (orm != NULL) reader->direct[base->klass.index] = orm;
    }
}

static const Orm *orm_of_class(const ModelReader *reader, ClassId klass) {
    const ClassFact *row = program_class(reader->program, klass);
    for (uint32_t i = 0; i < row->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(reader->program, row->first_ancestor + i);
        if (reader->direct[ancestor.index] != NULL) return reader->direct[ancestor.index];
    }
    return NULL;
}

// class User(SQLModel, table=True): the word stands in front of the value.
static bool has_true_keyword(const ModelReader *reader, ClassId klass, Str word) {
    const Program *program = reader->program;
    const ClassFact *row = program_class(program, klass);
    for (ExprId value = row->first_keyword; value.index != 0;
         value = program_expr(program, value)->next_sibling) {
        Str before =
            program_text(program, row->module, row->name_end, program_expr(program, value)->start);
        before = str_trim(before);
        if (!str_ends_with(before, STR("="))) continue;
        before = str_trim(str_slice(before, 0, before.length - 1));
        if (str_ends_with(before, word) && model_truth(program, value) == KNOWN_YES) return true;
    }
    return false;
}

static bool is_table(const ModelReader *reader, const Orm *orm, ClassId klass) {
    if (meta_is_abstract(reader, orm, klass)) return false;
    if (orm->style == STYLE_FIELDS) return true;
    if (str_is(str_from(orm->name), "sqlmodel"))
        return has_true_keyword(reader, klass, STR("table"));
    return meta_attribute(reader, klass, false, "__tablename__").index != 0;
}

// ---- columns -------------------------------------------------------------------------------------

typedef Vec(BindingId) Bindings;

static int compare_bindings(const void *left, const void *right) {
    uint32_t a = ((const BindingId *)left)->index, b = ((const BindingId *)right)->index;
    return (a > b) - (a < b);
}

// The last binding of each name in the body of a class, in source order.
static void collect_bindings(const ModelReader *reader, ScopeId body, Bindings *bindings) {
    const Program *program = reader->program;
    for (SymbolId symbol = program_scope(program, body)->first_symbol; symbol.index != 0;
         symbol = program_symbol(program, symbol)->next_in_scope) {
        BindingId last = program_symbol(program, symbol)->last_binding;
        if (last.index != 0) vec_add(bindings, last);
    }
    if (bindings->count > 1)
        qsort(bindings->items, bindings->count, sizeof *bindings->items, compare_bindings);
}

// A field that a subclass has again stands instead of the inherited one.
static void drop_column(SchemaTable *table, uint32_t before, Str name) {
    for (uint32_t i = 0; i < before; i++) {
        if (!str_equal(table->columns.items[i].name, name)) continue;
        table->columns.items[i] = table->columns.items[--table->columns.count];
        return;
    }
}

static void read_body(ModelReader *reader, const Orm *orm, ClassId klass, SchemaTable *table) {
    Bindings bindings = {0};
    uint32_t before = table->columns.count;
    collect_bindings(reader, program_class(reader->program, klass)->body, &bindings);
    for (uint32_t i = 0; i < bindings.count; i++) {
        const BindingFact *binding = program_binding(reader->program, bindings.items[i]);
        uint32_t count = table->columns.count;
        (orm->style == STYLE_MAPPED ? mapped_read : field_read)(reader, orm, binding, table);
        if (before > 0 && table->columns.count > count)
            drop_column(table, before, vec_last(&table->columns)->name);
    }
    vec_release(&bindings);
}

static void add_implicit_id(ModelReader *reader, SchemaTable *table) {
    SchemaColumn id = {.name = STR("id"),
                       .declared = STR("INTEGER"),
                       .type = TYPE_INTEGER,
                       .nullable = KNOWN_NO,
                       .has_default = KNOWN_NO,
                       .identity = true,
                       .place = table->place};
    SchemaColumn *first = list_push(reader->arena, &table->columns);
    memmove(table->columns.items + 1, table->columns.items,
            (table->columns.count - 1) * sizeof *first);
    table->columns.items[0] = id;
    list_add(reader->arena, &table->primary_key, STR("id"));
}

// ---- tables --------------------------------------------------------------------------------------

static Span class_span(const Program *program, ClassId klass) {
    const ClassFact *row = program_class(program, klass);
    return (Span){program_module_file(program, row->module), row->name_start, row->name_end};
}

static void read_class(ModelReader *reader, const Orm *orm, ClassId klass) {
    const Program *program = reader->program;
    const ClassFact *row = program_class(program, klass);
    reader->orm = orm;
    SchemaTable table = {.rows = -1,
                         .bytes = -1,
                         .place = class_span(program, klass),
                         .name = reader->table_names[klass.index],
                         .model = program_name(program, row->qualified)};
    for (uint32_t i = row->ancestor_count; i > 0; i--)
        read_body(reader, orm, *program_ancestor(program, row->first_ancestor + i - 1), &table);
    if (table.columns.count == 0) return; // a base of others
    if (intern_find(reader->names, table.name).index != 0) {
        model_computed(reader, table.place, "another model has the table '%.*s', too",
                       STR_ARG(table.name));
        return;
    }
    intern(reader->names, table.name);
    meta_read(reader, orm, klass, &table);
    ExprId key = meta_attribute(reader, klass, orm->meta, "primary_key");
    bool without = model_truth(program, key) == KNOWN_NO;
    if (orm->implicit_id && table.primary_key.count == 0 && !without)
        add_implicit_id(reader, &table);
    list_add(reader->arena, &reader->schema->tables, table);
}

static int compare_returns(const void *left, const void *right) {
    const ReturnRow *a = left, *b = right;
    if (a->function != b->function) return a->function < b->function ? -1 : 1;
    return (a->value.index > b->value.index) - (a->value.index < b->value.index);
}

static void collect_returns(ModelReader *reader) {
    const Program *program = reader->program;
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        const StatementFact *row = program_statement(program, (StatementId){i});
        if (row->kind != STATEMENT_RETURN || row->value.index == 0) continue;
        vec_add(&reader->returns,
                ((ReturnRow){program_scope_function(program, row->scope).index, row->value}));
    }
    if (reader->returns.count > 1)
        qsort(reader->returns.items, reader->returns.count, sizeof *reader->returns.items,
              compare_returns);
}

// A step that a database took once (Alembic's: a module of `revision` and `down_revision`) has the tables as they were.
static bool is_step(const Program *program, ModuleId module) {
    ScopeId scope = program_module(program, module)->scope;
    bool revision = false, down = false;
    for (SymbolId id = program_scope(program, scope)->first_symbol; fact_is(id);
         id = program_symbol(program, id)->next_in_scope) {
        Str name = program_name(program, program_symbol(program, id)->name);
        revision = revision || str_is(name, "revision");
        down = down || str_is(name, "down_revision");
    }
    return revision && down;
}

// Names first: foreign keys refer to classes that may come later.
static void name_tables(ModelReader *reader, const Orm **orms) {
    for (uint32_t i = 1; i < program_class_count(reader->program); i++) {
        const Orm *orm = orm_of_class(reader, (ClassId){i});
        StrItems others = {0};
        const ClassFact *klass = program_class(reader->program, (ClassId){i});
        if (orm == NULL || !is_table(reader, orm, (ClassId){i}) || is_step(reader->program, klass->module) ||
            fact_is(program_scope_function(reader->program, klass->scope))) // a test makes it, and drops it again
            continue;
        orms[i] = orm;
        reader->table_names[i] = meta_table_name(reader, orm, (ClassId){i}, &others);
    }
}

void models_read(const Program *program, Schema *schema, Diagnostics *diagnostics) {
    uint32_t count = program_class_count(program);
    ModelReader reader = {.program = program,
                          .schema = schema,
                          .diagnostics = diagnostics,
                          .arena = &schema->arena,
                          .names = interner_new()};
    const Orm **orms = memory_alloc_zeroed(count, sizeof *orms);
    reader.direct = memory_alloc_zeroed(count, sizeof *reader.direct);
    reader.table_names = memory_alloc_zeroed(count, sizeof *reader.table_names);
    find_direct(&reader);
    collect_returns(&reader);
    name_tables(&reader, orms);
    for (uint32_t i = 1; i < count; i++)
        if (orms[i] != NULL) read_class(&reader, orms[i], (ClassId){i});
    schema_sort(schema);
    vec_release(&reader.returns);
    interner_free(reader.names);
    free(reader.table_names);
    free(reader.direct);
    free(orms);
}

// ---- programs that change their schema -----------------------------------------------------------

static bool has_words(Str text, const char *first, const char *second) {
    size_t a = str_from(first).length, b = str_from(second).length;
    bool found = false;
    for (size_t at = 0; at < text.length; at++) {
        if (!found && at + a <= text.length && strncasecmp(text.data + at, first, a) == 0)
            found = true;
        if (found && at + b <= text.length && strncasecmp(text.data + at, second, b) == 0)
            return true;
    }
    return false;
}

// A docstring, or a text that is shown, does not run: only arguments and values of assignments do.
static bool is_used(const Program *program, ExprId expr) {
    const StatementFact *statement =
        program_statement(program, program_expr(program, expr)->statement);
    return statement->kind != STATEMENT_EXPRESSION || statement->value.index != expr.index;
}

uint32_t models_find_policing(const Program *program, Diagnostics *diagnostics) {
    uint32_t found = 0;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        if (row->kind != EXPR_STRING || !is_used(program, (ExprId){i})) continue;
        Str text =
            program_text(program, program_expr_module(program, (ExprId){i}), row->start, row->end);
        bool columns = has_words(text, "alter table", "drop column");
        if (!columns && !has_words(text, "drop table", "")) continue;
        found++;
        diagnostic_add(diagnostics, DIAGNOSTIC_W622, program_expr_span(program, (ExprId){i}),
                       columns ? "the program drops columns itself"
                               : "the program drops tables itself");
        diagnostic_note(diagnostics,
                        columns ? "started anew, it may drop columns that its models do not "
                                  "know; an index that names a column keeps it in SQLite"
                                : "what it makes anew has none of the columns that were added");
    }
    return found;
}
