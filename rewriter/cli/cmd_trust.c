// `weft trust`: shows the commands of a tree and keeps that the user allows them. Runs none of them and
// writes nothing into the tree.
#include "verify/trust.h"

#include <errno.h>
#include <unistd.h>

#include "base/message.h"
#include "base/path.h"
#include "cli/cmd.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/trust_options.h"
#include "report/text.h"
#include "rule/load.h"
#include "verify/command.h"

typedef struct Request {
    Arena arena;
    const TrustOptions *options;
    Str root; // of the tree; empty: --list is about none
    StateFolder folder;
    Sources sources;
    Rules rules;
    Diagnostics diagnostics;
} Request;

static bool refuse(Request *request, const char *what, const char *why) {
    diagnostic_add(&request->diagnostics, DIAGNOSTIC_E811, SPAN_NONE, "cannot %s: %s", what, why);
    return false;
}

// ---- showing -------------------------------------------------------------------------------------
static void add_shown_commands(Arena *arena, StrBuf *text, const VerifyCommand *commands,
                               uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        strbuf_add_text(text, "  ");
        text_add_shown(text, commands[i].name);
        strbuf_add_text(text, message_text(commands[i].shell ? ": by the shell: " : ": "));
        text_add_shown(text, command_text(arena, &commands[i]));
        strbuf_add_char(text, '\n');
    }
}

static void show(Request *request, Str root, const VerifyCommand *commands, uint32_t count) {
    StrBuf text = {0};
    text_add_shown(&text, root);
    strbuf_add_char(&text, '\n');
    add_shown_commands(&request->arena, &text, commands, count);
    fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

// ---- the three requests --------------------------------------------------------------------------
static bool list_all(Request *request) {
    TrustList trusted;
    trust_read(&request->folder, &trusted);
    for (uint32_t i = 0; i < trusted.list.count; i++) {
        const Trusted *entry = &trusted.list.items[i];
        show(request, entry->root, entry->commands.items, entry->commands.count);
    }
    trust_release(&trusted);
    return true;
}

static bool revoke_tree(Request *request) {
    uint32_t count;
    if (!trust_revoke(&request->folder, request->root, &count))
        return refuse(request, "take back what was allowed", strerror(errno));
    if (request->options->base.verbosity >= 0)
        fputs(message_text(count > 0 ? "weft: taken back\n"
                                     : "weft: nothing was allowed for this tree\n"),
              stderr);
    return true;
}

static bool is_yes(void) {
    message_print(stdout, "Allow `weft verify` to run these? [y/N] ");
    fflush(stdout);
    int first = getchar();
    for (int c = first; c != '\n' && c != EOF;) c = getchar();
    return first == 'y' || first == 'Y';
}

// Without a person at the terminal only --yes allows anything.
static bool ask(Request *request) {
    if (request->options->yes) return true;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        refuse(request, "allow these commands", "nobody is there to ask");
        diagnostic_help(&request->diagnostics, "--yes allows them without asking");
        return false;
    }
    return is_yes() || refuse(request, "allow these commands", "the answer was no");
}

static bool allow_tree(Request *request) {
    RuleOptions options = {.root = request->root};
    if (!rules_load_verification(&options, &request->sources, &request->rules,
                                 &request->diagnostics))
        return false;
    uint32_t count = request->rules.commands.count;
    if (count == 0) return refuse(request, "allow commands", "weft.yml of this tree names none");
    show(request, request->root, request->rules.commands.items, count);
    bool quiet = request->options->base.verbosity < 0;
    if (trust_holds(&request->folder, request->root, &request->rules)) {
        if (!quiet) message_print(stderr, "weft: allowed already\n");
        return true;
    }
    if (!ask(request)) return false;
    if (!trust_add(&request->folder, request->root, &request->rules))
        return refuse(request, "keep that they are allowed", strerror(errno));
    if (!quiet) message_print(stderr, "weft: allowed\n");
    return true;
}

// ---- the command ---------------------------------------------------------------------------------
// What is gone can still be revoked.
static bool find_root(Request *request) {
    const TrustOptions *options = request->options;
    Str named = path_join(&request->arena, options->base.sources.root, options->tree);
    if (path_real(&request->arena, named, &request->root)) return true;
    int why = errno;
    if (options->revoke && str_starts_with(named, STR("/"))) {
        request->root = path_normalize(&request->arena, named);
        return true;
    }
    diagnostic_add(&request->diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s",
                   STR_ARG(named), strerror(why));
    return false;
}

static bool carry_out(Request *request) {
    const TrustOptions *options = request->options;
    const char *why;
    if (!options->list && !find_root(request)) return false;
    if (!state_folder_open(&request->folder, request->root, &why))
        return refuse(request, "keep what is allowed", why);
    if (options->list) return list_all(request);
    return options->revoke ? revoke_tree(request) : allow_tree(request);
}

int cmd_trust(int argc, char **argv) {
    TrustOptions options;
    trust_options_parse(argc, argv, &options);
    Request request = {.options = &options};
    vec_extend(&request.sources.files, 1); // the entry that stands for no file
    bool good = carry_out(&request);
    fflush(stdout);
    diagnostics_sort(&request.diagnostics, &request.sources);
    diagnostics_render(&request.diagnostics, &request.sources, SEVERITY_NOTE,
                       output_color(options.base.color, stderr), stderr);
    if (!output_finish()) good = false;
    state_folder_close(&request.folder);
    rules_release(&request.rules);
    sources_release(&request.sources);
    diagnostics_release(&request.diagnostics);
    arena_release(&request.arena);
    trust_options_release(&options);
    return good ? EXIT_DONE : EXIT_WRONG;
}
