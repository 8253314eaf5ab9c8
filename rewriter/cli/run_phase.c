// A phase of a run. In: options that name a family. Out: the plan of its phase for the tree as it is. The
// phases are the slices by family; the first one of a tree plans all of them, and the tree that each is for
// is known by an id. The tree's id is that of its files, of the rules and of the options that matter.
#include "cli/run_phase.h"

#include <stdio.h>

#include "apply/later.h"
#include "base/message.h"
#include "cli/languages.h"
#include "cli/run_slices.h"

// ---- the id of a tree ------------------------------------------------------------------------------

typedef struct TreeFile {
    Str path;
    BlobId id;
} TreeFile;

typedef struct Phasing {
    Run *run;
    const Options *options;
    PlanMaker maker;
    Vec(TreeFile) files; // as the phases so far leave them, by path
    LaterPlans plans;    // of all phases
} Phasing;

static int compare_files(const void *left, const void *right) {
    return str_compare(((const TreeFile *)left)->path, ((const TreeFile *)right)->path);
}

static void sort_files(Phasing *phasing) {
    if (phasing->files.count > 1)
        qsort(phasing->files.items, phasing->files.count, sizeof *phasing->files.items,
              compare_files);
}

// Code in the strings of a source is a row of its own with the path of that source: the file counts once.
static void collect_files(Phasing *phasing) {
    const Sources *sources = &phasing->run->sources;
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (!file->inner && languages_accept(file->path))
            vec_add(&phasing->files, ((TreeFile){file->path, blob_id_of(file->raw)}));
    }
    sort_files(phasing);
}

// The tree after STEP.
static void change_files(Phasing *phasing, const Plan *step) {
    uint32_t known = phasing->files.count;
    for (uint32_t i = 0; i < step->files.count; i++) {
        const PlannedFile *file = &step->files.items[i];
        TreeFile changed = {arena_copy(&phasing->run->plan.arena, file->path), file->after_id};
        TreeFile *found = bsearch(&changed, phasing->files.items, known,
                                  sizeof *phasing->files.items, compare_files);
        if (found != NULL)
            found->id = file->after_id;
        else if (languages_accept(file->path))
            vec_add(&phasing->files, changed);
    }
    sort_files(phasing);
}

static BlobId tree_id(const Phasing *phasing) {
    const Options *options = phasing->options;
    StrBuf text = {0};
    strbuf_addf(&text, "%s %d %d %d\n", WEFT_VERSION, options->has_mode, (int)options->mode,
                (int)options->stage);
    for (uint32_t i = 0; i < phasing->maker.rules.count; i++)
        strbuf_addf(&text, "%s\n", blob_id_text(&phasing->maker.rules.items[i].id).digits);
    for (uint32_t i = 0; i < phasing->files.count; i++) {
        const TreeFile *file = &phasing->files.items[i];
        strbuf_addf(&text, "%s %.*s%c", blob_id_text(&file->id).digits, STR_ARG(file->path), '\0');
    }
    BlobId id = blob_id_of(strbuf_str(&text));
    strbuf_release(&text);
    return id;
}

// ---- the plans -------------------------------------------------------------------------------------

static bool keep_phase(void *context, Str name, const Plan *step) {
    Phasing *phasing = context;
    StrBuf json = {0};
    plan_write(step, &phasing->maker, &json);
    Str bytes = arena_copy(&phasing->run->plan.arena, strbuf_str(&json));
    vec_add(&phasing->plans, ((LaterPlan){name, tree_id(phasing), bytes}));
    strbuf_release(&json);
    change_files(phasing, step);
    return true;
}

static bool plan_phases(Phasing *phasing, Family family) {
    Slices slices;
    slices_make_phases(phasing->run->solver, family, &slices);
    bool good = run_slices(phasing->run, phasing->options, &slices, keep_phase, phasing);
    slices_release(&slices); // names are those of families, which stay
    return good;
}

static bool read_plan(Run *run, const Options *options, Str document, Diagnostics *said) {
    PlanMaker maker = {0};
    bool stale;
    bool good = plan_read(STR("plan"), document, &run->plan, &maker, said) &&
                plan_resolve(run->sources.root, &run->plan, options->sources.threads, &stale, said);
    plan_maker_release(&maker);
    return good;
}

// The plan that an earlier phase left. One that is damaged is none.
static bool find_plan(Run *run, const Options *options, const BlobId *tree, Str *document) {
    Diagnostics unsaid = {0};
    Str phase = options->phase;
    bool good = later_find(&run->plan.arena, run->sources.root, phase, tree, document) &&
                read_plan(run, options, *document, &unsaid);
    diagnostics_release(&unsaid);
    if (good) return true;
    plan_release(&run->plan);
    run->plan = (Plan){0};
    *document = STR_NONE;
    return false;
}

// The phase may have nothing to do: then the first plan is that of another one, and none is used.
static bool plan_anew(Phasing *phasing, Family family, Str *document, LaterPlans *later) {
    Str name = phasing->options->phase;
    if (!plan_phases(phasing, family)) return false;
    if (phasing->plans.count == 0 || !str_equal(phasing->plans.items[0].phase, name)) return true;
    *document = phasing->plans.items[0].bytes;
    for (uint32_t i = 1; i < phasing->plans.count; i++) vec_add(later, phasing->plans.items[i]);
    return true;
}

static void fill_part(Run *run, Family family) {
    uint32_t count = run->solution.sinks.count;
    bool *wanted = arena_array(&run->solution.arena, bool, count + 1);
    for (uint32_t i = 1; i < count; i++) wanted[i] = run->solution.sinks.items[i].family == family;
    solution_part(run->solver, wanted, &run->part);
}

bool run_phase(Run *run, const Options *options, Str *document, LaterPlans *later) {
    if (!run_pipeline(run, options, RUN_TO_PARTS)) return false;
    Family family = run->phase;
    fill_part(run, family);
    Phasing phasing = {.run = run, .options = options};
    run_describe_maker(run, &phasing.maker);
    collect_files(&phasing);
    BlobId tree = tree_id(&phasing);
    bool good = find_plan(run, options, &tree, document);
    if (!good) {
        good = plan_anew(&phasing, family, document, later) &&
               (document->length == 0 || read_plan(run, options, *document, &run->diagnostics));
    }
    vec_release(&phasing.files);
    vec_release(&phasing.plans);
    plan_maker_release(&phasing.maker);
    return good;
}

// ---- its size --------------------------------------------------------------------------------------

// "objects 7, rows 18": accesses of the part by family, but for those of the phase itself.
static uint32_t count_others(const Run *run, Family family, StrBuf *names) {
    const Families *families = &run->rules.families;
    uint32_t counts[FAMILY_MOST] = {0}, others = 0;
    for (uint32_t i = 1; i < run->part.sinks.count; i++) counts[run->part.sinks.items[i].family]++;
    for (Family i = 0; i < families->count; i++) {
        if (i == family || counts[i] == 0) continue;
        strbuf_addf(names, "%s%s %u", others > 0 ? ", " : "", family_name(families, i), counts[i]);
        others += counts[i];
    }
    return others;
}

void run_phase_say(const Run *run, const Options *options) {
    if (!options->has_phase || options->verbosity < 0 || run->part.sinks.count == 0) return;
    StrBuf names = {0};
    uint32_t others = count_others(run, run->phase, &names);
    uint32_t own = run->part.sinks.count - 1 - others, edits = run->plan.edits.list.count;
    message_print(stderr, "weft: phase %.*s: %u access%s, %u edit%s", STR_ARG(options->phase), own,
                  own == 1 ? "" : "es", edits, edits == 1 ? "" : "s");
    if (others > 0)
        message_print(stderr,
                      "; with it come %u access%s of other families that its decisions change (%s)",
                      others, others == 1 ? "" : "es", names.data);
    fputc('\n', stderr);
    strbuf_release(&names);
}
