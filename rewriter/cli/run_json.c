// In: how a run ended. Out: one JSON object on standard output, schema_version 1.
#include "cli/run_json.h"

#include "report/json_value.h"

enum { SCHEMA_VERSION = 1 };

static const char *result_word(ApplyResult result) {
    switch (result) {
    case APPLY_DONE: return "done";
    case APPLY_NOTHING: return "nothing";
    case APPLY_REFUSED: return "refused";
    case APPLY_STALE: return "stale";
    case APPLY_FAILED: return "failed";
    case APPLY_INTERRUPTED: return "interrupted";
    case APPLY_PARTLY: return "partly";
    }
    return "";
}

static json_t *begin(const char *command) {
    json_t *root = json_object();
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "command", json_string(command));
    return root;
}

static json_t *files_json(const Plan *plan) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < plan->files.count; i++) {
        json_t *object = json_object();
        json_put(object, "path", json_text(plan->files.items[i].path));
        json_put(object, "new", json_boolean(plan->files.items[i].is_new));
        json_add(list, object);
    }
    return list;
}

void run_write_json(const char *command, ApplyResult result, const ApplyReport *report,
                    const Plan *plan, bool dry_run) {
    json_t *root = begin(command);
    json_put(root, "result", json_string(result_word(result)));
    json_put(root, "dry_run", json_boolean(dry_run));
    json_put(root, "run", report->run > 0 ? json_integer(report->run) : json_null());
    json_put(root, "written", json_integer(report->written));
    json_put(root, "merged", json_integer(report->merged));
    json_put(root, "left", json_integer(report->left));
    json_put(root, "undone", json_boolean(report->undone));
    if (plan != NULL) json_put(root, "files", files_json(plan));
    json_write(root, 2, stdout);
}

void prune_write_json(uint32_t runs, uint32_t files) {
    json_t *root = begin("prune");
    json_put(root, "runs_forgotten", json_integer(runs));
    json_put(root, "files_deleted", json_integer(files));
    json_write(root, 2, stdout);
}
