// Columns of SQLAlchemy and SQLModel: their type stands in the annotation, in the call, or in a type that the
// call is given.
//
//     id: Mapped[int] = mapped_column(primary_key=True)
//     name = Column(String(50), unique=True)
//     score: float | None = Field(default=None, sa_column=Column("old_score", Float))
#include "data/model_internal.h"

typedef struct Mapped {
    Str name; // of the column
    TypeClass type;
    Str declared;
    Known nullable; // KNOWN_NOT: nobody said
    Known unique, index;
    bool is_key, has_default;
    bool is_call; // a value that makes a column
    Str refers;   // "table.column" of a foreign key
} Mapped;

static void set_type(Mapped *mapped, const OrmField *field) {
    if (field == NULL || mapped->type != TYPE_ANY) return;
    mapped->type = field->type;
    mapped->declared = str_from(field->declared);
}

static bool is_named(Str dotted, const char *name) {
    Str last = str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
    return str_is(last, name);
}

// ---- annotations ---------------------------------------------------------------------------------

// int | None, Optional[int], Mapped[Optional[int]]; depth is bounded by the text.
static void read_annotation(ModelReader *reader, const Orm *orm, ExprId annotation,
                            Mapped *mapped) {
    const Program *program = reader->program;
    const ExprFact *row = program_expr(program, annotation);
    if (row->kind == EXPR_NONE) mapped->nullable = KNOWN_YES;
    if (row->kind == EXPR_UNION)
        for (ExprId item = row->first_child; item.index != 0;
             item = program_expr(program, item)->next_sibling)
            read_annotation(reader, orm, item, mapped);
    if (row->kind == EXPR_NAME || row->kind == EXPR_ATTRIBUTE)
        set_type(mapped, orm_field(orm, model_dotted(reader, annotation)));
    if (row->kind != EXPR_SUBSCRIPT) return;
    Str outer = model_dotted(reader, row->base);
    if (is_named(outer, "Optional")) mapped->nullable = KNOWN_YES;
    bool is_wrapper = is_named(outer, "Optional") || is_named(outer, "Mapped") ||
                      is_named(outer, "Union") || is_named(outer, "Annotated");
    for (ExprId item = is_wrapper ? row->first_child : (ExprId){0}; item.index != 0;
         item = program_expr(program, item)->next_sibling)
        read_annotation(reader, orm, item, mapped);
}

// Rows of other tables and what is no column at all.
static bool is_no_column(const ModelReader *reader, ExprId annotation) {
    const ExprFact *row = program_expr(reader->program, annotation);
    if (row->kind != EXPR_SUBSCRIPT) return false;
    Str outer = model_dotted(reader, row->base);
    return is_named(outer, "ClassVar") || is_named(outer, "Relationship") ||
           is_named(outer, "list") || is_named(outer, "List") || is_named(outer, "DynamicMapped") ||
           is_named(outer, "WriteOnlyMapped");
}

// ---- calls ---------------------------------------------------------------------------------------

static void read_flag(const Program *program, CallId call, const char *name, Known *flag) {
    ExprId value = model_keyword(program, call, name);
    if (value.index != 0) *flag = model_truth(program, value);
}

// A positional argument of Column: its name, its type, or a ForeignKey.
static void read_part(ModelReader *reader, const Orm *orm, ExprId part, bool first,
                      Mapped *mapped) {
    const Program *program = reader->program;
    CallId call = model_call(program, part);
    Str text, called = call.index ? model_dotted(reader, program_call(program, call)->callee)
                                  : model_dotted(reader, part);
    if (model_text(program, part, &text)) {
        if (first) mapped->name = text;
    } else if (is_named(called, "ForeignKey")) {
        model_text(program, model_positional(program, call, 0), &mapped->refers);
    } else {
        set_type(mapped, orm_field(orm, called));
    }
}

static void read_call(ModelReader *reader, const Orm *orm, CallId call, Mapped *mapped) {
    const Program *program = reader->program;
    Known key = KNOWN_NO;
    ExprId part;
    for (uint32_t i = 0; (part = model_positional(program, call, i)).index != 0; i++)
        read_part(reader, orm, part, i == 0, mapped);
    part = model_keyword(program, call, "sa_type");
    if (part.index != 0) read_part(reader, orm, part, false, mapped);
    part = model_keyword(program, call, "type_");
    if (part.index != 0) read_part(reader, orm, part, false, mapped);
    model_text(program, model_keyword(program, call, orm->column), &mapped->name);
    model_text(program, model_keyword(program, call, "foreign_key"), &mapped->refers);
    read_flag(program, call, orm->null, &mapped->nullable);
    read_flag(program, call, orm->unique, &mapped->unique);
    read_flag(program, call, orm->index, &mapped->index);
    read_flag(program, call, orm->primary_key, &key);
    mapped->is_key = mapped->is_key || key == KNOWN_YES;
    mapped->has_default =
        mapped->has_default || model_keyword(program, call, "server_default").index != 0;
    CallId inner = model_call(program, model_keyword(program, call, "sa_column"));
    if (inner.index != 0) read_call(reader, orm, inner, mapped);
}

// False when the value is none of a column's.
static bool read_value(ModelReader *reader, const Orm *orm, ExprId value, Mapped *mapped) {
    CallId call = model_call(reader->program, value);
    if (call.index == 0) return true;
    Str called = model_dotted(reader, program_call(reader->program, call)->callee);
    bool is_model = str_is(str_from(orm->name), "sqlmodel");
    mapped->is_call = is_named(called, "Column") || is_named(called, "mapped_column") ||
                      (is_model && is_named(called, "Field"));
    if (mapped->is_call) read_call(reader, orm, call, mapped);
    return mapped->is_call;
}

// ---- the column ----------------------------------------------------------------------------------

static void add_reference(ModelReader *reader, SchemaTable *table, const Mapped *mapped,
                          Span place) {
    SchemaForeignKey *key = list_push(reader->arena, &table->foreign_keys);
    ptrdiff_t dot = str_find_last(mapped->refers, '.');
    *key = (SchemaForeignKey){.place = place};
    list_add(reader->arena, &key->columns, mapped->name);
    key->table = dot > 0 ? str_slice(mapped->refers, 0, (size_t)dot) : mapped->refers;
    if (dot > 0)
        list_add(reader->arena, &key->targets,
                 str_slice(mapped->refers, (size_t)dot + 1, mapped->refers.length));
}

static void add_column(ModelReader *reader, SchemaTable *table, const Mapped *mapped, Str attribute,
                       Span place) {
    list_add(reader->arena, &table->columns,
             ((SchemaColumn){.name = mapped->name,
                             .attribute = attribute,
                             .declared = mapped->declared,
                             .type = mapped->type,
                             .nullable = mapped->is_key ? KNOWN_NO : mapped->nullable,
                             .has_default = mapped->has_default ? KNOWN_YES : KNOWN_NO,
                             .identity = mapped->is_key && mapped->type == TYPE_INTEGER,
                             .place = place}));
    if (mapped->is_key) list_add(reader->arena, &table->primary_key, mapped->name);
    if (mapped->refers.length > 0) add_reference(reader, table, mapped, place);
    if (mapped->index == KNOWN_YES || mapped->unique == KNOWN_YES)
        field_index(reader, table, mapped->name, mapped->unique == KNOWN_YES,
                    mapped->unique == KNOWN_YES && mapped->index != KNOWN_YES, place);
}

void mapped_read(ModelReader *reader, const Orm *orm, const BindingFact *binding,
                 SchemaTable *table) {
    const Program *program = reader->program;
    Str name = program_name(program, program_symbol(program, binding->symbol)->name);
    bool is_model = str_is(str_from(orm->name), "sqlmodel");
    Mapped mapped = {.name = name, .nullable = KNOWN_NOT, .unique = KNOWN_NO, .index = KNOWN_NO};
    bool declares = binding->kind == BINDING_ASSIGN || binding->kind == BINDING_DECLARE;
    if (!declares || str_starts_with(name, STR("__")) || is_no_column(reader, binding->annotation))
        return;
    if (!read_value(reader, orm, binding->value, &mapped)) return;
    Str outer = model_dotted(reader, program_expr(program, binding->annotation)->base);
    bool is_declared = binding->annotation.index != 0 && (is_model || is_named(outer, "Mapped"));
    if (!mapped.is_call && !is_declared) return;
    Known said = mapped.nullable;
    if (binding->annotation.index != 0) {
        read_annotation(reader, orm, binding->annotation, &mapped);
        if (mapped.nullable == KNOWN_NOT) mapped.nullable = KNOWN_NO;
        if (said != KNOWN_NOT) mapped.nullable = said;
    } else if (mapped.nullable == KNOWN_NOT) {
        mapped.nullable = KNOWN_YES; // Column() is unless it says otherwise
    }
    Span place =
        (Span){program_module_file(program, program_scope(program, binding->scope)->module),
               binding->start, binding->end};
    add_column(reader, table, &mapped, name, place);
}
