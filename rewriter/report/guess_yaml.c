// Guesses as a weft.yml. In: guesses. Out: rules that load, each with its evidence above it. What would change
// the tree by a mere likelihood (carriers, queries) is a comment to uncomment.
#include "report/guess.h"
#include "report/text.h"

static void add_text(StrBuf *out, Str text) { text_add_shown(out, text); }

static void add_place(StrBuf *out, const Place *place) {
    add_text(out, place->path);
    strbuf_addf(out, ":%u", place->at.line);
}

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
    strbuf_addf(out, "%s%u", any ? "-" : "singleton-", number);
}

static void add_context(StrBuf *out, const Guesses *guesses) {
    Str package = guesses->package;
    StrBuf home = {0};
    if (package.length > 0) {
        add_text(&home, package);
        strbuf_add_char(&home, '.');
    }
    strbuf_add_text(&home, "isolation");
    strbuf_addf(
        out,
        "# Written by weft init: guesses, each with its evidence. Correct them; docs/rules.md is\n"
        "# the reference, `weft scan` lists what the sinks match.\n"
        "version: 1\n\nruntime: { package: %s }\n\ncontext:\n"
        "  parameter: isolation_context\n  type: %s.IsolationContext\n"
        "  dimensions: [tenant_id, agent_id, platform, chat_stream_id]\n"
        "  ambient: %s.current_isolation_context\n"
        "  accessor_decorator: %s.isolated_accessor\n"
        "  ambient_instance: %s.ambient_instance\n",
        home.data, home.data, home.data, home.data, home.data);
    strbuf_release(&home);
}

static void add_singletons(StrBuf *out, const Guesses *guesses) {
    strbuf_add_text(
        out,
        "\n# Module-level instances that hold settings or change after they were made, most used "
        "first.\n# Take out what belongs to the process and not to a tenant, and choose the family "
        "of "
        "the rest.\n");
    strbuf_add_text(out, guesses->singletons.count > 0 ? "sinks:\n" : "sinks: []\n");
    for (uint32_t i = 0; i < guesses->singletons.count; i++) {
        const GuessSingleton *guess = &guesses->singletons.items[i];
        strbuf_add_text(out, "  # ");
        add_place(out, &guess->place);
        strbuf_addf(out, ": %s ", guess->is_getter ? "makes and returns one" : "an instance of");
        add_text(out, guess->klass);
        strbuf_addf(out, ", used by %u module%s;\n  # ", guess->importers,
                    guess->importers == 1 ? "" : "s");
        if (guess->changes.length > 0) {
            add_text(out, guess->changes);
            strbuf_add_text(out, " changes in ");
            add_place(out, &guess->changed_at);
        } else {
            strbuf_add_text(out, "its name or its base says that it holds settings");
        }
        strbuf_add_text(out, "\n  - id: ");
        add_id(out, guess->name, i + 1);
        strbuf_addf(out, "\n    family: %s\n    %s: ",
                    guess->is_settings ? "config_system" : "isolation_context",
                    guess->is_getter ? "call" : "singleton");
        add_text(out, guess->name);
        strbuf_add_text(out, "\n    accessor: { keyed_by: [tenant_id] }\n");
    }
}

static void add_carriers(StrBuf *out, const Guesses *guesses) {
    if (guesses->carriers.count == 0) return;
    strbuf_add_text(
        out,
        "\n# Classes that many functions take, and that may know their tenant.\n# carriers:\n");
    for (uint32_t i = 0; i < guesses->carriers.count; i++) {
        const GuessCarrier *guess = &guesses->carriers.items[i];
        strbuf_add_text(out, "#   # ");
        add_place(out, &guess->place);
        strbuf_addf(out, ": a parameter of %u functions\n#   - { class: ", guess->functions);
        add_text(out, guess->klass);
        strbuf_add_text(out, ", expression: \"{value}.isolation_context\" }\n");
    }
}

static void add_boundaries(StrBuf *out, const Guesses *guesses) {
    strbuf_add_text(out, "\n# Functions that a framework calls. Without `create` the ambient "
                         "context is read, and the\n"
                         "# site counts as bridged.\n");
    strbuf_add_text(out, guesses->boundaries.count > 0 ? "boundaries:\n" : "boundaries: []\n");
    for (uint32_t i = 0; i < guesses->boundaries.count; i++) {
        const GuessBoundary *guess = &guesses->boundaries.items[i];
        strbuf_addf(out, "  # %s is imported; %u function%s, the first in ", guess->framework,
                    guess->functions, guess->functions == 1 ? "" : "s");
        add_place(out, &guess->first);
        strbuf_addf(out, "\n  - id: %s\n    decorated_by: [%s]\n    origin: %s\n", guess->id,
                    guess->decorators, guess->origin);
    }
}

static void add_migrations(StrBuf *out, const Guesses *guesses) {
    if (!guesses->has_migrations) return;
    strbuf_add_text(out, "\n# Steps of a database that were taken once: they stay as they are.\n"
                         "exclude: [\"**/migrations/**\", \"**/versions/**\"]\n");
}

static void add_models(StrBuf *out, const Guesses *guesses) {
    for (uint32_t i = 0; i < guesses->models.count; i++) {
        const GuessModels *guess = &guesses->models.items[i];
        strbuf_add_text(out, "\n# ");
        add_place(out, &guess->place);
        strbuf_add_text(out, ": ");
        add_text(out, guess->klass);
        strbuf_add_text(out, " is a ");
        add_text(out, guess->base);
        strbuf_addf(
            out,
            "; %u class%s of the tree in all: see `query` in docs/rules.md\n# for how their rows "
            "are kept apart.\n",
            guess->classes, guess->classes == 1 ? "" : "es");
    }
}

void guess_write_yaml(const Guesses *guesses, FILE *out) {
    StrBuf text = {0};
    add_context(&text, guesses);
    add_singletons(&text, guesses);
    add_carriers(&text, guesses);
    add_boundaries(&text, guesses);
    add_migrations(&text, guesses);
    add_models(&text, guesses);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
