// In: an entry of `data: tables:`. Out: its rule, or diagnostics.
#include "rule/data_expression.h"
#include "rule/load_data.h"

typedef struct TableNodes {
    const YamlNode *model, *table, *keys, *from, *set, *orphans, *unique, *owners, *shared;
} TableNodes;

static const Field table_fields[] = {
    {"model", FIELD_STRING, false, offsetof(TableNodes, model)},
    {"table", FIELD_STRING, false, offsetof(TableNodes, table)},
    {"keys", FIELD_LIST, false, offsetof(TableNodes, keys)},
    {"from", FIELD_MAP, false, offsetof(TableNodes, from)},
    {"set", FIELD_MAP, false, offsetof(TableNodes, set)},
    {"orphans", FIELD_STRING, false, offsetof(TableNodes, orphans)},
    {"unique", FIELD_LIST, false, offsetof(TableNodes, unique)},
    {"owners", FIELD_MAP, false, offsetof(TableNodes, owners)},
    {"shared", FIELD_BOOL, false, offsetof(TableNodes, shared)},
};

typedef struct Reader {
    Load *load;
    RuleFile *file;
    Mistakes *mistakes;
    Arena *arena;
    DataTableRule rule;
} Reader;

static bool is_true(const YamlNode *node) {
    return node->text.data[0] == 't' || node->text.data[0] == 'T';
}

static bool wrong(Reader *reader, Span span, const char *text) {
    mistake_add(reader->mistakes, DIAGNOSTIC_E407, span, "%s", text);
    return false;
}

// ---- keys ----------------------------------------------------------------------------------------
typedef struct KeyNodes {
    const YamlNode *column, *optional;
} KeyNodes;

static const Field key_fields[] = {
    {"column", FIELD_STRING, false, offsetof(KeyNodes, column)},
    {"optional", FIELD_BOOL, false, offsetof(KeyNodes, optional)},
};

// { agent_id: existing }, { platform: { column: chat_platform } }, { chat: { optional: true } }
static bool read_key_map(Reader *reader, const YamlNode *item, DataKey *key) {
    const YamlNode *value = item->first;
    if (item->count != 1) return wrong(reader, item->span, "a key is a map of one dimension");
    if (!load_data_dimension(reader->load, reader->file, value->key, value->key_span,
                             &key->dimension))
        return false;
    if (value->kind == YAML_STRING && str_is(value->text, "existing")) {
        key->column = reader->load->rules->data.dimensions.items[key->dimension].name;
        return true;
    }
    if (value->kind != YAML_MAP)
        return wrong(reader, value->span,
                     "a key's value is 'existing' or a map with 'column' or 'optional'");
    KeyNodes nodes = {0};
    if (!schema_read(reader->mistakes, value, "a key", key_fields, COUNT_OF(key_fields), &nodes))
        return false;
    key->column = load_text(reader->load, nodes.column);
    key->optional = nodes.optional && is_true(nodes.optional);
    return true;
}

static bool read_key(Reader *reader, const YamlNode *item) {
    DataKey key = {.span = item->span};
    bool good = item->kind == YAML_MAP ? read_key_map(reader, item, &key)
                : item->kind == YAML_STRING
                    ? load_data_dimension(reader->load, reader->file, item->text, item->span,
                                          &key.dimension)
                    : wrong(reader, item->span, "a key is a dimension, or a map of one");
    for (uint32_t i = 0; good && i < reader->rule.keys.count; i++)
        if (reader->rule.keys.items[i].dimension == key.dimension)
            good = wrong(reader, item->span, "the dimension is among the keys already");
    if (good) list_add(reader->arena, &reader->rule.keys, key);
    return good;
}

// ---- from ----------------------------------------------------------------------------------------
typedef struct FromNodes {
    const YamlNode *table, *on, *take;
} FromNodes;

static const Field from_fields[] = {
    {"table", FIELD_STRING, true, offsetof(FromNodes, table)},
    {"on", FIELD_STRING, true, offsetof(FromNodes, on)},
    {"take", FIELD_STRINGS, false, offsetof(FromNodes, take)},
};

static bool is_key(const DataTableRule *rule, uint32_t dimension) {
    for (uint32_t i = 0; i < rule->keys.count; i++)
        if (rule->keys.items[i].dimension == dimension) return true;
    return false;
}

static bool read_take(Reader *reader, const YamlNode *take) {
    bool good = true;
    for (const YamlNode *item = schema_first(take); item; item = schema_next(take, item)) {
        uint32_t dimension;
        if (!load_data_dimension(reader->load, reader->file, item->text, item->span, &dimension)) {
            good = false;
        } else if (!is_key(&reader->rule, dimension)) {
            good = wrong(reader, item->span, "it is none of the table's keys");
        } else {
            list_add(reader->arena, &reader->rule.from.take, load_text(reader->load, item));
        }
    }
    return good;
}

static bool read_from(Reader *reader, const YamlNode *map) {
    FromNodes nodes = {0};
    if (!schema_read(reader->mistakes, map, "'from'", from_fields, COUNT_OF(from_fields), &nodes))
        return false;
    DataLookup *from = &reader->rule.from;
    Str rest = nodes.on->text, own = STR_NONE;
    from->span = map->key_span;
    from->table = load_text(reader->load, nodes.table);
    bool good = str_split_next(&rest, '=', &own) && rest.length > 0;
    from->own = arena_copy(reader->arena, str_trim(own));
    from->other = arena_copy(reader->arena, str_trim(rest));
    if (!good || !schema_is_identifier(from->own) || !schema_is_identifier(from->other)) {
        wrong(reader, nodes.on->span,
              "'on' is a column of the table, '=' and a column of the table that is asked");
        return false;
    }
    return read_take(reader, nodes.take);
}

// ---- set -----------------------------------------------------------------------------------------

// Where the text of NODE begins in the file; false when it does not stand there as it is (escapes, folding).
static bool find_text(const YamlNode *node, uint32_t *start) {
    uint32_t length = node->span.end - node->span.start;
    bool is_plain = length == node->text.length, is_quoted = length == node->text.length + 2;
    *start = node->span.start + is_quoted;
    return is_plain || is_quoted;
}

static void report_expression(Reader *reader, const YamlNode *node, const ExpressionFault *fault) {
    Span span = node->span;
    uint32_t start;
    if (find_text(node, &start)) {
        span.start = start + (uint32_t)fault->start;
        span.end = start + (uint32_t)(fault->end > fault->start ? fault->end : fault->start + 1);
    }
    if (mistake_add(reader->mistakes, DIAGNOSTIC_E407, span, "expected %s here", fault->wanted))
        diagnostic_help(
            reader->load->diagnostics,
            "a value is made of columns, 'texts', coalesce, concat and case: docs/rules.md");
}

static const DataExpression *read_sql(Reader *reader, const YamlNode *map) {
    DataExpression *value = arena_new(reader->arena, DataExpression);
    const YamlNode *engines = map->first;
    bool good = map->count == 1 && str_is(engines->key, "sql") && engines->kind == YAML_MAP;
    *value = (DataExpression){.kind = EXPRESSION_SQL, .span = map->span};
    for (const YamlNode *sql = good ? engines->first : NULL; sql; sql = sql->next) {
        DataEngine engine;
        good = engine_find(sql->key, &engine) && sql->kind == YAML_STRING && sql->text.length > 0;
        if (!good) break;
        value->sql[engine] = load_text(reader->load, sql);
    }
    if (good && engines->count > 0) return value;
    wrong(reader, map->span, "a value is an expression, or a map 'sql' of engines and their SQL");
    return NULL;
}

static const DataExpression *read_value(Reader *reader, const YamlNode *node) {
    if (node->kind == YAML_MAP) return read_sql(reader, node);
    if (node->kind != YAML_STRING) {
        mistake_add(reader->mistakes, DIAGNOSTIC_E404, node->span, "a value must be a text, not %s",
                    yaml_kind_name(node->kind));
        return NULL;
    }
    ExpressionFault fault;
    uint32_t start;
    find_text(node, &start);
    const DataExpression *value = data_expression_parse(
        reader->arena, load_text(reader->load, node), node->span.file, start, &fault);
    if (value == NULL) report_expression(reader, node, &fault);
    return value;
}

static bool read_set(Reader *reader, const YamlNode *map) {
    bool good = true;
    for (const YamlNode *item = map->first; item; item = item->next) {
        DataSetting setting = {.span = item->key_span};
        bool known = load_data_dimension(reader->load, reader->file, item->key, item->key_span,
                                         &setting.dimension);
        if (known && !is_key(&reader->rule, setting.dimension))
            known = wrong(reader, item->key_span, "it is none of the table's keys");
        setting.value = read_value(reader, item);
        if (known && setting.value != NULL)
            list_add(reader->arena, &reader->rule.set, setting);
        else
            good = false;
    }
    return good;
}

// A dimension has one source: a column that is there, the look-up, or an expression.
static bool check_sources(Reader *reader) {
    const DataTableRule *rule = &reader->rule;
    for (uint32_t i = 0; i < rule->set.count; i++) {
        const DataSetting *setting = &rule->set.items[i];
        Str name = reader->load->rules->data.dimensions.items[setting->dimension].name;
        for (uint32_t k = 0; k < rule->from.take.count; k++)
            if (str_equal(rule->from.take.items[k], name))
                return wrong(reader, setting->span, "'take' of 'from' says it already");
        for (uint32_t k = 0; k < rule->keys.count; k++)
            if (rule->keys.items[k].dimension == setting->dimension &&
                rule->keys.items[k].column.length > 0)
                return wrong(reader, setting->span, "a column that is there already is not set");
    }
    return true;
}

// ---- unique, owners ------------------------------------------------------------------------------
typedef struct UniqueNodes {
    const YamlNode *to, *add;
} UniqueNodes;

static const Field unique_fields[] = {
    {"to", FIELD_STRINGS, true, offsetof(UniqueNodes, to)},
    {"add", FIELD_STRINGS, true, offsetof(UniqueNodes, add)},
};

static bool read_unique(Reader *reader, const YamlNode *map) {
    UniqueNodes nodes = {0};
    DataUnique unique = {.span = map->span};
    if (!schema_read(reader->mistakes, map, "an entry of 'unique'", unique_fields,
                     COUNT_OF(unique_fields), &nodes))
        return false;
    for (const YamlNode *item = schema_first(nodes.to); item; item = schema_next(nodes.to, item))
        list_add(reader->arena, &unique.to, load_text(reader->load, item));
    bool good = unique.to.count > 0 || wrong(reader, nodes.to->span, "'to' names no column");
    for (const YamlNode *item = schema_first(nodes.add); item;
         item = schema_next(nodes.add, item)) {
        uint32_t dimension;
        good =
            load_data_dimension(reader->load, reader->file, item->text, item->span, &dimension) &&
            good;
        list_add(reader->arena, &unique.add, load_text(reader->load, item));
    }
    if (good) list_add(reader->arena, &reader->rule.unique, unique);
    return good;
}

typedef struct OwnersNodes {
    const YamlNode *file, *column;
} OwnersNodes;

static const Field owners_fields[] = {
    {"file", FIELD_STRING, true, offsetof(OwnersNodes, file)},
    {"column", FIELD_STRING, true, offsetof(OwnersNodes, column)},
};

static bool read_owners(Reader *reader, const YamlNode *map) {
    OwnersNodes nodes = {0};
    if (!schema_read(reader->mistakes, map, "'owners'", owners_fields, COUNT_OF(owners_fields),
                     &nodes))
        return false;
    if (!load_is_inside(nodes.file->text))
        return wrong(reader, nodes.file->span, "'file' must be a path below the root of the tree");
    reader->rule.owners = (DataOwners){load_text(reader->load, nodes.file),
                                       load_text(reader->load, nodes.column), map->key_span};
    return true;
}

// ---- the entry -----------------------------------------------------------------------------------

static bool read_orphans(Reader *reader, const YamlNode *node) {
    static const DataOrphans values[] = {ORPHANS_DEFAULT, ORPHANS_REFUSE, ORPHANS_QUARANTINE};
    Str names[COUNT_OF(values)];
    size_t index;
    for (size_t i = 0; i < COUNT_OF(values); i++) names[i] = str_from(orphans_name(values[i]));
    if (!schema_choice(reader->mistakes, node, "treatment", names, COUNT_OF(names), &index))
        return false;
    reader->rule.orphans = values[index];
    return true;
}

// A shared table has no keys, and any other has some.
static bool check_ownership(Reader *reader, const YamlNode *map, const TableNodes *nodes) {
    const YamlNode *const others[] = {nodes->keys,    nodes->from,   nodes->set,
                                      nodes->orphans, nodes->unique, nodes->owners};
    if (!reader->rule.is_shared) {
        if (nodes->keys && nodes->keys->count > 0) return true;
        if (mistake_add(reader->mistakes, DIAGNOSTIC_E406, map->span,
                        "an entry of 'tables' lacks 'keys' or 'shared: true'"))
            diagnostic_note(reader->load->diagnostics, "its rows belong to somebody, or to all");
        return false;
    }
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (others[i] != NULL)
            return wrong(reader, others[i]->key_span, "a shared table has none of these");
    return true;
}

static bool read_table(Reader *reader, const YamlNode *map, const TableNodes *nodes) {
    bool good = true;
    for (const YamlNode *item = nodes->keys ? nodes->keys->first : NULL; item; item = item->next)
        good = read_key(reader, item) && good;
    if (!good) return false;
    if (nodes->from) good = read_from(reader, nodes->from) && good;
    if (nodes->set) good = read_set(reader, nodes->set) && good;
    if (nodes->orphans) good = read_orphans(reader, nodes->orphans) && good;
    for (const YamlNode *item = nodes->unique ? nodes->unique->first : NULL; item;
         item = item->next)
        good = read_unique(reader, item) && good;
    if (nodes->owners) good = read_owners(reader, nodes->owners) && good;
    return good && check_sources(reader) && check_ownership(reader, map, nodes);
}

// weft.yml stands instead of a pack, and two packs must not speak of one table.
static void add_table(Reader *reader) {
    DataRule *data = &reader->load->rules->data;
    for (uint32_t i = 0; i < data->tables.count; i++) {
        DataTableRule *earlier = &data->tables.items[i];
        if (!str_equal(earlier->name, reader->rule.name)) continue;
        bool same_file = earlier->span.file.index == reader->rule.span.file.index;
        if (!same_file && load_stands_over(reader->load, reader->file, earlier->span)) {
            *earlier = reader->rule;
        } else if (mistake_add(reader->mistakes, DIAGNOSTIC_E413, reader->rule.span,
                               "'%.*s' has a rule already", STR_ARG(clipped(reader->rule.name)))) {
            diagnostic_relate(reader->load->diagnostics, earlier->span, "it is here");
            load_help_conflict(reader->load, earlier->span, reader->rule.span);
        }
        return;
    }
    list_add(reader->arena, &data->tables, reader->rule);
}

void load_data_table(Load *load, RuleFile *file, const YamlNode *map) {
    static const char *const keys[] = {"model", "table"};
    TableNodes nodes = {0};
    Reader reader = {
        .load = load, .file = file, .mistakes = &file->mistakes, .arena = &load->rules->arena};
    bool good = schema_read(&file->mistakes, map, "an entry of 'tables'", table_fields,
                            COUNT_OF(table_fields), &nodes);
    if (map->kind != YAML_MAP) return;
    const YamlNode *names[] = {nodes.model, nodes.table};
    size_t index = 0;
    if (!load_alternative(file, map, "an entry of 'tables'", keys, names, COUNT_OF(names), &index))
        return;
    reader.rule.is_model = index == 0;
    reader.rule.name = load_text(load, names[index]);
    reader.rule.span = names[index]->span;
    reader.rule.is_shared = nodes.shared && is_true(nodes.shared);
    if (reader.rule.is_model) good = schema_dotted(&file->mistakes, names[index], false) && good;
    if (good && read_table(&reader, map, &nodes)) add_table(&reader);
}
