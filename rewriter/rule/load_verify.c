// In: the `verify:` of a rule file. Out: the commands that judge a tree (weft.yml only: nothing that
// comes with a pack is ever run by weft) and what a regression suite must know.

#include "rule/load_internal.h"

#include <errno.h>

#include "rule/pack_file.h"
#include "base/path.h"

enum {
    TIMEOUT_DEFAULT = 600, // seconds
    TIMEOUT_MAX = 24 * 3600,
    SUPPORT_SIZE_MAX = 1024 * 1024,
};

// ---- commands ------------------------------------------------------------------------------------
typedef struct CommandNodes {
    const YamlNode *name, *run, *compare, *timeout;
} CommandNodes;

static const Field command_fields[] = {
    {"name", FIELD_STRING, true, offsetof(CommandNodes, name)},
    {"run", FIELD_ONE_OR_MORE, true, offsetof(CommandNodes, run)},
    {"compare", FIELD_STRING, false, offsetof(CommandNodes, compare)},
    {"timeout", FIELD_INTEGER, false, offsetof(CommandNodes, timeout)},
};

static bool read_timeout(RuleFile *file, const YamlNode *node, uint32_t *seconds) {
    *seconds = 0;
    for (size_t i = 0; i < node->text.length && *seconds <= TIMEOUT_MAX; i++) {
        char c = node->text.data[i];
        if (c == '+' && i == 0) continue;
        if (c < '0' || c > '9') break;
        *seconds = *seconds * 10 + (uint32_t)(c - '0');
    }
    if (*seconds >= 1 && *seconds <= TIMEOUT_MAX) return true;
    mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'timeout' takes 1 to %d seconds",
                TIMEOUT_MAX);
    return false;
}

static bool is_new_name(RuleFile *file, const Rules *rules, const YamlNode *name) {
    for (uint32_t i = 0; i < rules->commands.count; i++) {
        if (!str_equal(rules->commands.items[i].name, name->text)) continue;
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, name->span,
                    "another command has the name '%.*s'", STR_ARG(clipped(name->text)));
        return false;
    }
    return true;
}

static void read_command(Load *load, RuleFile *file, const YamlNode *map) {
    static const Str modes[] = {{"lines", 5}, {"exit", 4}}; // in the order of CommandCompare
    CommandNodes nodes = {0};
    bool good = schema_read(&file->mistakes, map, "a command", command_fields,
                            COUNT_OF(command_fields), &nodes);
    VerifyCommand command = {.timeout = TIMEOUT_DEFAULT, .span = map->span};
    size_t mode = 0;
    if (nodes.compare)
        good = schema_choice(&file->mistakes, nodes.compare, "comparison", modes, COUNT_OF(modes),
                             &mode) &&
               good;
    if (nodes.timeout) good = read_timeout(file, nodes.timeout, &command.timeout) && good;
    if (nodes.name) good = is_new_name(file, load->rules, nodes.name) && good;
    if (!good) return;
    command.name = load_text(load, nodes.name);
    command.compare = (CommandCompare)mode;
    command.shell = nodes.run->kind != YAML_LIST;
    const YamlNode *run = nodes.run;
    for (const YamlNode *item = schema_first(run); item; item = schema_next(run, item))
        vec_add(&command.run, load_text(load, item));
    vec_add(&load->rules->commands, command);
}

// ---- regression ----------------------------------------------------------------------------------
typedef struct RegressionNodes {
    const YamlNode *context, *support;
} RegressionNodes;

static const Field regression_fields[] = {
    {"context", FIELD_STRING, true, offsetof(RegressionNodes, context)},
    {"support", FIELD_STRING, false, offsetof(RegressionNodes, support)},
};

static void read_support(Load *load, RuleFile *file, const YamlNode *node, RegressionRule *rule) {
    if (!load_is_inside(node->text) || !str_ends_with(node->text, STR(".py"))) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                    "'support' must be a .py file inside the pack");
        return;
    }
    if (file->folder.length == 0) return; // a text in memory has no files beside it
    Arena *arena = &load->rules->arena;
    Str path = path_join(arena, file->folder, node->text);
    struct stat status;
    if (lstat(arena_copy(arena, path).data, &status) == 0 && !load_may_read(file, path, node->span))
        return;
    FileResult result = pack_file_read(arena, path, SUPPORT_SIZE_MAX, &rule->support_bytes);
    if (result == FILE_OK) {
        rule->support_bytes = inherit_python(arena, file, rule->support_bytes);
        rule->support_name = arena_copy(arena, path_basename(node->text));
    } else {
        mistake_add(&file->mistakes, DIAGNOSTIC_E400, node->span, "cannot read '%.*s': %s",
                    STR_ARG(path),
                    result == FILE_TOO_LARGE     ? "too large"
                    : result == FILE_NOT_REGULAR ? "it is no regular file"
                                                 : strerror(errno));
    }
}

static void read_regression(Load *load, RuleFile *file, const YamlNode *map) {
    RegressionNodes nodes = {0};
    schema_read(&file->mistakes, map, "'regression'", regression_fields,
                COUNT_OF(regression_fields), &nodes);
    if (!nodes.context || !load_placeholders(file, nodes.context, "{tenant}", true)) return;
    RegressionRule rule = {.context = load_text(load, nodes.context), .span = map->key_span};
    if (nodes.support) read_support(load, file, nodes.support, &rule);
    Span earlier = load->regression;
    bool said = earlier.file.index == 0 || load_stands_over(load, file, earlier);
    for (uint32_t i = 0; i < file->over.count; i++) said = said || file->over.items[i]->nodes.verify;
    if (!said) {
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E413, map->key_span,
                        "another pack has a 'regression' suite, too")) {
            diagnostic_relate(load->diagnostics, earlier, "it is here");
            load_help_conflict(load, earlier, map->key_span);
        }
        return;
    }
    load->regression = map->key_span;
    load->rules->regression = rule;
}

// ---- the section ---------------------------------------------------------------------------------
typedef struct VerifyNodes {
    const YamlNode *regression, *commands;
} VerifyNodes;

static const Field verify_fields[] = {
    {"regression", FIELD_MAP, false, offsetof(VerifyNodes, regression)},
    {"commands", FIELD_LIST, false, offsetof(VerifyNodes, commands)}, // last: weft.yml only
};

void load_verify(Load *load, RuleFile *file, const YamlNode *section) {
    VerifyNodes nodes = {0};
    size_t count = COUNT_OF(verify_fields) - (file->is_project ? 0 : 1);
    schema_read(&file->mistakes, section, "'verify'", verify_fields, count, &nodes);
    if (nodes.regression) read_regression(load, file, nodes.regression);
    for (const YamlNode *item = nodes.commands ? nodes.commands->first : NULL; item;
         item = item->next)
        read_command(load, file, item);
}
