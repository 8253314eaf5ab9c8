// What a model says beside its fields: the table's name, keys and indexes, in `class Meta`, `__table_args__`
// or the class itself.
#include <ctype.h>

#include "data/model_internal.h"

// ---- attributes ----------------------------------------------------------------------------------

static BindingId last_binding(const ModelReader *reader, ScopeId scope, const char *name) {
    Name wanted = intern_find(reader->program->facts->names, str_from(name));
    if (wanted.index == 0) return (BindingId){0};
    SymbolId symbol = program_symbol_in(reader->program, scope, wanted);
    return program_symbol(reader->program, symbol)->last_binding;
}

// The body that has the attribute: of the class or of Meta in it.
static ScopeId body_of(const ModelReader *reader, ClassId klass, bool in_meta) {
    ScopeId body = program_class(reader->program, klass)->body;
    if (!in_meta) return body;
    BindingId meta = last_binding(reader, body, "Meta");
    ClassId inner = program_binding(reader->program, meta)->klass;
    return program_class(reader->program, inner)->body;
}

ExprId meta_attribute(const ModelReader *reader, ClassId klass, bool in_meta, const char *name) {
    ScopeId body = body_of(reader, klass, in_meta);
    if (body.index == 0) return (ExprId){0};
    return program_binding(reader->program, last_binding(reader, body, name))->value;
}

bool meta_is_abstract(const ModelReader *reader, const Orm *orm, ClassId klass) {
    ExprId flag = meta_attribute(reader, klass, orm->meta, orm->meta ? "abstract" : "__abstract__");
    return model_truth(reader->program, flag) == KNOWN_YES;
}

// ---- the name ------------------------------------------------------------------------------------

static Str lower(const ModelReader *reader, Str name) {
    Str copy = arena_copy(reader->arena, name);
    for (size_t i = 0; i < copy.length; i++)
        ((char *)copy.data)[i] = (char)tolower((unsigned char)copy.data[i]);
    return copy;
}

// Django's: the application, which is the package of the module, and the class.
static Str application_name(const ModelReader *reader, ClassId klass, Str name) {
    const Program *program = reader->program;
    Str label = STR_NONE;
    model_text(program, meta_attribute(reader, klass, true, "app_label"), &label);
    if (label.length == 0) {
        Str module = program_name(
            program, program_module(program, program_class(program, klass)->module)->name);
        ptrdiff_t models = str_find_word(module, STR("models"));
        Str package = models > 0 ? str_slice(module, 0, (size_t)models - 1) : module;
        label = str_slice(package, (size_t)(str_find_last(package, '.') + 1), package.length);
    }
    return arena_format(reader->arena, "%.*s_%.*s", STR_ARG(label), STR_ARG(name));
}

Str meta_table_name(ModelReader *reader, const Orm *orm, ClassId klass, StrItems *others) {
    const ClassFact *row = program_class(reader->program, klass);
    Str name = lower(reader, program_name(reader->program, row->name));
    for (const char *const *word = orm->table; *word != NULL; word++) {
        ExprId value = meta_attribute(reader, klass, orm->meta, *word);
        StrItems names = {0};
        if (value.index == 0) continue;
        bool known = model_choices(reader, value, &names);
        if (!known) names = (StrItems){0};
        if (names.count == 1) return names.items[0];
        Str first = known ? names.items[0] : name;
        model_computed(reader, program_expr_span(reader->program, value),
                       "the name of the table is computed: it is taken for '%.*s'", STR_ARG(first));
        for (uint32_t i = 1; i < names.count; i++) list_add(reader->arena, others, names.items[i]);
        return first;
    }
    return str_is(str_from(orm->name), "django") ? application_name(reader, klass, name) : name;
}

Str model_index_name(const ModelReader *reader, const SchemaTable *table, const StrItems *columns) {
    if (!str_is(str_from(reader->orm->name), "peewee")) return STR_NONE;
    StrBuf name = {0};
    strbuf_add(&name,
               lower(reader, str_slice(table->model, (size_t)(str_find_last(table->model, '.') + 1),
                                       table->model.length)));
    for (uint32_t i = 0; i < columns->count; i++)
        strbuf_addf(&name, "_%.*s", STR_ARG(columns->items[i]));
    Str made = arena_copy(reader->arena, strbuf_str(&name));
    strbuf_release(&name);
    return made;
}

// ---- keys and indexes ----------------------------------------------------------------------------

static Str column_of(const SchemaTable *table, Str attribute) {
    for (uint32_t i = 0; i < table->columns.count; i++)
        if (str_equal(table->columns.items[i].attribute, attribute))
            return table->columns.items[i].name;
    return attribute;
}

StrItems meta_columns(const ModelReader *reader, const SchemaTable *table, const StrItems *names) {
    StrItems columns = {0};
    for (uint32_t i = 0; i < names->count; i++) {
        Str name = names->items[i];
        if (str_starts_with(name, STR("-"))) name = str_slice(name, 1, name.length); // descending
        list_add(reader->arena, &columns, column_of(table, name));
    }
    return columns;
}

static SchemaIndex *add_index(ModelReader *reader, SchemaTable *table, const StrItems *names,
                              ExprId place) {
    SchemaIndex *index = list_push(reader->arena, &table->indexes);
    *index = (SchemaIndex){.columns = meta_columns(reader, table, names),
                           .is_valid = true,
                           .place = program_expr_span(reader->program, place)};
    index->name = model_index_name(reader, table, &index->columns);
    return index;
}

static void unknown_index(ModelReader *reader, SchemaTable *table, ExprId place) {
    table->incomplete = true;
    model_computed(reader, program_expr_span(reader->program, place),
                   "an index of '%.*s' is computed", STR_ARG(table->name));
}

// peewee: indexes = ((("a", "b"), True), (("c",), False))
static void read_pair(ModelReader *reader, SchemaTable *table, ExprId pair) {
    const ExprFact *row = program_expr(reader->program, pair);
    ExprId columns = row->first_child;
    ExprId unique = program_expr(reader->program, columns)->next_sibling;
    StrItems names = {0};
    Known known = model_truth(reader->program, unique);
    if (row->kind == EXPR_TUPLE && known != KNOWN_NOT && model_texts(reader, columns, &names))
        add_index(reader, table, &names, pair)->unique = known == KNOWN_YES;
    else
        unknown_index(reader, table, pair);
}

// Django and Tortoise: Index(fields=["a"], name="n"), UniqueConstraint(fields=["a"], name="n").
static void read_index_call(ModelReader *reader, SchemaTable *table, ExprId expr, CallId call) {
    const Program *program = reader->program;
    Str called = model_dotted(reader, program_call(program, call)->callee);
    StrItems names = {0};
    ExprId fields = model_keyword(program, call, "fields");
    if (str_ends_with(called, STR("CheckConstraint"))) return;
    if (fields.index == 0 || !model_texts(reader, fields, &names)) {
        unknown_index(reader, table, expr);
        return;
    }
    SchemaIndex *index = add_index(reader, table, &names, expr);
    index->unique = index->is_constraint = str_ends_with(called, STR("UniqueConstraint"));
    index->is_partial = model_keyword(program, call, "condition").index != 0;
    model_text(program, model_keyword(program, call, "name"), &index->name);
}

static void read_indexes(ModelReader *reader, const Orm *orm, SchemaTable *table, ExprId list) {
    const ExprFact *row = program_expr(reader->program, list);
    bool is_list = row->kind == EXPR_TUPLE || row->kind == EXPR_LIST;
    if (!is_list && list.index != 0) unknown_index(reader, table, list);
    for (ExprId item = is_list ? row->first_child : (ExprId){0}; item.index != 0;
         item = program_expr(reader->program, item)->next_sibling) {
        CallId call = model_call(reader->program, item);
        StrItems names = {0};
        if (call.index != 0)
            read_index_call(reader, table, item, call);
        else if (str_is(str_from(orm->name), "peewee"))
            read_pair(reader, table, item);
        else if (model_texts(reader, item, &names)) // Tortoise: indexes = (("a", "b"),)
            add_index(reader, table, &names, item);
        else
            unknown_index(reader, table, item);
    }
}

// unique_together = ("a", "b"), or a list of such.
static void read_together(ModelReader *reader, SchemaTable *table, ExprId value) {
    const ExprFact *row = program_expr(reader->program, value);
    StrItems names = {0};
    if (value.index == 0) return;
    if (model_texts(reader, value, &names) && names.count > 0) {
        SchemaIndex *index = add_index(reader, table, &names, value);
        index->unique = index->is_constraint = true;
        return;
    }
    for (ExprId item = row->first_child; item.index != 0;
         item = program_expr(reader->program, item)->next_sibling)
        read_together(reader, table, item);
}

// SQLAlchemy: __table_args__ = (UniqueConstraint("a", "b", name="n"), Index("n", "a"), {...})
static void read_argument(ModelReader *reader, SchemaTable *table, ExprId item) {
    const Program *program = reader->program;
    CallId call = model_call(program, item);
    Str called = call.index ? model_dotted(reader, program_call(program, call)->callee) : STR_NONE;
    bool is_index = str_ends_with(called, STR("Index")),
         is_unique = str_ends_with(called, STR("UniqueConstraint"));
    bool is_primary = str_ends_with(called, STR("PrimaryKeyConstraint"));
    if (!is_index && !is_unique && !is_primary) return;
    StrItems names = {0};
    Str text, name = STR_NONE;
    ExprId value;
    bool good = true;
    for (uint32_t i = 0; (value = model_positional(program, call, i)).index != 0; i++) {
        if (!model_text(program, value, &text))
            good = is_index && i == 0; // Index(None, "a")
        else if (is_index && i == 0)
            name = text;
        else
            list_add(reader->arena, &names, text);
    }
    if (!good || names.count == 0) {
        unknown_index(reader, table, item);
        return;
    }
    model_text(program, model_keyword(program, call, "name"), &name);
    if (is_primary) {
        table->primary_key = meta_columns(reader, table, &names);
        return;
    }
    SchemaIndex *index = add_index(reader, table, &names, item);
    index->name = name;
    index->is_constraint = is_unique;
    index->unique =
        is_unique || model_truth(program, model_keyword(program, call, "unique")) == KNOWN_YES;
}

static void read_table_arguments(ModelReader *reader, ClassId klass, SchemaTable *table) {
    ExprId value = meta_attribute(reader, klass, false, "__table_args__");
    const ExprFact *row = program_expr(reader->program, value);
    if (row->kind == EXPR_TUPLE)
        for (ExprId item = row->first_child; item.index != 0;
             item = program_expr(reader->program, item)->next_sibling)
            read_argument(reader, table, item);
    else if (value.index != 0 && row->kind != EXPR_DICT)
        unknown_index(reader, table, value);
}

// peewee: primary_key = CompositeKey("a", "b"), or False.
static void read_primary_key(ModelReader *reader, ClassId klass, SchemaTable *table) {
    ExprId value = meta_attribute(reader, klass, true, "primary_key");
    CallId call = model_call(reader->program, value);
    StrItems names = {0};
    Str text;
    ExprId part;
    for (uint32_t i = 0;
         call.index && (part = model_positional(reader->program, call, i)).index != 0; i++)
        if (model_text(reader->program, part, &text)) list_add(reader->arena, &names, text);
    if (names.count > 0) table->primary_key = meta_columns(reader, table, &names);
}

void meta_read(ModelReader *reader, const Orm *orm, ClassId klass, SchemaTable *table) {
    if (!orm->meta) {
        read_table_arguments(reader, klass, table);
        return;
    }
    read_indexes(reader, orm, table, meta_attribute(reader, klass, true, "indexes"));
    if (str_is(str_from(orm->name), "peewee")) {
        read_primary_key(reader, klass, table);
        return;
    }
    read_indexes(reader, orm, table, meta_attribute(reader, klass, true, "constraints"));
    read_together(reader, table, meta_attribute(reader, klass, true, orm->together));
}
