// Each section of a rule file: what it becomes, and what is said when it is wrong.
#include "testing.h"

#include "rule/support.h"

#define HEAD "version: 1\n" CONTEXT

// ---- a full pack ---------------------------------------------------------------------------------
static const char full[] =
    "version: 1\n"
    "pack: example\n"
    "detect: {modules: [app.main]}\n"
    "context:\n"
    "  parameter: ctx\n"
    "  type: iso.Context\n"
    "  dimensions: [tenant, agent]\n"
    "  ambient: iso.current\n"
    "  accessor_decorator: iso.keyed\n"
    "  ambient_instance: iso.stand_in\n"
    "  mode: required\n"
    "sinks:\n"
    "  - id: config\n"
    "    family: config_system\n"
    "    symbol: app.config.settings\n"
    "    replace: iso.settings({context})\n"
    "    local: config\n"
    "    except: {attributes: [VERSION, log]}\n"
    "  - {id: manager, family: chat_stream, call: app.get_manager,"
    " accessor: {keyed_by: [tenant], name: get_isolated_manager}}\n"
    "  - {id: now, family: memory, call: app.now, replace: 'iso.now({context})'}\n"
    "  - {id: stream, family: chat_stream, construct: app.Stream}\n"
    "  - {id: chest, family: memory, singleton: app.chest, accessor: {keyed_by: [tenant, agent]}}\n"
    "carriers:\n"
    "  - {class: app.Message, expression: '{value}.ctx', origin: message}\n"
    "  - {class: app.Stream, expression: '{value}.ctx'}\n"
    "boundaries:\n"
    "  - {id: inbound, method: app.Bot.on_message, origin: message,"
    " create: 'iso.from_message({parameter:raw})'}\n"
    "  - {id: http, decorated_by: ['*.get', '*.post'], origin: http, create: iso.from_request()}\n"
    "  - {id: task, overrides: app.Task.run, origin: background}\n"
    "  - {id: scripts, file: [scripts/**, bot.py], origin: start_up}\n"
    "forwarders: [{target: '*.spawn', position: 2, keyword: call}]\n"
    "public_api: [app.apis.**]\n"
    "process_wide: [app.registry]\n"
    "never_hold: [app.Plugin]\n"
    "singletons: {find: true, keyed_by: [tenant], family: memory}\n"
    "runtime: {folder: runtime}\n"
    "exclude: [iso/**]\n"
    "tests: [{name: anything, files: {a.py: \"x\\ny\"}}]\n";

static void check_sinks(const Rules *rules) {
    assert_int_equal(rules->sinks.count, 5);
    const SinkRule *config = &rules->sinks.items[0];
    assert_str(config->id, "config");
    assert_string_equal(family_name(&rules->families, config->family), "config_system");
    assert_int_equal(config->kind, SINK_SYMBOL);
    assert_str(config->target.text, "app.config.settings");
    assert_str(config->replace, "iso.settings({context})");
    assert_str(config->local, "config");
    assert_int_equal(config->except_attributes.count, 2);
    assert_str(config->except_attributes.items[1], "log");
    assert_false(config->accessor);
    const SinkRule *manager = &rules->sinks.items[1];
    assert_int_equal(manager->kind, SINK_CALL);
    assert_true(manager->accessor);
    assert_int_equal(manager->keyed_by.count, 1);
    assert_str(manager->accessor_name, "get_isolated_manager");
    assert_int_equal(rules->sinks.items[3].kind, SINK_CONSTRUCT);
    assert_int_equal(rules->sinks.items[4].kind, SINK_SINGLETON);
    assert_int_equal(rules->sinks.items[4].keyed_by.count, 2);
}

static void check_places(const Rules *rules) {
    assert_int_equal(rules->carriers.count, 2);
    assert_int_equal(rules->carriers.items[0].origin, ORIGIN_MESSAGE);
    assert_int_equal(rules->carriers.items[1].origin, 0);
    assert_str(rules->carriers.items[1].expression, "{value}.ctx");
    assert_int_equal(rules->boundaries.count, 4);
    const BoundaryRule *boundary = rules->boundaries.items;
    assert_int_equal(boundary[0].kind, BOUNDARY_FUNCTION);
    assert_str(boundary[0].create, "iso.from_message({parameter:raw})");
    assert_int_equal(boundary[1].kind, BOUNDARY_DECORATED);
    assert_int_equal(boundary[1].targets.count, 2);
    assert_int_equal(boundary[2].kind, BOUNDARY_OVERRIDES);
    assert_int_equal(boundary[2].origin, ORIGIN_BACKGROUND);
    assert_int_equal(boundary[2].create.length, 0);
    assert_int_equal(boundary[3].kind, BOUNDARY_FILE);
    assert_str(boundary[3].targets.items[0].text, "scripts/**");
}

static void full_pack(void **state) {
    (void)state;
    Loaded loaded = load_rules(str_from(full));
    check_diagnostics(&loaded.sources, &loaded.diagnostics, "");
    const Rules *rules = &loaded.rules;
    assert_str(rules->pack, "example");
    assert_str(rules->context.parameter, "ctx");
    assert_str(rules->context.ambient_instance, "iso.stand_in");
    assert_int_equal(rules->context.dimensions.count, 2);
    assert_int_equal(rules->context.mode, MODE_REQUIRED);
    check_sinks(rules);
    check_places(rules);
    const ForwarderRule *spawn = vec_last(&rules->forwarders);
    assert_str(spawn->target.text, "*.spawn");
    assert_int_equal(spawn->position, 2);
    assert_str(spawn->keyword, "call");
    assert_str(rules->public_api.items[0].text, "app.apis.**");
    assert_str(rules->process_wide.items[0].text, "app.registry");
    assert_str(rules->never_hold.items[0].text, "app.Plugin");
    assert_true(rules->find_singletons);
    assert_string_equal(family_name(&rules->families, rules->singleton_family), "memory");
    assert_str(rules->singleton_dimensions.items[0], "tenant");
    assert_str(rules->exclude.items[0], "iso/**");
    assert_int_equal(rules->runtime.count, 0); // a text has no folder

    Span span = rules->boundaries.items[0].targets.items[0].span;
    assert_str(str_slice(source_file(&loaded.sources, span.file)->text, span.start, span.end),
               "app.Bot.on_message");
    loaded_release(&loaded);
}

static const ForwarderRule *find_forwarder(const Rules *rules, const char *dotted) {
    for (uint32_t i = 0; i < rules->forwarders.count; i++) {
        const ForwarderRule *rule = &rules->forwarders.items[i];
        if (rule_name_matches(rule->target.text, str_from(dotted))) return rule;
    }
    return NULL;
}

static void default_forwarders(void **state) {
    (void)state;
    Loaded loaded = load_rules(STR(HEAD));
    assert_true(loaded.good);
    assert_str(loaded.rules.pack, "rules"); // named after its file
    assert_int_equal(find_forwarder(&loaded.rules, "asyncio.to_thread")->position, 0);
    assert_int_equal(find_forwarder(&loaded.rules, "self.loop.run_in_executor")->position, 1);
    assert_str(find_forwarder(&loaded.rules, "threading.Thread")->keyword, "target");
    assert_int_equal(find_forwarder(&loaded.rules, "sorted")->position, -1);
    assert_null(find_forwarder(&loaded.rules, "asyncio.create_task"));
    assert_null(find_forwarder(&loaded.rules, "submit"));
    loaded_release(&loaded);
}

// ---- mistakes ------------------------------------------------------------------------------------
static void top_level(void **state) {
    (void)state;
    check_said("pack: x\n" CONTEXT, "1:1 E406 a rule file lacks the key 'version'\n");
    check_said("version: 2\n" CONTEXT,
               "1:10 E407 version 2 is not known ? this weft reads version 1\n");
    check_said("version: '1'\n" CONTEXT,
               "1:10 E404 'version' must be a whole number, not a string\n");
    check_said(HEAD "sink: []\n", "3:1 E402 unknown key 'sink' ? did you mean 'sinks'?\n");
    check_said(HEAD "packs: [a]\n", "3:1 E402 unknown key 'packs' ? did you mean 'pack'?\n");
    check_said(
        HEAD "pack: 3.5\nsinks: {}\nexclude:\npublic_api: [a, 1]\n",
        "3:7 E404 'pack' must be a string, not a number ? put quotes around it\n"
        "4:8 E404 'sinks' must be a list, not a map\n"
        "5:1 E404 'exclude' must be a list of strings, not nothing ? an empty list is written []\n"
        "6:17 E404 'public_api' must be a list of strings, not a whole number ? put quotes "
        "around it\n");
    check_said(HEAD "pack: ''\nexclude: [\"a\\nb\"]\n",
               "3:7 E407 'pack' must not be empty\n"
               "4:11 E407 'exclude' must be one line without control characters\n");
    check_said("- a\n", "1:1 E404 a rule file must be a map, not a list\n");
}

static void names_and_choices(void **state) {
    (void)state;
    check_said(HEAD "public_api: [a..b]\nprocess_wide: [a b]\nnever_hold: ['1a']\n",
               "3:14 E407 'a..b' is not a dotted name or a pattern of one\n"
               "4:16 E407 'a b' is not a dotted name or a pattern of one\n"
               "5:14 E407 '1a' is not a dotted name or a pattern of one\n");
    check_said(HEAD "boundaries:\n  - {id: a, function: f, origin: import_time}\n",
               "4:34 E407 unknown origin 'import_time' ? known are: message, http, event, "
               "public_api, background, start_up, command, test\n");
    check_said(HEAD "singletons: {find: yes, keyed_by: [tenant]}\n",
               "3:20 E404 'find' must be true or false, not a string\n");
    check_said(HEAD "singletons: {find: true}\n",
               "3:1 E406 'singletons' lacks the key 'keyed_by'\n");
    check_said(HEAD "singletons: {find: true, keyed_by: [tenent]}\n",
               "3:37 E407 unknown dimension 'tenent' ? did you mean 'tenant'?\n");
}

static void sinks(void **state) {
    (void)state;
    check_said(HEAD "sinks:\n  - {family: memory}\n  - 5\n",
               "4:6 E406 a sink lacks the key 'id'\n"
               "4:6 E406 a sink lacks one of 'symbol', 'call', 'construct', 'singleton', 'query', "
               "'function', 'pattern', 'attribute' and 'path'\n"
               "5:5 E404 a sink must be a map, not a whole number\n");
    check_said(HEAD "sinks:\n  - id: A b\n    family: memory\n    symbol: a.b\n    call: a.c\n",
               "4:9 E407 the id 'A b' must be made of a-z, 0-9, '-' and '_'\n"
               "7:5 E407 'symbol' and 'call' exclude each other\n");
    check_said(HEAD "sinks:\n  - {id: a, family: memory, symbol: a.*}\n"
                    "  - {id: b, family: memory, call: a.b}\n"
                    "  - {id: c, family: memory, singleton: a.c}\n"
                    "  - {id: d, family: memory, construct: a.D, replace: 'x({context})'}\n",
               "4:37 E407 'a.*' is not a dotted name\n"
               "4:29 E406 a sink with 'symbol' lacks the key 'replace'\n"
               "5:6 E406 a sink with 'call' lacks one of 'replace' and 'accessor'\n"
               "6:29 E406 a sink with 'singleton' lacks the key 'accessor'\n"
               "7:45 E407 'replace' does not go with 'construct'\n");
    check_said(HEAD "sinks:\n  - {id: a, family: memory, symbol: a.b, replace: 'x({contxt})'}\n"
                    "  - {id: a, family: memory, symbol: a.b, replace: x()}\n"
                    "  - {id: b, family: memory, symbol: a.b, replace: 'x({'}\n",
               "4:51 E407 '{contxt}' is not a placeholder ? '{context}' can stand in 'replace'\n"
               "5:10 E407 the id 'a' is taken @ rules.yml:4:10 it is the id of this one\n"
               "5:51 E407 'replace' must contain '{context}'\n"
               "6:51 E407 '{' is not a placeholder ? '{context}' can stand in 'replace'\n");
    check_said(HEAD "sinks:\n  - {id: a, family: memory, singleton: a.b, accessor: {}}\n",
               "4:55 E406 an accessor lacks the key 'keyed_by'\n");
    check_said(HEAD "sinks:\n  - {id: a, family: memory, singleton: a.b,\n"
                    "     accessor: {keyed_by: [agent, tenat], nme: x}}\n",
               "5:43 E402 unknown key 'nme' ? did you mean 'name'?\n");
#define PATH                                                                                          \
    "version: 1\ncontext: {parameter: c, type: a.C, dimensions: [tenant], ambient: a.now, tenant_path: a.place}\n" \
    "sinks:\n  - {id: a, family: memory, "
    check_said(HEAD "sinks:\n  - {id: a, family: memory, path: data/x, into: \"data/{tenant}\"}\n",
               "4:49 E406 a sink with 'path' needs the standard runtime, or 'tenant_path' in 'context'\n");
    check_said(PATH "path: data/x}\n", "4:29 E406 a sink with 'path' lacks the key 'into'\n");
    check_said(PATH "path: data/x, into: data/y}\n", "4:49 E407 'into' must contain '{tenant}'\n");
    check_said(PATH "path: data/x, into: \"{tenent}/y\"}\n",
               "4:49 E407 '{tenent}' is no dimension of the context\n");
    check_said(PATH "path: data.*, into: \"{tenant}\"}\n", "4:35 E407 'data.*' is not a dotted name\n");
    check_said(PATH "path: \"a'b\", into: \"{tenant}\"}\n",
               "4:35 E407 'path' takes a path with '/', without quotes\n");
    check_said(PATH "symbol: a.b, replace: \"c({context})\", into: \"{tenant}\"}\n",
               "4:67 E407 'into' does not go with 'symbol'\n");
#undef PATH
}

static void functions(void **state) {
    (void)state;
    check_said(HEAD "sinks:\n  - {id: a, family: memory, function: a.b.<locals>.c}\n", "");
    check_said(HEAD "sinks:\n  - {id: a, family: memory, function: a.<locals>}\n"
                    "  - {id: b, family: memory, function: a.b*}\n"
                    "  - {id: c, family: memory, function: a.b, replace: 'x({context})'}\n",
               "4:39 E407 'a.<locals>' is not the qualified name of a function\n"
               "5:39 E407 'a.b*' is not the qualified name of a function\n"
               "6:44 E407 'replace' does not go with 'function'\n");
}

static void queries(void **state) {
    (void)state;
#define QUERY HEAD "sinks:\n  - id: a\n    family: database_access\n"
#define REPLACE "    replace: 'x.y({receiver}, {context})'\n"
    check_said(QUERY
               "    query: {model: a.B, methods: [select, __init__], refuse: ['*.raw']}\n" REPLACE
               "    except: {functions: [a.**]}\n",
               "");
    check_said(QUERY "    query: {modle: a.B, methods: [a.b]}\n" REPLACE,
               "6:13 E402 unknown key 'modle' ? did you mean 'model'?\n"
               "6:13 E406 'query' lacks the key 'model'\n"
               "6:35 E407 'a.b' is not an identifier\n");
    check_said(QUERY "    query: {model: a.*, methods: [b], refuse: [a b]}\n" REPLACE,
               "6:20 E407 'a.*' is not a dotted name\n"
               "6:48 E407 'a b' is not a dotted name or a pattern of one\n");
    check_said(QUERY "    query: {model: a.B, methods: [b]}\n",
               "6:5 E406 a sink with 'query' lacks the key 'replace'\n");
    check_said(QUERY "    query: {model: a.B, methods: [b]}\n    local: c\n"
                     "    replace: 'x({context})'\n",
               "8:14 E407 'replace' must contain '{receiver}'\n"
               "7:5 E407 'local' does not go with 'query'\n");
    check_said(QUERY
               "    query: {model: a.B, methods: [b]}\n    except: {attributes: [c]}\n" REPLACE,
               "7:14 E407 'attributes' does not go with 'query'\n");
    check_said(QUERY "    query: {model: [a.B, c.d], refuse_methods: [e], calls: [\n"
                     "      {target: f, wrap: function},\n"
                     "      {target: ['*.g'], wrap: object, given: mention}]}\n" REPLACE,
               "");
    check_said(QUERY "    query: {model: a.B}\n" REPLACE,
               "6:5 E406 'query' lacks one of 'methods' and 'calls'\n");
    check_said(QUERY "    query: {model: a.B, calls: [\n"
                     "      {target: f, wrap: object, given: rows},\n"
                     "      {target: f, warp: object}]}\n" REPLACE,
               "7:40 E407 unknown given 'rows' ? known are: model, mention\n"
               "7:16 E407 'f' has no object before a dot that 'object' could wrap\n"
               "8:19 E402 unknown key 'warp' ? did you mean 'wrap'?\n"
               "8:8 E406 an entry of 'calls' lacks the key 'wrap'\n");
    check_said(HEAD "sinks:\n  - {id: a, family: memory, singleton: a.b, accessor: {keyed_by: [tenant_id]},\n"
                    "     except: {functions: [c]}}\n",
               "5:15 E407 'functions' does not go with this sink\n");
    check_said(HEAD "sinks:\n  - {id: a, family: memory, symbol: a.b, replace: 'x({context})',\n"
                    "     except: {functions: [c], attributes: [d]}}\n",
               "");
    check_said(
        HEAD "sinks:\n  - {id: a, family: memory, symbol: a.b,\n"
             "     replace: 'x({receiver}, {context})'}\n",
        "5:15 E407 '{receiver}' is not a placeholder ? '{context}' can stand in 'replace'\n");
#undef QUERY
#undef REPLACE
}

static void places(void **state) {
    (void)state;
    check_said(HEAD "carriers:\n  - {class: a.B, expression: x.ctx, origin: massage}\n",
               "4:30 E407 'expression' must contain '{value}'\n"
               "4:45 E407 unknown origin 'massage' ? did you mean 'message'?\n");
    check_said(HEAD "boundaries:\n  - {id: a, origin: http}\n  - {id: a, file: [], origin: http}\n"
                    "  - {id: b, function: f, file: x, origin: http, create: 'c({parameter:})'}\n",
               "4:6 E406 a boundary lacks one of 'function', 'method', 'overrides', 'decorated_by' "
               "and 'file'\n"
               "5:19 E407 'file' must not be empty\n"
               "5:10 E407 the id 'a' is taken @ rules.yml:4:10 it is the id of this one\n"
               "6:57 E407 '{parameter:}' is not a placeholder ? '{parameter:NAME}' can stand in "
               "'create'\n"
               "6:26 E407 'function' and 'file' exclude each other\n");
    check_said(HEAD "forwarders:\n  - {target: a.b}\n  - {target: a.b, position: 1000}\n"
                    "  - {position: -1}\n",
               "4:6 E406 a forwarder lacks one of 'position', 'keyword' and 'receiver: true'\n"
               "5:29 E407 'position' must be from 0 to 99\n"
               "6:6 E406 a forwarder lacks the key 'target'\n"
               "6:16 E407 'position' must be from 0 to 99\n");
    check_said(HEAD "runtime: {folder: ../x}\n", "3:19 E407 'folder' must be inside the pack\n");
    check_said(HEAD "runtime: {package: a/b}\n",
               "3:20 E407 'a/b' is not a dotted name ? write a module as Python imports it: "
               "'app.config' is app/config.py\n");
    check_said(HEAD "runtime: {}\n", "3:10 E406 'runtime' needs 'package' or 'folder'\n");
    check_said(HEAD "carriers: [{class: a.B, expression: \"a.context_of({value})\"}]\n",
               "3:12 E406 a carrier whose expression is not '{value}.ctx' needs 'origin'\n");
    check_said(HEAD "runtime: {folder: /etc}\n", "3:19 E407 'folder' must be inside the pack\n");
}

static void context(void **state) {
    (void)state;
    check_said("version: 1\n", "1:1 E406 no rule file has 'context'\n");
    check_said(
        "version: 1\ncontext: {parameter: ctx}\n",
        "2:1 E406 'context' lacks the key 'type'\n2:1 E406 'context' lacks the key 'ambient'\n");
    check_said("version: 1\ncontext: {parameter: a b, type: a., ambient: c, mode: hibrid}\n",
               "2:22 E407 'a b' is not an identifier\n"
               "2:33 E407 'a.' is not a dotted name\n"
               "2:55 E407 unknown mode 'hibrid' ? did you mean 'hybrid'?\n");
    check_said("version: 1\ncontext: {parameter: p, type: t, ambient: c, dimensions: [d]}\n"
               "singletons: {find: true, keyed_by: [d]}\n",
               "2:1 E406 'context' lacks the key 'accessor_decorator'\n"
               "2:1 E406 'context' lacks the key 'ambient_instance'\n");
}

static void verify_section(void **state) {
    (void)state;
    Loaded loaded = load_rules(STR(HEAD "verify: {regression: {context: 'a.Ctx({tenant})'}}\n"));
    assert_true(loaded.good);
    assert_str(loaded.rules.regression.context, "a.Ctx({tenant})");
    assert_int_equal(loaded.rules.commands.count, 0);
    loaded_release(&loaded);

    check_said(HEAD "verify: {commands: [{name: lint, run: lint}]}\n",
               "3:10 E402 unknown key 'commands' ? known are: regression\n");
    check_said(HEAD "verify: {regression: {context: a.Ctx(), support: ../x.py}}\n",
               "3:32 E407 'context' must contain '{tenant}'\n");
    check_said(HEAD "verify: {regression: {context: 'a({tenant})', support: ../x.py}}\n",
               "3:56 E407 'support' must be a .py file inside the pack\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verify_section),
        cmocka_unit_test(full_pack),
        cmocka_unit_test(default_forwarders),
        cmocka_unit_test(top_level),
        cmocka_unit_test(names_and_choices),
        cmocka_unit_test(sinks),
        cmocka_unit_test(functions),
        cmocka_unit_test(queries),
        cmocka_unit_test(places),
        cmocka_unit_test(context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
