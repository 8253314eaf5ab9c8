// The server's loop: one message after the other. In: requests and notifications. Out: answers; and diagnostics, when nobody
// has typed for a moment. It runs nothing that a tree names, and writes no file: the editor does.
#include "cli/lsp/server.h"

#include <stdio.h>

#include "base/bug.h"
#include "base/message.h"
#include "base/path.h"
#include "cli/exit.h"
#include "cli/language.h"
#include "cli/languages.h"
#include "cli/lsp/action.h"
#include "cli/lsp/hierarchy.h"
#include "cli/lsp/publish.h"
#include "cli/lsp/rule_help.h"
#include "cli/lsp/rule_schema.h"
#include "cli/lsp/wire.h"

enum { PAUSE = 80 };         // milliseconds without a change
enum { MOST_WAITING = 500 }; // messages in the queue; the editor waits with more
// Codes of JSON-RPC and of the protocol.
enum {
    PARSE_ERROR = -32700,
    INVALID_REQUEST = -32600,
    METHOD_NOT_FOUND = -32601,
    NOT_INITIALIZED = -32002,
    REQUEST_FAILED = -32803,
    REQUEST_CANCELLED = -32800,
    CONTENT_MODIFIED = -32801,
};

typedef struct Server {
    Wire wire;
    Documents documents;
    Vec(Tree *) trees;
    Vec(json_t *) queue; // messages that have come, in order
    json_t *schema;      // of rule files
    const json_t *asked; // the id of the request that is being answered; NULL: of none
    bool cancelled;      // it was taken back meanwhile
    bool initialized, shut_down, ended, broken;
} Server;

// ---- trees --------------------------------------------------------------------------------------------
static void add_tree(Server *server, const char *uri) {
    Arena arena = {0};
    Str real;
    char *path = uri != NULL ? uri_path(uri) : NULL;
    if (path != NULL && path_real(&arena, str_from(path), &real)) {
        bool known = false;
        for (uint32_t i = 0; i < server->trees.count; i++)
            known = known || str_equal(str_from(server->trees.items[i]->root), real);
        if (!known) {
            Tree *tree = memory_alloc_zeroed(1, sizeof *tree);
            tree_open(tree, real.data);
            vec_add(&server->trees, tree);
        }
    }
    free(path);
    arena_release(&arena);
}

static void remove_tree(Server *server, const char *uri) {
    char *path = uri != NULL ? uri_path(uri) : NULL;
    for (uint32_t i = 0; path != NULL && i < server->trees.count; i++) {
        if (strcmp(server->trees.items[i]->root, path) != 0) continue;
        tree_close(server->trees.items[i]);
        free(server->trees.items[i]);
        server->trees.items[i] = *vec_last(&server->trees);
        server->trees.count--;
        break;
    }
    free(path);
}

// The trees that may see the file another way now. Rules of one tree may lie in another one.
static void mark_stale(Server *server, const char *uri) {
    Str below;
    char *path = uri != NULL ? uri_path(uri) : NULL;
    bool all = path == NULL || !languages_accept(str_from(path));
    for (uint32_t i = 0; i < server->trees.count; i++) {
        Tree *tree = server->trees.items[i];
        if (all || path_below(str_from(tree->root), path, &below)) tree->stale = true;
    }
    free(path);
}

static void mark_watched(Server *server, const json_t *changes) {
    if (json_array_size(changes) == 0) mark_stale(server, NULL);
    for (size_t i = 0; i < json_array_size(changes); i++)
        mark_stale(server, json_string_value(json_object_get(json_array_get(changes, i), "uri")));
}

// The innermost tree that has the file.
static Tree *tree_of(Server *server, const char *uri) {
    char *path = uri != NULL ? uri_path(uri) : NULL;
    Tree *found = NULL;
    Str below;
    for (uint32_t i = 0; path != NULL && i < server->trees.count; i++) {
        Tree *tree = server->trees.items[i];
        bool inner = found == NULL || strlen(tree->root) > strlen(found->root);
        if (inner && path_below(str_from(tree->root), path, &below)) found = tree;
    }
    free(path);
    return found;
}

static bool is_waiting(const Server *server) {
    for (uint32_t i = 0; i < server->trees.count; i++)
        if (server->trees.items[i]->stale) return true;
    return false;
}

// ---- answers --------------------------------------------------------------------------------------------
static void answer(Server *server, const json_t *id, json_t *result) {
    json_t *message = json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result", result);
    if (!wire_write(message)) server->ended = true;
}

static void answer_error(Server *server, const json_t *id, int code, const char *text) {
    json_t *none = json_null();
    json_t *message = json_pack("{s:s, s:O, s:{s:i, s:s}}", "jsonrpc", "2.0", "id", id ? id : none, "error", "code",
                                code, "message", text);
    if (!wire_write(message)) server->ended = true;
}

static bool receive(Server *server, int timeout);

// Text has come that the analysis does not know, or nobody waits for the answer any more. What comes meanwhile stays in the queue.
static bool is_unwanted(void *data) {
    static const char changes[] = "textDocument/did";
    Server *server = data;
    receive(server, 0);
    bool unwanted = server->cancelled || server->ended;
    for (uint32_t i = 0; i < server->queue.count; i++) {
        const char *method = json_string_value(json_object_get(server->queue.items[i], "method"));
        unwanted = unwanted || strncmp(method, changes, sizeof changes - 1) == 0;
    }
    return unwanted;
}

static bool refresh(Server *server, Tree *tree) {
    GivingUp giving_up = {is_unwanted, server};
    bool waited = tree->stale, fresh = tree_refresh(tree, &server->documents, &giving_up);
    if (waited && fresh && !publish_diagnostics(tree)) server->ended = true;
    return fresh;
}

static void refresh_all(Server *server) {
    for (uint32_t i = 0; i < server->trees.count; i++)
        if (!refresh(server, server->trees.items[i])) return;
}

// False when the request ID has its answer: the text has changed meanwhile, or it was taken back.
static bool refresh_for(Server *server, Tree *tree, const json_t *id) {
    server->asked = id;
    server->cancelled = false;
    bool fresh = refresh(server, tree);
    if (!fresh && server->cancelled)
        answer_error(server, id, REQUEST_CANCELLED, "it was cancelled");
    else if (!fresh)
        answer_error(server, id, CONTENT_MODIFIED, "the text has changed meanwhile");
    server->asked = NULL;
    server->cancelled = false;
    return fresh;
}

static json_t *capabilities(void) {
    json_t *synchronization = json_pack("{s:b, s:i, s:b}", "openClose", 1, "change", 2, "save", 1);
    json_t *actions = json_pack("{s:[s, s], s:b}", "codeActionKinds", "quickfix", "refactor.rewrite",
                                "resolveProvider", 1);
    json_t *folders = json_pack("{s:{s:b, s:b}}", "workspaceFolders", "supported", 1, "changeNotifications", 1);
    json_t *completion = json_pack("{s:[s], s:b}", "triggerCharacters", ".", "resolveProvider", 0);
    return json_pack("{s:{s:s, s:o, s:o, s:b, s:{s:b}, s:b, s:o, s:o}, s:{s:s, s:s}}", "capabilities", "positionEncoding",
                     "utf-16", "textDocumentSync", synchronization, "codeActionProvider", actions, "hoverProvider", 1,
                     "codeLensProvider", "resolveProvider", 0, "callHierarchyProvider", 1, "completionProvider", completion,
                     "workspace", folders, "serverInfo", "name", "weft",
                     "version", WEFT_VERSION);
}

static void initialize(Server *server, const json_t *id, const json_t *parameters) {
    const json_t *folders = json_object_get(parameters, "workspaceFolders");
    const char *locale = json_string_value(json_object_get(parameters, "locale"));
    if (locale != NULL) language_suggest(locale);
    for (size_t i = 0; i < json_array_size(folders); i++)
        add_tree(server, json_string_value(json_object_get(json_array_get(folders, i), "uri")));
    if (json_array_size(folders) == 0) add_tree(server, json_string_value(json_object_get(parameters, "rootUri")));
    server->initialized = true;
    answer(server, id, capabilities());
}

static void resolve(Server *server, const json_t *id, json_t *action) {
    const char *uri = json_string_value(json_object_get(json_object_get(action, "data"), "uri"));
    Tree *tree = tree_of(server, uri);
    if (tree == NULL) {
        answer(server, id, json_incref(action));
        return;
    }
    if (!refresh_for(server, tree, id)) return;
    char *why;
    json_t *resolved = action_resolve(tree, &server->documents, action, &why);
    if (resolved != NULL)
        answer(server, id, resolved);
    else
        answer_error(server, id, REQUEST_FAILED, why);
    free(why);
}

// Who writes rules needs no analysis of what is there: the last one will do.
static bool answer_about_rules(Server *server, const char *method, const json_t *id, const json_t *parameters) {
    bool completes = strcmp(method, "textDocument/completion") == 0, hovers = strcmp(method, "textDocument/hover") == 0;
    if (!completes && !hovers) return false;
    const char *uri = json_string_value(json_object_get(json_object_get(parameters, "textDocument"), "uri"));
    Tree *tree = tree_of(server, uri);
    const Document *document = documents_find(&server->documents, uri);
    if (tree != NULL && tree->now == NULL && !refresh_for(server, tree, id)) return true;
    RuleRequest request = {tree, document, server->schema, parameters};
    if (tree != NULL && rule_help_is_for(tree, document))
        answer(server, id, completes ? rule_help_completion(&request) : rule_help_hover(&request));
    else if (completes)
        answer(server, id, json_array());
    else
        return false;
    return true;
}

// Requests about one file.
static bool answer_about_file(Server *server, const char *method, const json_t *id, const json_t *parameters) {
    bool actions = strcmp(method, "textDocument/codeAction") == 0, hover = strcmp(method, "textDocument/hover") == 0;
    bool lenses = strcmp(method, "textDocument/codeLens") == 0;
    bool prepares = strcmp(method, "textDocument/prepareCallHierarchy") == 0;
    bool incoming = strcmp(method, "callHierarchy/incomingCalls") == 0;
    bool outgoing = strcmp(method, "callHierarchy/outgoingCalls") == 0;
    if (!actions && !hover && !lenses && !prepares && !incoming && !outgoing) return false;
    const json_t *item = json_object_get(json_object_get(parameters, "item"), "data");
    const json_t *document = incoming || outgoing ? item : json_object_get(parameters, "textDocument");
    Tree *tree = tree_of(server, json_string_value(json_object_get(document, "uri")));
    if (tree == NULL) {
        answer(server, id, hover || prepares ? json_null() : json_array());
        return true;
    }
    if (!refresh_for(server, tree, id)) return true;
    answer(server, id, actions    ? action_list(tree, parameters)
                       : hover    ? action_hover(tree, parameters)
                       : prepares ? hierarchy_prepare(tree, parameters)
                       : incoming ? hierarchy_incoming(tree, parameters)
                       : outgoing ? hierarchy_outgoing(tree, parameters)
                                  : action_lenses(tree, parameters));
    return true;
}

static void handle_request(Server *server, const char *method, const json_t *id, json_t *parameters) {
    if (strcmp(method, "initialize") == 0)
        initialize(server, id, parameters);
    else if (!server->initialized)
        answer_error(server, id, NOT_INITIALIZED, "the first request is 'initialize'");
    else if (strcmp(method, "shutdown") == 0)
        server->shut_down = true, answer(server, id, json_null());
    else if (server->shut_down)
        answer_error(server, id, INVALID_REQUEST, "the server is shut down");
    else if (strcmp(method, "codeAction/resolve") == 0)
        resolve(server, id, parameters);
    else if (!answer_about_rules(server, method, id, parameters) && !answer_about_file(server, method, id, parameters))
        answer_error(server, id, METHOD_NOT_FOUND, "weft does not know this request");
}

static void change_folders(Server *server, const json_t *event) {
    const json_t *removed = json_object_get(event, "removed"), *added = json_object_get(event, "added");
    for (size_t i = 0; i < json_array_size(removed); i++)
        remove_tree(server, json_string_value(json_object_get(json_array_get(removed, i), "uri")));
    for (size_t i = 0; i < json_array_size(added); i++)
        add_tree(server, json_string_value(json_object_get(json_array_get(added, i), "uri")));
}

static void handle_notification(Server *server, const char *method, const json_t *parameters) {
    if (strcmp(method, "textDocument/didOpen") == 0)
        documents_open(&server->documents, parameters);
    else if (strcmp(method, "textDocument/didChange") == 0)
        documents_change(&server->documents, parameters);
    else if (strcmp(method, "textDocument/didClose") == 0)
        documents_close(&server->documents, parameters);
    else if (strcmp(method, "workspace/didChangeWorkspaceFolders") == 0)
        change_folders(server, json_object_get(parameters, "event"));
    else if (strcmp(method, "exit") == 0)
        server->ended = true;
    if (strncmp(method, "textDocument/did", sizeof "textDocument/did" - 1) == 0)
        mark_stale(server, json_string_value(json_object_get(json_object_get(parameters, "textDocument"), "uri")));
    else if (strcmp(method, "workspace/didChangeWatchedFiles") == 0)
        mark_watched(server, json_object_get(parameters, "changes"));
}

// ---- the queue ------------------------------------------------------------------------------------------
static const char *method_of(const json_t *message) {
    return json_string_value(json_object_get(message, "method"));
}

// A request that stands in the queue or is being answered, and that a later message takes back.
static void cancel(Server *server, const json_t *id) {
    if (server->asked != NULL && json_equal(server->asked, id)) server->cancelled = true;
    for (uint32_t i = 0; i < server->queue.count; i++) {
        json_t *message = server->queue.items[i];
        const json_t *other = json_object_get(message, "id");
        if (method_of(message) == NULL || other == NULL || !json_equal(other, id)) continue;
        answer_error(server, id, REQUEST_CANCELLED, "it was cancelled");
        json_decref(message);
        memmove(&server->queue.items[i], &server->queue.items[i + 1],
                (server->queue.count - i - 1) * sizeof *server->queue.items);
        server->queue.count--;
        return;
    }
}

static void enqueue(Server *server, const StrBuf *text) {
    json_t *message = json_loadb(text->data ? text->data : "", text->length, JSON_ALLOW_NUL, NULL);
    const char *method = message != NULL ? method_of(message) : NULL;
    if (message == NULL)
        answer_error(server, NULL, PARSE_ERROR, "this is no JSON");
    else if (method != NULL && strcmp(method, "$/cancelRequest") == 0)
        cancel(server, json_object_get(json_object_get(message, "params"), "id"));
    else if (method != NULL)
        vec_add(&server->queue, json_incref(message)); // else an answer to a request that we never made
    json_decref(message);
}

// All that has come and has room in the queue; waits for the first TIMEOUT milliseconds. False when it did not come.
static bool receive(Server *server, int timeout) {
    StrBuf text = {0};
    WireState state = wire_read(&server->wire, timeout, &text);
    bool some = state == WIRE_MESSAGE;
    while (state == WIRE_MESSAGE) {
        enqueue(server, &text);
        if (server->queue.count >= MOST_WAITING) break;
        state = wire_read(&server->wire, 0, &text);
    }
    if (state == WIRE_END) server->ended = true;
    if (state == WIRE_BROKEN) server->broken = server->ended = true;
    strbuf_release(&text);
    return some;
}

static void handle_all(Server *server) {
    while (server->queue.count > 0) {
        json_t *message = server->queue.items[0];
        memmove(&server->queue.items[0], &server->queue.items[1],
                (server->queue.count - 1) * sizeof *server->queue.items);
        server->queue.count--;
        const json_t *id = json_object_get(message, "id");
        json_t *parameters = json_object_get(message, "params");
        if (id != NULL)
            handle_request(server, method_of(message), id, parameters);
        else
            handle_notification(server, method_of(message), parameters);
        json_decref(message);
    }
}

static void release(Server *server) {
    for (uint32_t i = 0; i < server->trees.count; i++) {
        tree_close(server->trees.items[i]);
        free(server->trees.items[i]);
    }
    for (uint32_t i = 0; i < server->queue.count; i++) json_decref(server->queue.items[i]);
    vec_release(&server->trees);
    vec_release(&server->queue);
    documents_release(&server->documents);
    json_decref(server->schema);
    wire_release(&server->wire);
}

int server_run(void) {
    Server server = {.schema = schema_load()};
    while (!server.ended) {
        bool waiting = server.initialized && is_waiting(&server);
        bool queued = server.queue.count > 0; // came while something was analysed
        bool some = receive(&server, queued ? 0 : waiting ? PAUSE : -1) || queued;
        handle_all(&server);
        if (waiting && !some && !server.ended) refresh_all(&server);
    }
    if (server.broken) message_print(stderr, "weft: what comes on standard input is no message of a language client\n");
    int status = server.shut_down && !server.broken ? EXIT_DONE : EXIT_WRONG;
    release(&server);
    return status;
}
