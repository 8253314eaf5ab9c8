// In: options. Out: one or two loaded trees. A commit becomes a folder for as long as it is read.
#include "cli/tree_pair.h"

#include "base/path.h"

static Str place_of(TreePair *pair, const Options *options, Str tree) {
    return options->sources.root.length > 0 ? path_join(&pair->arena, options->sources.root, tree)
                                            : tree;
}

static bool load_after(TreePair *pair, const Options *options, RunStop stop) {
    Options own = *options;
    if (options->trees.count > 0)
        own.sources.root = place_of(pair, options, options->trees.items[options->trees.count - 1]);
    pair->after_name = own.sources.root.length > 0 ? own.sources.root : STR(".");
    return run_pipeline(&pair->after, &own, stop);
}

static bool load_before(TreePair *pair, const Options *options, RunStop stop) {
    Options own = *options;
    own.rules_root = pair->after.sources.root;
    bool has_rules = pair->after.rules.pack.length > 0;
    if (options->rules_need == RULES_OPTIONAL && !has_rules) own.rules_need = RULES_NONE;
    if (options->before.length > 0) {
        if (!revision_open(pair->after.sources.root, options->before, &pair->revision,
                           &pair->after.diagnostics))
            return false;
        own.sources.root = pair->revision.root;
        own.no_cache = true; // the folder is there for this once
        pair->before_name = options->before;
    } else {
        own.sources.root = place_of(pair, options, options->trees.items[0]);
        pair->before_name = own.sources.root;
    }
    pair->has_before = true;
    return run_pipeline(&pair->before, &own, stop);
}

bool tree_pair_load(TreePair *pair, const Options *options, RunStop stop) {
    *pair = (TreePair){0};
    if (!load_after(pair, options, stop)) return false;
    bool two = options->trees.count == 2 || options->before.length > 0;
    return !two || load_before(pair, options, stop);
}

void tree_pair_release(TreePair *pair) {
    run_release(&pair->before);
    run_release(&pair->after);
    revision_close(&pair->revision);
    arena_release(&pair->arena);
}
