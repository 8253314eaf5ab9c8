// The judgement as JSON, schema_version 1. Equal trees give equal bytes: no times, no real paths.
#include "report/json_value.h"
#include "verify/verify.h"

enum { SCHEMA_VERSION = 1, INDENT = 2 };

static json_t *finding_json(const Finding *finding) {
    json_t *object = json_object();
    json_put(object, "kind", json_string(finding_kind_name(finding->kind)));
    json_put(object, "code", json_string(diagnostic_code_name(finding_code(finding->kind))));
    json_put(object, "path", json_text(finding->path));
    json_put(object, "line", json_integer(finding->at.line));
    json_put(object, "column", json_integer(finding->at.column));
    json_put(object, "message", json_text(finding->message));
    json_put(object, "new", json_boolean(finding->is_new));
    return object;
}

static json_t *findings_json(const Verification *verification) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < verification->found_after.list.count; i++)
        json_add(list, finding_json(&verification->found_after.list.items[i]));
    return list;
}

static json_t *counts_json(const Verification *verification) {
    const Findings *before = &verification->found_before, *after = &verification->found_after;
    json_t *counts = json_object();
    for (int i = 0; i < FINDING_KIND_COUNT; i++) {
        json_t *row = json_object();
        if (verification->has_before) json_put(row, "before", json_integer(before->count[i]));
        json_put(row, "after", json_integer(after->count[i]));
        if (verification->has_before) {
            json_put(row, "new", json_integer(after->new_count[i]));
            json_put(row, "gone", json_integer(after->gone_count[i]));
        }
        json_put(counts, finding_kind_name((FindingKind)i), row);
    }
    return counts;
}

static json_t *files_json(const Verification *verification) {
    const FileCounts *files = &verification->files;
    json_t *object = json_object();
    if (verification->has_before) {
        json_put(object, "before", json_integer(files->before));
        json_put(object, "changed", json_integer(files->changed));
        json_put(object, "added", json_integer(files->added));
        json_put(object, "removed", json_integer(files->removed));
    }
    json_put(object, "after", json_integer(files->after));
    return object;
}

static json_t *row_json(const CoverageRow *row, bool pair) {
    json_t *object = json_object();
    if (pair) {
        json_put(object, "before", json_integer(row->before));
        json_put(object, "rewritten", json_integer(row->rewritten));
        json_put(object, "isolated", json_integer(row->isolated));
        json_put(object, "added", json_integer(row->added));
    }
    json_put(object, "remaining", json_integer(row->remaining));
    return object;
}

static json_t *coverage_json(const Verification *verification) {
    const Coverage *coverage = &verification->coverage;
    json_t *object = row_json(&coverage->all, verification->has_before);
    json_t *families = json_object(), *outcomes = json_object();
    for (Family i = 0; i < coverage->families.count; i++)
        json_put(families, family_name(&coverage->families, i),
                 row_json(&coverage->by_family[i], verification->has_before));
    for (int i = 0; i < OUTCOME_COUNT; i++)
        json_put(outcomes, outcome_name((Outcome)i),
                 json_integer(coverage->remaining_by_outcome[i]));
    json_put(object, "by_family", families);
    json_put(object, "remaining_by_outcome", outcomes);
    return object;
}

static json_t *codes_json(const Verification *verification) {
    json_t *codes = json_object();
    for (uint32_t i = 0; i < verification->codes.list.count; i++) {
        const CodeCount *count = &verification->codes.list.items[i];
        json_t *row = json_object();
        if (verification->has_before) json_put(row, "before", json_integer(count->before));
        json_put(row, "after", json_integer(count->after));
        json_put(codes, diagnostic_code_name(count->code), row);
    }
    return codes;
}

// ---- commands ------------------------------------------------------------------------------------
static json_t *process_json(const ProcessResult *run) {
    json_t *object = json_object();
    json_put(object, "exit_status", run->start_error ? json_null() : json_integer(run->status));
    json_put(object, "timed_out", json_boolean(run->timed_out));
    json_put(object, "output_truncated", json_boolean(run->truncated));
    return object;
}

static json_t *command_json(const CommandResult *result) {
    Arena arena = {0};
    json_t *object = json_object(), *lines = json_array();
    json_put(object, "name", json_text(result->command->name));
    json_put(object, "command", json_text(command_text(&arena, result->command)));
    json_put(object, "compare",
             json_string(result->command->compare == COMPARE_EXIT ? "exit" : "lines"));
    json_put(object, "result", json_string(verdict_name(result->verdict)));
    json_put(object, "why", json_text(result->why));
    json_put(object, "before", result->has_before ? process_json(&result->before) : json_null());
    json_put(object, "after", process_json(&result->after));
    for (uint32_t i = 0; i < result->new_lines.count; i++)
        json_add(lines, json_text(result->new_lines.items[i]));
    json_put(object, "new_lines", lines);
    json_put(object, "gone_lines", json_integer(result->gone_lines));
    arena_release(&arena);
    return object;
}

static json_t *left_out_json(const Verification *verification) {
    if (verification->commands_left_out.count == 0) return json_null();
    return json_string(verification->reason == LEFT_OUT_UNTRUSTED ? "untrusted" : "no-commands");
}

void verify_write_json(const Verification *verification, FILE *out) {
    json_t *root = json_object(), *commands = json_array(), *left_out = json_array();
    for (uint32_t i = 0; i < verification->commands.count; i++)
        json_add(commands, command_json(&verification->commands.items[i]));
    for (uint32_t i = 0; i < verification->commands_left_out.count; i++)
        json_add(left_out, json_text(verification->commands_left_out.items[i]));
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "before", json_text_or_null(verification->before_name));
    json_put(root, "after", json_text(verification->after_name));
    json_put(root, "result", json_string(verdict_name(verification->verdict)));
    json_put(root, "files", files_json(verification));
    json_put(root, "counts", counts_json(verification));
    json_put(root, "findings", findings_json(verification));
    json_put(root, "coverage", coverage_json(verification));
    json_put(root, "codes", codes_json(verification));
    json_put(root, "commands", commands);
    json_put(root, "commands_not_run", left_out);
    json_put(root, "commands_not_run_because", left_out_json(verification));
    json_write(root, INDENT, out);
}
