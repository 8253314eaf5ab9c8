// The numbers of `weft diff --stat` as JSON, schema_version 1. In: a Stat. Out: one object.
#include "report/stat.h"

#include "report/json_value.h"

enum { SCHEMA_VERSION = 1 };

static json_t *files_json(const Stat *stat, const Plan *plan) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < plan->files.count; i++) {
        json_t *object = json_object();
        json_put(object, "path", json_text(plan->files.items[i].path));
        json_put(object, "new", json_boolean(plan->files.items[i].is_new));
        json_put(object, "insertions", json_integer(stat->rows[i].insertions));
        json_put(object, "deletions", json_integer(stat->rows[i].deletions));
        json_add(list, object);
    }
    return list;
}

void stat_write_json(const Stat *stat, const Plan *plan, FILE *out) {
    json_t *root = json_object(), *outcomes = json_object(), *families = json_object();
    for (int i = 0; i < OUTCOME_COUNT; i++)
        json_put(outcomes, outcome_name((Outcome)i), json_integer(stat->by_outcome[i]));
    for (Family i = 0; i < stat->families->count; i++)
        json_put(families, family_name(stat->families, i), json_integer(stat->by_family[i]));
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "insertions", json_integer(stat->diff.insertions));
    json_put(root, "deletions", json_integer(stat->diff.deletions));
    json_put(root, "files", files_json(stat, plan));
    json_put(root, "total_accesses", json_integer(stat->sinks));
    json_put(root, "outcomes", outcomes);
    json_put(root, "accesses_by_family", families);
    json_put(root, "isolated", json_integer(stat->isolated));
    json_put(root, "functions_changed", json_integer(stat->functions_changed));
    json_put(root, "call_sites_changed", json_integer(stat->calls_changed));
    json_put(root, "classes_holding", json_integer(stat->classes_holding));
    json_put(root, "accessors", json_integer(stat->accessors));
    json_put(root, "total_files", json_integer(stat->files_read));
    json_put(root, "unparsable_files", json_integer(stat->files_unparsable));
    json_put(root, "unreadable_files", json_integer(stat->files_unreadable));
    json_put(root, "new_files", json_integer(stat->diff.new_files));
    json_write(root, 2, out);
}
