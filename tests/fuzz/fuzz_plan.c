// Any bytes as a plan file: must neither crash nor leak; what is accepted stays inside the root, has its
// edits in order, and is the same plan when it is written and read again.
#include "limit.h"

#include "patch/plan_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_path(Str path) {
    Str rest = path, part;
    if (path.length == 0 || path.data[0] == '/') abort();
    while (str_split_next(&rest, '/', &part))
        if (str_is(part, "..") || str_is(part, ".git") || str_is(part, ".weft")) abort();
}

static void check_plan(const Plan *plan) {
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *file = &plan->files.items[i];
        check_path(file->path);
        if (i > 0 && str_compare(plan->files.items[i - 1].path, file->path) >= 0) abort();
        if (file->first_edit + file->edit_count > plan->edits.list.count) abort();
        for (uint32_t k = 0, done = 0; k < file->edit_count; k++) {
            const Edit *edit = &plan->edits.list.items[file->first_edit + k];
            if (edit->start < done || edit->end < edit->start) abort();
            done = edit->end;
        }
    }
}

// Written and read, twice: the second text is the first.
static void check_round_trip(const Plan *plan, const PlanMaker *maker) {
    StrBuf first = {0}, second = {0};
    Plan again = {0};
    PlanMaker its = {0};
    Diagnostics diagnostics = {0};
    plan_write(plan, maker, &first);
    if (!plan_read(STR("again"), strbuf_str(&first), &again, &its, &diagnostics)) abort();
    plan_write(&again, &its, &second);
    if (!str_equal(strbuf_str(&first), strbuf_str(&second))) abort();
    plan_release(&again);
    plan_maker_release(&its);
    diagnostics_release(&diagnostics);
    strbuf_release(&first);
    strbuf_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    clock_t start = clock();
    Plan plan = {0};
    PlanMaker maker = {0};
    Diagnostics diagnostics = {0};
    Str json = {(const char *)data, size};
    bool good = plan_read(STR("plan.json"), json, &plan, &maker, &diagnostics);
    if (good != (diagnostics.error_count == 0)) abort();
    if (good) {
        check_plan(&plan);
        check_round_trip(&plan, &maker);
    }
    plan_release(&plan);
    plan_maker_release(&maker);
    diagnostics_release(&diagnostics);
    limit_check(start);
    return 0;
}
