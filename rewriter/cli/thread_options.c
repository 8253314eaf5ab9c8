// Command lines of `weft thread`. In: argv. Out: a request for signatures, whose parts go together. What they name is
// not looked up here.
#include "cli/thread_options.h"

#include "rule/schema.h"

enum ThreadKey {
    KEY_PARAMETER = 2048,
    KEY_POSITION,
    KEY_DEFAULT,
    KEY_VALUE,
    KEY_UNTIL,
    KEY_FROM,
    KEY_BY_NAME,
    KEY_HOPS,
    KEY_REPLACE,
    KEY_DESCRIBE,
    KEY_REMOVE,
    KEY_RENAME,
    KEY_CLOSED,
    KEY_EVERYWHERE,
    KEY_APPLY,
    KEY_RULE,
};
enum { MOST_HOPS = 1000000 };

const struct argp_option THREAD_OPTIONS[] = {
    {"parameter", KEY_PARAMETER, "NAME[: TYPE]", 0, "the parameter, as it is declared: 'tenant: app.Tenant'", 0},
    {"position", KEY_POSITION, "WHERE", 0,
     "first, last, a number from 1, or keyword (by name only; the default); the receiver is not counted", 0},
    {"default", KEY_DEFAULT, "EXPR", 0, "its default value: calls need not pass it, and stay as they are", 0},
    {"value", KEY_VALUE, "EXPR", 0, "callers pass this, and do not gain the parameter (see --hops)", 0},
    {"until", KEY_UNTIL, "GLOB", 0,
     "functions that do not gain it but pass --from: 'app.web.*'; may be repeated, and the first that fits counts", 0},
    {"from", KEY_FROM, "EXPR", 0, "what the functions of --until before it pass: 'request.tenant'", 0},
    {"by-name", KEY_BY_NAME, NULL, 0, "calls pass it by name wherever they can", 0},
    {"hops", KEY_HOPS, "N", 0, "callers up to N calls away gain it, too (all; 0 with --value or --default)", 0},
    {"replace", KEY_REPLACE, "EXPR", 0,
     "in functions that have the parameter this becomes it: 'app.current()'; without FUNCTION those that have it "
     "gain the parameter",
     0},
    {"describe", KEY_DESCRIBE, "TEXT", 0, "what docstrings say of it that list parameters", 0},
    {"remove", KEY_REMOVE, NULL, 0, "take the parameter out instead, and what calls pass for it", 0},
    {"rename", KEY_RENAME, "NAME", 0, "call the parameter NAME instead", 0},
    {"closed-base", KEY_CLOSED, "GLOB", 0,
     "bases outside the tree that do not call the methods: 'pydantic.BaseModel'; may be repeated", 0},
    {"everywhere", KEY_EVERYWHERE, NULL, 0,
     "calls on values of unknown type pass it, too, where all functions of the name take it", 0},
    {"rule", KEY_RULE, "ID", 0, "do what this entry of 'thread' in the rules says", 0},
    {"apply", KEY_APPLY, NULL, 0, "write the change, all or nothing", 0},
    {0},
};

static Str own(Options *options, struct argp_state *state, const char *option, const char *value) {
    Str text = arena_copy(&options->arena, str_trim(str_from(value)));
    if (text.length == 0) option_refuse(state, "%s needs a value", option);
    if (str_find(text, '\n') >= 0) option_refuse(state, "%s is code of one line", option);
    return text;
}

static void read_parameter(struct argp_state *state, const char *value, Options *options) {
    SignatureRequest *request = &options->signature;
    if (!signature_read_parameter(own(options, state, "--parameter", value), request))
        option_refuse(state, "'%s' is no parameter; it is NAME or NAME: TYPE, such as 'tenant: app.Tenant'; a default "
                             "is given with --default",
                      value);
}

// For all of --until since the last one.
static void read_from(struct argp_state *state, const char *value, Options *options) {
    SignatureRequest *request = &options->signature;
    Str text = own(options, state, "--from", value);
    uint32_t before = request->sources.count;
    while (before > 0 && request->sources.items[before - 1].from.length == 0) before--;
    if (before == request->sources.count)
        option_refuse(state, "--from comes behind --until: which functions pass '%s'?", value);
    for (; before < request->sources.count; before++) request->sources.items[before].from = text;
}

static void read_position(struct argp_state *state, const char *value, Options *options) {
    if (!signature_read_position(str_from(value), &options->signature.position))
        option_refuse(state, "'%s' is no value of --position; it takes first, last, keyword, or a number from 1 to 1000",
                      value);
}

static void check_together(struct argp_state *state, Options *options) {
    SignatureRequest *request = &options->signature;
    if (options->thread_rule.length > 0) {
        if (request->parameter.length > 0 || request->functions.count > 0)
            option_refuse(state, "--rule takes all that an entry of 'thread' says; name no function or parameter");
        return;
    }
    const char *mistake = signature_mistake(request);
    if (mistake) option_refuse(state, "%s", mistake);
    for (uint32_t i = 0; i < request->sources.count; i++)
        if (request->sources.items[i].from.length == 0)
            option_refuse(state, "--until '%.*s' needs --from behind it: what do these functions pass?",
                          STR_ARG(request->sources.items[i].until));
}

// 1 + N, so that 0 means that nothing was said.
static void read_hops(struct argp_state *state, const char *value, Options *options) {
    options->signature.hops = 1 + (uint32_t)option_number(state, "--hops", str_from(value), 0, MOST_HOPS);
}

static void finish(struct argp_state *state, Options *options) {
    SignatureRequest *request = &options->signature;
    check_together(state, options);
    request->hops = request->hops > 0 ? request->hops - 1 : signature_default_hops(request);
}

static void choose_action(struct argp_state *state, Options *options, SignatureAction action) {
    if (options->signature.action != SIGNATURE_ADD) option_refuse(state, "--remove and --rename exclude each other");
    options->signature.action = action;
}

error_t options_parse_thread(int key, char *value, struct argp_state *state) {
    Options *options = state->input;
    SignatureRequest *request = &options->signature;
    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = options; break;
    case ARGP_KEY_ARG: vec_add(&request->functions, own(options, state, "a function", value)); break;
    case KEY_PARAMETER: read_parameter(state, value, options); break;
    case KEY_POSITION: read_position(state, value, options); break;
    case KEY_DEFAULT: request->default_value = own(options, state, "--default", value); break;
    case KEY_VALUE: request->value = own(options, state, "--value", value); break;
    case KEY_UNTIL:
        vec_add(&request->sources, ((SignatureSource){.until = own(options, state, "--until", value)}));
        break;
    case KEY_FROM: read_from(state, value, options); break;
    case KEY_BY_NAME: request->by_name = true; break;
    case KEY_HOPS: read_hops(state, value, options); break;
    case KEY_REPLACE: request->replace = own(options, state, "--replace", value); break;
    case KEY_DESCRIBE: request->about = own(options, state, "--describe", value); break;
    case KEY_REMOVE: choose_action(state, options, SIGNATURE_REMOVE); break;
    case KEY_RENAME:
        choose_action(state, options, SIGNATURE_RENAME);
        request->new_name = own(options, state, "--rename", value);
        if (!schema_is_identifier(request->new_name)) option_refuse(state, "'%s' is no name", value);
        break;
    case KEY_CLOSED: vec_add(&request->closed, own(options, state, "--closed-base", value)); break;
    case KEY_EVERYWHERE: request->everywhere = true; break;
    case KEY_RULE: options->thread_rule = own(options, state, "--rule", value); break;
    case KEY_APPLY: options->write = true; break;
    case ARGP_KEY_END: finish(state, options); break;
    default: return ARGP_ERR_UNKNOWN;
    }
    return 0;
}
