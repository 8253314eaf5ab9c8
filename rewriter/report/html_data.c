// The data of the HTML report. In: the model. Out: JSON inside <script type="application/json">, which
// nothing can leave: json_write_embedded writes no '<'. The page reads it and shows it as text only.
#include "report/html_data.h"

#include "report/json_value.h"
#include "report/report_json.h"

// ---- the table of files --------------------------------------------------------------------------

// Only what is there: most files have one or two families and outcomes.
static json_t *families_json(const Report *report, const ReportFile *file) {
    json_t *object = json_object();
    for (Family i = 0; i < report_families(report)->count; i++)
        if (file->by_family[i] > 0)
            json_put(object, report_family_name(report, i), json_integer(file->by_family[i]));
    return object;
}

static json_t *outcomes_json(const ReportFile *file) {
    json_t *object = json_object();
    for (int i = 0; i < OUTCOME_COUNT; i++)
        if (file->by_outcome[i] > 0)
            json_put(object, outcome_name((Outcome)i), json_integer(file->by_outcome[i]));
    return object;
}

static json_t *dependencies_json(const HtmlRows *rows, const ReportFile *file) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < file->dependencies.count; i++)
        json_add(list, json_integer(rows->file_row[file->dependencies.items[i]] - 1));
    return list;
}

static json_t *file_json(const Report *report, const HtmlRows *rows, const ReportFile *file) {
    json_t *object = json_object();
    json_put(object, "path", json_text(file->path));
    json_put(object, "score", json_real((double)file->score / 10));
    json_put(object, "risk", json_string(level_name(file->risk)));
    json_put(object, "points", json_integer(file->points));
    json_put(object, "lines", json_integer(file->lines));
    json_put(object, "accesses", json_integer(file->access_count));
    json_put(object, "isolated", json_integer(file->isolated));
    json_put(object, "families", families_json(report, file));
    json_put(object, "outcomes", outcomes_json(file));
    json_put(object, "changes", json_integer(file->changes));
    json_put(object, "insertions", json_integer(file->diff.insertions));
    json_put(object, "deletions", json_integer(file->diff.deletions));
    json_put(object, "doubts", json_integer(file->doubts));
    json_put(object, "dependencies", dependencies_json(rows, file));
    return object;
}

static json_t *files_json(const Report *report, const HtmlRows *rows) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < rows->migrating; i++)
        json_add(list, file_json(report, rows, &report->files.items[rows->files.items[i]]));
    return list;
}

// Paths of the rows behind those that migrate: functions there pass a context on unchanged.
static json_t *other_paths(const Report *report, const HtmlRows *rows) {
    json_t *list = json_array();
    for (uint32_t i = rows->migrating; i < rows->files.count; i++)
        json_add(list, json_text(report->files.items[rows->files.items[i]].path));
    return list;
}

static json_t *unread_json(const Report *report) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < report->files.count; i++) {
        const ReportFile *file = &report->files.items[i];
        if (file->state == SOURCE_READ) continue;
        json_t *object = json_object();
        json_put(object, "path", json_text(file->path));
        json_put(object, "state", json_string(report_state_word(file->state)));
        json_add(list, object);
    }
    return list;
}

static json_t *new_paths(const Report *report) {
    json_t *list = json_array();
    const Plan *plan = report->input->plan;
    for (uint32_t i = 0; i < plan->files.count; i++)
        if (plan->files.items[i].is_new) json_add(list, json_text(plan->files.items[i].path));
    return list;
}

// ---- the flow ------------------------------------------------------------------------------------

// By family: how many accesses each origin reaches.
static json_t *flows_json(const Report *report) {
    json_t *object = json_object();
    for (Family i = 0; i < report_families(report)->count; i++) {
        const ReportFamily *family = &report->families[i];
        if (family->accesses == 0) continue;
        json_t *flows = json_object();
        for (int bit = 0; bit < ORIGIN_COUNT; bit++)
            if (family->by_origin[bit] > 0)
                json_put(flows, origin_name((Origin)(1 << bit)),
                         json_integer(family->by_origin[bit]));
        if (family->without_origin > 0)
            json_put(flows, "unknown", json_integer(family->without_origin));
        json_put(object, report_family_name(report, i), flows);
    }
    return object;
}

// Names of the Origin bits, lowest first, as the rows of functions count them.
static json_t *origin_words(void) {
    json_t *list = json_array();
    for (int bit = 0; bit < ORIGIN_COUNT; bit++)
        json_add(list, json_string(origin_name((Origin)(1 << bit))));
    return list;
}

// What each outcome means, in English: a translation of the page may have words of its own.
static json_t *outcome_meanings(void) {
    json_t *object = json_object();
    for (int i = 0; i < OUTCOME_COUNT; i++)
        json_put(object, outcome_name((Outcome)i), json_string(outcome_row((Outcome)i)->column));
    return object;
}

// The page prints shares and computes none.
static json_t *outcome_shares(const Report *report) {
    json_t *object = json_object();
    for (int i = 0; i < OUTCOME_COUNT; i++) {
        uint32_t share = report_permille(report->by_outcome[i], report->accesses.count);
        json_put(object, outcome_name((Outcome)i), json_real((double)share / 10));
    }
    return object;
}

static json_t *made_json(const ReportMade *made) {
    json_t *object = json_object();
    json_put(object, "tree", json_text(made->tree));
    json_put(object, "date", json_text_or_null(made->date));
    json_put(object, "commit", json_text_or_null(made->commit));
    return object;
}

// ---- the interface -------------------------------------------------------------------------------

static json_t *parsed(Str text) {
    json_t *value = text.length > 0 ? json_loadb(text.data, text.length, 0, NULL) : NULL;
    return value ? value : json_null();
}

static json_t *interface_json(const ReportInterface *interface) {
    json_t *object = json_object();
    json_put(object, "standing", parsed(interface->standing));
    json_put(object, "changes", parsed(interface->changes));
    return object;
}

// ---- all -----------------------------------------------------------------------------------------

static json_t *report_json(const Report *report, const HtmlRows *rows) {
    json_t *root = json_object(), *summary = json_object();
    report_put_summary(summary, report);
    json_put(root, "made", made_json(&report->made));
    json_put(root, "summary", summary);
    json_put(root, "interface", interface_json(&report->interface));
    json_put(root, "origins", origin_words());
    json_put(root, "outcomes", outcome_meanings());
    json_put(root, "shares", outcome_shares(report));
    json_put(root, "flows", flows_json(report));
    json_put(root, "files", files_json(report, rows));
    json_put(root, "other_paths", other_paths(report, rows));
    json_put(root, "new_paths", new_paths(report));
    json_put(root, "files_not_analysed", unread_json(report));
    json_put(root, "functions", html_functions(report, rows));
    json_put(root, "links", html_links(report, rows));
    return root;
}

void html_data_write(const Report *report, FILE *out) {
    HtmlRows rows;
    html_rows_build(report, &rows);
    fputs("<script type=\"application/json\" id=\"report\">", out);
    json_write_embedded(report_json(report, &rows), out);
    fputs("</script>\n", out);
    for (uint32_t i = 0; i < rows.migrating; i++) {
        const ReportFile *file = &report->files.items[rows.files.items[i]];
        fprintf(out, "<script type=\"application/json\" id=\"file-%u\">", i);
        json_write_embedded(html_file_details(report, &rows, file), out);
        fputs("</script>\n", out);
    }
    html_rows_release(&rows);
}
