// A part of a plan. In: a plan as read, and what somebody wants of it. Out: the plan with those edits
// only, and the others. Order and spans stay, so that the rest applies to the same files.
#include "patch/plan_select.h"

#include "base/path.h"

bool plan_selects(const PlanSelection *selection) {
    return selection->type_count > 0 || selection->safe_only || selection->files->paths.count > 0 ||
           selection->files->include.count > 0 || selection->files->exclude.count > 0;
}

// PATH is the named one or below it; "" and "." name the root.
static bool is_below(Str path, Str named) {
    Arena scratch = {0};
    Str folder = path_normalize(&scratch, named);
    while (str_ends_with(folder, STR("/"))) folder = str_slice(folder, 0, folder.length - 1);
    bool below = folder.length == 0 || str_is(folder, ".") || str_equal(path, folder) ||
                 (str_starts_with(path, folder) && path.data[folder.length] == '/');
    arena_release(&scratch);
    return below;
}

static bool selects_file(const SourceOptions *files, Str path) {
    bool named = files->paths.count == 0, included = files->include.count == 0;
    for (uint32_t i = 0; i < files->paths.count && !named; i++)
        named = is_below(path, files->paths.items[i]);
    for (uint32_t i = 0; i < files->include.count && !included; i++)
        included = path_glob(files->include.items[i], path);
    for (uint32_t i = 0; i < files->exclude.count; i++)
        if (path_glob(files->exclude.items[i], path)) return false;
    return named && included;
}

static bool selects_edit(const PlanSelection *selection, const Edit *edit) {
    bool wanted = selection->type_count == 0;
    for (uint32_t i = 0; i < selection->type_count && !wanted; i++)
        wanted = str_equal(selection->types[i], edit->family);
    if (!wanted) return false;
    return !selection->safe_only || edit->safety == SAFETY_SAFE;
}

void plan_select(Plan *plan, const PlanSelection *selection, LeftOuts *left_out) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < plan->files.count; i++) {
        PlannedFile *file = &plan->files.items[i];
        bool whole_file = selects_file(selection->files, file->path);
        uint32_t first = kept, before = left_out->count;
        for (uint32_t j = 0; j < file->edit_count; j++) {
            const Edit edit = plan->edits.list.items[file->first_edit + j];
            if (whole_file && selects_edit(selection, &edit))
                plan->edits.list.items[kept++] = edit;
            else
                vec_add(left_out, ((LeftOut){file->path, edit}));
        }
        if (left_out->count > before) file->after_id = (BlobId){{0}};
        file->first_edit = first;
        file->edit_count = kept - first;
    }
    plan->edits.list.count = kept;
    if (kept == 0) plan->files.count = 0;
}
