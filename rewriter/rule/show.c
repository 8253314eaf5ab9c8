// In: rule files in the order in which they are applied, their nodes as they count there. Out: YAML, section by section.
// Of an entry that a later file replaces only the later one is written.
//
//     sinks:
//       # maibot, rules/maibot/maibot.yml:41
//       - id: config
//         symbol: src.config.config.global_config
#include "rule/show.h"

// ---- YAML ----------------------------------------------------------------------------------------
static bool is_plain(Str text) {
    static const char *const words[] = {"true", "false", "null", "yes", "no", "on", "off", "True", "False"};
    if (text.length == 0 || !((text.data[0] | 0x20) >= 'a' && (text.data[0] | 0x20) <= 'z')) return false;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_is(text, words[i])) return false;
    for (size_t i = 0; i < text.length; i++)
        if (!str_is_word_byte(text.data[i]) && str_find(STR(".-/*"), text.data[i]) < 0) return false;
    return true;
}

// Between quotes, and in comments: what would end them or do something to a terminal is written as YAML writes it.
static void add_escaped(Str text, StrBuf *out) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        unsigned char next = i + 1 < text.length ? (unsigned char)text.data[i + 1] : 0;
        if (c == 0xC2 && next >= 0x80 && next < 0xA0) { // U+0080 to U+009F
            strbuf_addf(out, "\\x%02X", next);
            i++;
        } else if (c < 0x20 || c == 0x7F) {
            strbuf_addf(out, "\\x%02X", c);
        } else {
            if (c == '"' || c == '\\') strbuf_add_char(out, '\\');
            strbuf_add_char(out, (char)c);
        }
    }
}

static void add_scalar(const YamlNode *node, StrBuf *out) {
    if (node->kind != YAML_STRING || is_plain(node->text)) {
        strbuf_add(out, node->text);
        return;
    }
    strbuf_add_char(out, '"');
    add_escaped(node->text, out);
    strbuf_add_char(out, '"');
}

static bool is_nested(const YamlNode *node) {
    return (node->kind == YAML_LIST || node->kind == YAML_MAP) && node->count > 0;
}

static void add_key(const YamlNode *value, int indent, StrBuf *out) {
    const YamlNode key = {.kind = YAML_STRING, .text = value->key};
    add_scalar(&key, out);
    strbuf_add_char(out, ':');
    strbuf_add_char(out, is_nested(value) ? '\n' : ' ');
    if (is_nested(value)) strbuf_addf(out, "%*s", indent, "");
}

// Recurses as deep as rule files are nested, which is limited.
void show_node(const YamlNode *node, int indent, StrBuf *out) {
    if (!is_nested(node)) {
        if (node->kind == YAML_LIST)
            strbuf_add_text(out, "[]");
        else if (node->kind == YAML_MAP)
            strbuf_add_text(out, "{}");
        else
            add_scalar(node, out);
        return;
    }
    for (const YamlNode *item = node->first; item; item = item->next) {
        if (item != node->first) strbuf_addf(out, "\n%*s", indent, "");
        if (node->kind == YAML_MAP)
            add_key(item, indent + 2, out);
        else
            strbuf_add_text(out, "- ");
        show_node(item, indent + 2, out);
    }
}

// ---- sections ------------------------------------------------------------------------------------
typedef struct Showing {
    const Load *load;
    const RuleFile *project;
    const Field *field;
    StrBuf *out;
    bool begun;
} Showing;

static const YamlNode *section_of(const RuleFile *file, const Field *field) {
    return *(const YamlNode *const *)((const char *)&file->nodes + field->offset);
}

static bool entry_kind(const char *key, EntryKind *kind) {
    static const char *const keys[ENTRY_COUNT] = {
        [ENTRY_SINK] = "sinks",
        [ENTRY_BOUNDARY] = "boundaries",
        [ENTRY_CARRIER] = "carriers",
        [ENTRY_FORWARDER] = "forwarders",
    };
    for (int i = 0; i < ENTRY_COUNT; i++) {
        *kind = (EntryKind)i;
        if (str_is(str_from(keys[i]), key)) return true;
    }
    return false;
}

// A key of a map that a file over FILE has, too.
static bool is_said_over(const RuleFile *file, const Field *field, Str key) {
    if (str_is(key, "folder") && str_is(str_from(field->key), "runtime")) return false; // its files are added
    for (uint32_t i = 0; i < file->over.count; i++) {
        const YamlNode *other = section_of(file->over.items[i], field);
        for (const YamlNode *value = other && other->kind == YAML_MAP ? other->first : NULL; value; value = value->next)
            if (str_equal(value->key, key)) return true;
    }
    return false;
}

static void add_place(Showing *showing, const RuleFile *file, Span span) {
    const SourceFile *source = source_file(showing->load->sources, file->file);
    Str pack = rules_pack_at(showing->load->rules, span);
    if (!showing->begun) strbuf_addf(showing->out, "%s:\n", showing->field->key);
    showing->begun = true;
    strbuf_add_text(showing->out, "  # ");
    add_escaped(pack, showing->out);
    strbuf_add_text(showing->out, ", ");
    add_escaped(file->path, showing->out);
    strbuf_addf(showing->out, ":%u\n", source_line_column(source, span.start).line);
}

static void add_items(Showing *showing, const RuleFile *file, const YamlNode *section) {
    EntryKind kind;
    bool overridable = entry_kind(showing->field->key, &kind);
    for (const YamlNode *item = section->first; item; item = item->next) {
        bool is_map = section->kind == YAML_MAP;
        if (is_map ? is_said_over(file, showing->field, item->key)
                   : overridable && load_is_overridden(file, kind, item))
            continue;
        add_place(showing, file, is_map ? item->key_span : item->span);
        strbuf_add_text(showing->out, "  ");
        if (is_map)
            add_key(item, 4, showing->out);
        else
            strbuf_add_text(showing->out, "- ");
        show_node(item, 4, showing->out);
        strbuf_add_char(showing->out, '\n');
    }
}

// What says something of a file and not of the program.
static bool is_shown(const char *key) {
    static const char *const own[] = {"version", "pack",   "detect", "versions", "extends",
                                      "remove",  "rename", "tests",  "packs"};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (str_is(str_from(own[i]), key)) return false;
    return true;
}

static void add_section(Showing *showing) {
    for (uint32_t i = 0; i < showing->load->files.count + (showing->project != NULL); i++) {
        const RuleFile *file =
            i < showing->load->files.count ? showing->load->files.items[i] : showing->project;
        const YamlNode *section = section_of(file, showing->field);
        if (section == NULL) continue;
        if (section->kind == YAML_LIST || section->kind == YAML_MAP) {
            add_items(showing, file, section);
            continue;
        }
        strbuf_addf(showing->out, "%s: ", showing->field->key);
        show_node(section, 0, showing->out);
        strbuf_add_char(showing->out, '\n');
    }
}

void show_rules(const Load *load, const RuleFile *project, StrBuf *out) {
    size_t count;
    const Field *fields = load_top_fields(true, &count);
    strbuf_add_text(out, "version: 1\n");
    for (size_t i = 0; i < count; i++) {
        Showing showing = {load, project, &fields[i], out, false};
        if (is_shown(fields[i].key)) add_section(&showing);
    }
}
