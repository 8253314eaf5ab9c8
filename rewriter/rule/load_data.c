// In: the `data:` of a rule file. Out: whose rows are whose, or diagnostics. Packs add tables; weft.yml,
// which comes last, replaces what it says itself of a table or a dimension.
#include "rule/load_data.h"

enum { LENGTH_DEFAULT = 64, LENGTH_MAX = 191 };

typedef struct DataNodes {
    const YamlNode *engine, *database, *dimensions, *tables, *others;
} DataNodes;

static const Field data_fields[] = {
    {"engine", FIELD_STRING, false, offsetof(DataNodes, engine)},
    {"database", FIELD_STRING, false, offsetof(DataNodes, database)},
    {"dimensions", FIELD_MAP, false, offsetof(DataNodes, dimensions)},
    {"tables", FIELD_LIST, false, offsetof(DataNodes, tables)},
    {"others", FIELD_STRING, false, offsetof(DataNodes, others)},
};

// ---- dimensions ----------------------------------------------------------------------------------
typedef struct DimensionNodes {
    const YamlNode *type, *length, *default_;
} DimensionNodes;

static const Field dimension_fields[] = {
    {"type", FIELD_STRING, false, offsetof(DimensionNodes, type)},
    {"length", FIELD_INTEGER, false, offsetof(DimensionNodes, length)},
    {"default", FIELD_STRING, false, offsetof(DimensionNodes, default_)},
};

static bool read_length(RuleFile *file, const YamlNode *node, int64_t *length) {
    *length = 0;
    for (size_t i = 0; i < node->text.length && *length <= LENGTH_MAX; i++) {
        char c = node->text.data[i];
        if (c < '0' || c > '9') break;
        *length = *length * 10 + (c - '0');
    }
    if (*length >= 1 && *length <= LENGTH_MAX) return true;
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                    "'length' takes 1 to %d characters", LENGTH_MAX))
        diagnostic_note(file->mistakes.diagnostics, "longer columns fit into no key of MariaDB");
    return false;
}

static bool read_dimension(Load *load, RuleFile *file, const YamlNode *map,
                           DataDimension *dimension) {
    static const Str types[] = {{"text", 4}};
    DimensionNodes nodes = {0};
    size_t type;
    *dimension = (DataDimension){.length = LENGTH_DEFAULT, .span = map->key_span};
    bool good = schema_is_identifier(map->key);
    if (!good)
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, map->key_span,
                    "'%.*s' is not the name of a column", STR_ARG(clipped(map->key)));
    good = schema_read(&file->mistakes, map, "a dimension", dimension_fields,
                       COUNT_OF(dimension_fields), &nodes) &&
           good;
    if (nodes.type)
        good = schema_choice(&file->mistakes, nodes.type, "type", types, COUNT_OF(types), &type) &&
               good;
    if (nodes.length) good = read_length(file, nodes.length, &dimension->length) && good;
    dimension->name = arena_copy(&load->rules->arena, map->key);
    dimension->has_default = nodes.default_ != NULL;
    dimension->default_text = load_text(load, nodes.default_);
    return good;
}

static DataDimension *find_dimension(DataRule *data, Str name) {
    for (uint32_t i = 0; i < data->dimensions.count; i++)
        if (str_equal(data->dimensions.items[i].name, name)) return &data->dimensions.items[i];
    return NULL;
}

static void add_dimension(Load *load, RuleFile *file, const YamlNode *map) {
    DataRule *data = &load->rules->data;
    DataDimension dimension;
    if (!read_dimension(load, file, map, &dimension)) return;
    DataDimension *earlier = find_dimension(data, dimension.name);
    if (earlier == NULL) {
        list_add(&load->rules->arena, &data->dimensions, dimension);
        return;
    }
    bool same = earlier->length == dimension.length &&
                earlier->has_default == dimension.has_default &&
                str_equal(earlier->default_text, dimension.default_text);
    if (same || load_stands_over(load, file, earlier->span)) {
        *earlier = dimension;
    } else if (mistake_add(&file->mistakes, DIAGNOSTIC_E413, map->key_span,
                           "the dimension '%.*s' differs from that of an earlier pack",
                           STR_ARG(dimension.name))) {
        diagnostic_relate(load->diagnostics, earlier->span, "the earlier pack says it here");
        load_help_conflict(load, earlier->span, map->key_span);
    }
}

bool load_data_dimension(Load *load, RuleFile *file, Str name, Span span, uint32_t *index) {
    const DataRule *data = &load->rules->data;
    StrItems known = {0};
    for (*index = 0; *index < data->dimensions.count; (*index)++) {
        if (str_equal(data->dimensions.items[*index].name, name)) return true;
        list_add(&load->rules->arena, &known, data->dimensions.items[*index].name);
    }
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, span, "'%.*s' is none of 'dimensions'",
                    STR_ARG(clipped(name))))
        mistake_help_near(&file->mistakes, name, known.items, known.count);
    return false;
}

// ---- the section ---------------------------------------------------------------------------------

static void read_engine(Load *load, RuleFile *file, const YamlNode *node) {
    Str names[ENGINE_COUNT];
    size_t index;
    for (int i = 0; i < ENGINE_COUNT; i++) names[i] = str_from(engine_name((DataEngine)i));
    if (!schema_choice(&file->mistakes, node, "engine", names, ENGINE_COUNT, &index)) return;
    load->rules->data.engine = (DataEngine)index;
    load->rules->data.has_engine = true;
}

// An address with a password in it would end up in plans, logs and the history of git.
static void read_database(Load *load, RuleFile *file, const YamlNode *node) {
    if (str_find_str(node->text, STR("://")) >= 0 ||
        str_find_word(node->text, STR("password")) >= 0) {
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                        "'database' is a path or a name, not an address"))
            diagnostic_help(load->diagnostics,
                            "user, password and server come from the environment "
                            "or the engine's own files: docs/rules.md");
        return;
    }
    if (!load_is_inside(node->text)) {
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                        "'database' is a file below the root, or a name"))
            diagnostic_help(load->diagnostics, "name one that lies elsewhere with --database");
        return;
    }
    load->rules->data.database = load_text(load, node);
    load->rules->data.database_span = node->span;
}

static void read_others(Load *load, RuleFile *file, const YamlNode *node) {
    static const DataOthers values[] = {OTHERS_REFUSE, OTHERS_SHARED, OTHERS_DEFAULT};
    Str names[COUNT_OF(values)];
    size_t index;
    for (size_t i = 0; i < COUNT_OF(values); i++) names[i] = str_from(others_name(values[i]));
    if (schema_choice(&file->mistakes, node, "treatment", names, COUNT_OF(names), &index))
        load->rules->data.others = values[index];
}

void load_data(Load *load, RuleFile *file, const YamlNode *section) {
    DataRule *data = &load->rules->data;
    DataNodes nodes = {0};
    schema_read(&file->mistakes, section, "'data'", data_fields, COUNT_OF(data_fields), &nodes);
    if (!data->is_given) data->span = section->key_span;
    data->is_given = true;
    if (nodes.engine) read_engine(load, file, nodes.engine);
    if (nodes.database) read_database(load, file, nodes.database);
    if (nodes.others) read_others(load, file, nodes.others);
    for (const YamlNode *item = nodes.dimensions ? nodes.dimensions->first : NULL; item;
         item = item->next)
        add_dimension(load, file, item);
    for (const YamlNode *item = nodes.tables ? nodes.tables->first : NULL; item; item = item->next)
        load_data_table(load, file, item);
}
