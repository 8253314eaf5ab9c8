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

static Options options_of_before(const Options *options, const Run *after) {
    Options own = *options;
    own.rules_root = after->sources.root;
    if (options->rules_need == RULES_OPTIONAL && !after->has_rules) own.rules_need = RULES_NONE;
    return own;
}

// RUN and REVISION are empty.
static bool load_commit(const Options *options, Run *after, Revision *revision, Run *run, RunStop stop) {
    Options own = options_of_before(options, after);
    if (!revision_open(after->sources.root, options->before, revision, &after->diagnostics)) return false;
    own.sources.root = revision->root;
    own.no_cache = true; // the folder is there for this once
    return run_pipeline(run, &own, stop);
}

bool tree_before_load(TreeBefore *before, const Options *options, Run *after, RunStop stop) {
    *before = (TreeBefore){0};
    return load_commit(options, after, &before->revision, &before->run, stop);
}

void tree_before_release(TreeBefore *before) {
    run_release(&before->run);
    revision_close(&before->revision);
}

static bool load_before(TreePair *pair, const Options *options, RunStop stop) {
    pair->has_before = true;
    if (options->before.length > 0) {
        pair->before_name = options->before;
        return load_commit(options, &pair->after, &pair->revision, &pair->before, stop);
    }
    Options own = options_of_before(options, &pair->after);
    own.sources.root = place_of(pair, options, options->trees.items[0]);
    pair->before_name = own.sources.root;
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
