// Guesses as a weft.yml. In: guesses. Out: rules that load, each with its evidence above it. What would change
// the tree by a mere likelihood (carriers, queries) is a comment to uncomment.
#include "report/guess.h"

#include "base/message.h"
#include "report/text.h"

static void add_text(StrBuf *out, Str text) { text_add_shown(out, text); }

static void add_place(StrBuf *out, const Place *place) {
    add_text(out, place->path);
    strbuf_addf(out, ":%u", place->at.line);
}

static const char *plural(uint32_t count) { return count == 1 ? "" : "s"; }

// The last part of a dotted name, as an id: "global_config" -> "global-config".
static void add_id(StrBuf *out, Str dotted, uint32_t number) {
    Str name = str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
    bool any = false;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!plain && !any) continue; // a leading underscore
        strbuf_add_char(out, plain ? c : '-');
        any = true;
    }
    strbuf_addf(out, "%s%u", any ? "-" : "state-", number);
}

// The runtime package: "app.isolation"; that of the packs is for any tree.
static void add_home(StrBuf *out, const Guesses *guesses) {
    if (guesses->package.length > 0 && guesses->packs.count == 0) {
        add_text(out, guesses->package);
        strbuf_add_char(out, '.');
    }
    strbuf_add_text(out, "isolation");
}

// They have the context, the runtime, and the functions that their frameworks call.
static void add_packs(StrBuf *out, const Guesses *guesses) {
    strbuf_add_char(out, '\n');
    for (uint32_t i = 0; i < guesses->packs.count; i++) {
        const GuessPack *guess = &guesses->packs.items[i];
        message_add(out, "# %s is imported by %u module%s, first in ", guess->module, guess->modules,
                    plural(guess->modules));
        add_place(out, &guess->first);
        strbuf_addf(out, ": docs/packs/%s.md\n", guess->name);
    }
    strbuf_add_text(out, "packs: [");
    for (uint32_t i = 0; i < guesses->packs.count; i++)
        strbuf_addf(out, "%s%s", i > 0 ? ", " : "", guesses->packs.items[i].name);
    strbuf_add_text(out, "]\n");
}

static void add_context(StrBuf *out, const Guesses *guesses) {
    StrBuf home = {0};
    add_home(&home, guesses);
    strbuf_addf(
        out,
        "\nruntime: { package: %s }\n\ncontext:\n"
        "  parameter: isolation_context\n  type: %s.IsolationContext\n"
        "  dimensions: [tenant_id, agent_id, platform, chat_stream_id]\n"
        "  ambient: %s.current_isolation_context\n"
        "  accessor_decorator: %s.isolated_accessor\n"
        "  ambient_instance: %s.ambient_instance\n"
        "  cached_property: %s.isolated_cached_property\n",
        home.data, home.data, home.data, home.data, home.data, home.data);
    strbuf_release(&home);
}

// ---- sinks ---------------------------------------------------------------------------------------
static void add_evidence(StrBuf *out, const GuessState *guess) {
    static const char *const whats[] = {
        [STATE_INSTANCE] = "an instance of ",
        [STATE_GETTER] = "makes and keeps one ",
        [STATE_MODULE] = "a module of settings",
        [STATE_CLASS] = "a class of settings",
        [STATE_HELD] = "settings that an object holds",
        [STATE_OUTSIDE] = "settings that are not in the tree",
        [STATE_NAME] = "bound in a branch, in place of its class, or anew by functions, to an instance of ",
        [STATE_KEPT] = "returns such a name, of "};
    strbuf_add_text(out, "  # ");
    add_place(out, &guess->place);
    message_add(out, ": %s", whats[guess->kind]);
    add_text(out, guess->klass);
    if (guess->importers > 0)
        message_add(out, ", used by %u module%s", guess->importers, plural(guess->importers));
    else
        message_add(out, ", used in its own module");
    if (guess->klass.length > 0) strbuf_add_text(out, ";\n  # ");
    if (guess->changes.length > 0) {
        add_text(out, guess->changes);
        message_add(out, " changes in ");
        add_place(out, &guess->changed_at);
    } else if (guess->klass.length > 0) {
        message_add(out, "its name or its base says that it holds settings");
    }
    strbuf_add_char(out, '\n');
}

// An instance is made anew for each tenant; of other settings a tenant sees its own in front of the process's.
static void add_rule(StrBuf *out, const Guesses *guesses, const GuessState *guess) {
    static const char *const keys[] = {
        [STATE_INSTANCE] = "singleton", [STATE_GETTER] = "call",    [STATE_MODULE] = "symbol",
        [STATE_CLASS] = "symbol",       [STATE_OUTSIDE] = "symbol", [STATE_NAME] = "symbol",
        [STATE_HELD] = "attribute",     [STATE_KEPT] = "call"};
    strbuf_addf(out, "\n    family: %s\n    %s: ", guess->is_settings ? "settings" : "objects",
                keys[guess->kind]);
    add_text(out, guess->name);
    if (guess->kind == STATE_INSTANCE || guess->kind == STATE_GETTER) {
        strbuf_add_text(out, "\n    accessor: { keyed_by: [tenant_id] }\n");
        return;
    }
    strbuf_add_text(out, "\n    replace: '");
    add_home(out, guesses);
    strbuf_add_text(out, ".tenant_settings(\"");
    add_text(out, guess->settings.length > 0 ? guess->settings : guess->name);
    strbuf_addf(out, "\", {context}%s)'\n", guess->kind == STATE_HELD ? ", {receiver}" : "");
}

static bool is_rule(const GuessHeld *held) {
    return held->is_settings && str_starts_with(held->name, STR("app.state."));
}

static uint32_t count_held_rules(const Guesses *guesses) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < guesses->held.count; i++) count += is_rule(&guesses->held.items[i]);
    return count;
}

// By way of a request: what start-up writes stays as it is, and is what a tenant without settings of its own sees.
static void add_held_settings(StrBuf *out, const Guesses *guesses) {
    uint32_t number = guesses->states.count;
    for (uint32_t i = 0; i < guesses->held.count; i++) {
        const GuessHeld *held = &guesses->held.items[i];
        if (!is_rule(held)) continue;
        Str last = str_slice(held->name, STR("app.state.").length, held->name.length);
        strbuf_add_text(out, "  # ");
        add_place(out, &held->place);
        message_add(out, ": settings that the application holds, read at %u places\n  - id: ", held->reads);
        add_id(out, held->name, ++number);
        strbuf_addf(out, "\n    family: settings\n    pattern: $REQUEST.app.state.%.*s\n    replace: '", STR_ARG(last));
        add_home(out, guesses);
        strbuf_addf(out, ".tenant_settings(\"%.*s\", {context}, $REQUEST.app.state)'\n", STR_ARG(held->name));
    }
}

// Only a person knows what of the rest is one tenant's: a pool of connections is everybody's, a cache is not.
static void add_held(StrBuf *out, const Guesses *guesses) {
    if (guesses->held.count == count_held_rules(guesses)) return;
    message_add(out, "  # What the application holds for all requests. A pool of connections may stay one where "
                         "rows know their\n  # tenant (`data:`); what keeps values of one tenant wants a rule, with a "
                         "part for each:\n  # - { id: cache, family: objects, pattern: $APP.state.cache,\n  #     "
                         "replace: '");
    add_home(out, guesses);
    strbuf_add_text(out, ".tenant_part($APP.state, \"cache\", {context})' }\n");
    for (uint32_t i = 0; i < guesses->held.count; i++) {
        const GuessHeld *held = &guesses->held.items[i];
        if (is_rule(held)) continue;
        strbuf_add_text(out, "  # ");
        add_place(out, &held->place);
        strbuf_add_text(out, ": ");
        add_text(out, held->name);
        message_add(out, ", read at %u places\n", held->reads);
    }
}

static void add_states(StrBuf *out, const Guesses *guesses) {
    message_add(
        out, "\n# Settings, and module-level instances that change after they were made, most "
             "used first. Take out what\n# belongs to the process and not to a tenant, and "
             "choose the family of the rest.\n");
    strbuf_add_text(out, guesses->states.count > 0 || count_held_rules(guesses) > 0 ? "sinks:\n" : "sinks: []\n");
    for (uint32_t i = 0; i < guesses->states.count; i++) {
        const GuessState *guess = &guesses->states.items[i];
        add_evidence(out, guess);
        strbuf_add_text(out, "  - id: ");
        add_id(out, guess->name, i + 1);
        add_rule(out, guesses, guess);
    }
    add_held_settings(out, guesses);
    add_held(out, guesses);
    if (guesses->constants.count == 0) return;
    message_add(out, "  # Left out as constants, since nothing changes them: ");
    for (uint32_t i = 0; i < guesses->constants.count; i++) {
        if (i > 0) strbuf_add_text(out, i % 3 == 0 ? ",\n  # " : ", ");
        add_text(out, guesses->constants.items[i]);
    }
    strbuf_add_char(out, '\n');
}

// ---- the rest ------------------------------------------------------------------------------------
static void add_carriers(StrBuf *out, const Guesses *guesses) {
    if (guesses->carriers.count == 0) return;
    message_add(
        out,
        "\n# Classes that many functions take, and that may know their tenant.\n# carriers:\n");
    for (uint32_t i = 0; i < guesses->carriers.count; i++) {
        const GuessCarrier *guess = &guesses->carriers.items[i];
        strbuf_add_text(out, "#   # ");
        add_place(out, &guess->place);
        message_add(out, ": a parameter of %u functions\n#   - { class: ", guess->functions);
        add_text(out, guess->klass);
        strbuf_add_text(out, ", expression: \"{value}.isolation_context\" }\n");
    }
}

static void add_boundaries(StrBuf *out, const Guesses *guesses) {
    message_add(out, "\n# Functions that a framework calls. Without `create` the ambient "
                         "context is read, and the\n"
                         "# site counts as bridged.\n");
    strbuf_add_text(out, guesses->boundaries.count > 0 ? "boundaries:\n" : "boundaries: []\n");
    for (uint32_t i = 0; i < guesses->boundaries.count; i++) {
        const GuessBoundary *guess = &guesses->boundaries.items[i];
        strbuf_add_text(out, "  # ");
        add_text(out, message_str(guess->evidence));
        message_add(out, "; %u function%s, the first in ", guess->functions,
                    plural(guess->functions));
        add_place(out, &guess->first);
        strbuf_addf(out, "\n  - id: %s\n    %s: [%.*s]\n    origin: %s\n", guess->id, guess->key,
                    STR_ARG(guess->list), guess->origin);
    }
}

static void add_migrations(StrBuf *out, const Guesses *guesses) {
    if (guesses->migrations.count == 0) return;
    message_add(out, "\n# Steps of a database that were taken once: they stay as they are.\n"
                         "exclude: [");
    for (uint32_t i = 0; i < guesses->migrations.count; i++) {
        strbuf_add_text(out, i > 0 ? ", \"" : "\"");
        strbuf_add(out, guesses->migrations.items[i]);
        strbuf_add_char(out, '"');
    }
    strbuf_add_text(out, "]\n");
}

static void add_models(StrBuf *out, const Guesses *guesses) {
    for (uint32_t i = 0; i < guesses->models.count; i++) {
        const GuessModels *guess = &guesses->models.items[i];
        message_add(out, "\n# %u table%s of %s, the first in ", guess->classes,
                    plural(guess->classes), guess->mapper);
        add_place(out, &guess->place);
        strbuf_add_text(out, ": ");
        add_text(out, guess->klass);
        message_add(out, ".\n# One rule keeps the rows of all of them apart, once ");
        add_home(out, guesses);
        message_add(out,
                        ".scoped is written, which\n# docs/rules.md says how (queries). Then take "
                        "this under `sinks`:\n#   - id: rows\n#     family: rows\n"
                        "#     query:\n");
        message_add(out, "#       model: %s\n", guess->bases);
        Str rest = str_from(guess->asks), line;
        while (str_split_next(&rest, '\n', &line))
            strbuf_addf(out, "#       %.*s\n", STR_ARG(line));
        strbuf_add_text(out, "#     replace: ");
        add_home(out, guesses);
        strbuf_add_text(out, ".scoped({receiver}, {context})\n");
    }
}

void guess_write_yaml(const Guesses *guesses, StrBuf *out) {
    message_add(out, "# Written by weft init: guesses, each with its evidence. Correct them; docs/rules.md is\n"
                         "# the reference, `weft scan` lists what the sinks match.\n"
                         "version: 1\n");
    if (guesses->packs.count > 0)
        add_packs(out, guesses);
    else
        add_context(out, guesses);
    add_states(out, guesses);
    add_carriers(out, guesses);
    add_boundaries(out, guesses);
    add_migrations(out, guesses);
    add_models(out, guesses);
}

uint32_t guess_count_states(const Guesses *guesses) { return guesses->states.count + count_held_rules(guesses); }
