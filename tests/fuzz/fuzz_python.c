// Any bytes as Python sources, which are threaded in memory (threaded.h). It must neither crash nor leak; no edits
// overlap, the plan is the same after it was written and read, and on the tree that it makes the next run plans
// nothing. fuzz_pipeline.c does the same on a disk.
//
// An input is one or more modules, each after a line "# file: path.py"; its first byte picks the mode, or the
// two stages.
#include "limit.h"

#include "mutate_python.h"
#include "patch/plan_file.h"
#include "threaded.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

bool mutation_is_welcome(Str input) {
    (void)input;
    return true;
}

// Written, read and carried out on the bytes, it gives the same files.
static void check_plan_file(const Tree *tree) {
    PlanMaker maker = {
        .weft = STR("1"), .tree_sitter = STR("1"), .grammar = STR("1"), .packs = STR("fuzz")};
    PlanMaker its = {0};
    StrBuf text = {0};
    Plan again = {0};
    Diagnostics diagnostics = {0};
    plan_write(&tree->plan, &maker, &text);
    if (!plan_read(STR("plan.json"), strbuf_str(&text), &again, &its, &diagnostics)) {
        // A path of the input may be one that no plan can have.
    } else if (again.files.count != tree->plan.files.count) {
        tree_fail(tree, "a plan that is read has other files");
    } else {
        for (uint32_t i = 0; i < again.files.count; i++) {
            const PlannedFile *wanted = &tree->plan.files.items[i], *file = &again.files.items[i];
            if (file->is_new) continue;
            Str after = STR_NONE;
            if (!plan_edit_bytes(&again.arena, wanted->before,
                                 again.edits.list.items + file->first_edit, file->edit_count,
                                 &after) ||
                !str_equal(after, wanted->after))
                tree_fail(tree, "a plan that is read gives other bytes");
        }
    }
    plan_release(&again);
    plan_maker_release(&its);
    diagnostics_release(&diagnostics);
    strbuf_release(&text);
}

// What TREE plans holds, and the tree that it makes is finished.
static void check_tree(const Tree *tree, Mode mode, bool contract) {
    if (tree->plan.files.count == 0) return;
    check_plan_file(tree);
    Tree next;
    tree_plan_next(&next, tree, mode, contract);
    tree_check_finished(tree, &next);
    tree_close(&next);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    clock_t start = clock();
    if (size == 0) return 0;
    unsigned choice = data[0] % (MODE_COUNT + 1);
    bool stages = choice == MODE_COUNT; // expand, then contract
    Mode mode = stages ? MODE_OPTIONAL : (Mode)choice;
    Tree tree, contracted;
    tree_open(&tree);
    tree_add_modules(&tree, (Str){(const char *)data + 1, size - 1});
    tree_plan(&tree, mode, false);
    check_tree(&tree, mode, false);
    if (stages && tree.plan.files.count > 0) {
        tree_plan_next(&contracted, &tree, MODE_REQUIRED, true);
        check_tree(&contracted, MODE_REQUIRED, true);
        tree_close(&contracted);
    }
    tree_close(&tree);
    limit_check(start);
    return 0;
}
