// In: packs that are asked for. Out: Load.files, every rule file that counts: first what a file extends, then the file.
// Nothing is applied before all of them are open, since what stands over a file says what counts in it.
//
//     weft.yml                 packs: [mine]
//       rules/mine/mine.yml    extends: maibot        over it: weft.yml
//         maibot.yml           versions: [...]        over it: mine.yml, weft.yml
//           present.yml                               the same: stands for maibot.yml in this tree
#include "rule/chain.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/path.h"
#include "rule/pack_file.h"

enum { DEPTH_MAX = 8, FILES_MAX = 64 };

// A file that is being opened, and who asked for it.
typedef struct Step Step;
struct Step {
    RuleFile *file;
    Str place; // absolute path
    bool chose; // it has versions, and one of them stands for it
    const Step *asker;
    int depth;
};

static void add(Choice *choice, const Pack *pack, Span asked_at, const Step *asker);

DetectedTree choice_tree(Choice *choice) {
    return (DetectedTree){choice->load->sources, choice->options->root, &choice->arena};
}

// ---- reading files -------------------------------------------------------------------------------
static const char *why_unreadable(FileResult result) {
    switch (result) {
    case FILE_MISSING: return "it does not exist";
    case FILE_TOO_LARGE: return "it is too large";
    case FILE_NOT_REGULAR: return "it is not a file";
    case FILE_UNREADABLE:
    case FILE_OK: break;
    }
    return strerror(errno);
}

bool chain_open_file(Choice *choice, Str path, Span asked_at, RuleFile *file) {
    Str text;
    FileResult result = pack_file_read(&choice->arena, path, YAML_SIZE_MAX, &text);
    if (result != FILE_OK) {
        diagnostic_add(choice->load->diagnostics, DIAGNOSTIC_E400, asked_at,
                       "cannot read '%.*s': %s", STR_ARG(path), why_unreadable(result));
        return false;
    }
    Str shown = path;
    path_relative(choice->options->root, path, &shown);
    file->path = arena_copy(&choice->arena, shown);
    file->folder = path_dirname(path);
    file->place = path;
    return load_open(choice->load, text, file);
}

bool chain_report_outside(Choice *choice, Str path, Span asked_at) {
    Str shown = path;
    path_relative(choice->options->root, path, &shown);
    diagnostic_add(choice->load->diagnostics, DIAGNOSTIC_E400, asked_at,
                   "'%.*s' is not read: it leads out of the tree, or nowhere", STR_ARG(clipped(shown)));
    return false;
}

// ---- names ---------------------------------------------------------------------------------------
static void report_unknown(Choice *choice, Str name, Span asked_at) {
    Vec(Str) names = {0};
    for (uint32_t i = 0; i < choice->known.count; i++) vec_add(&names, choice->known.items[i].name);
    Mistakes mistakes = {.diagnostics = choice->load->diagnostics};
    mistake_add(&mistakes, DIAGNOSTIC_E400, asked_at, "there is no rule pack '%.*s'",
                STR_ARG(clipped(name)));
    mistake_help_near(&mistakes, name, names.items, names.count);
    vec_release(&names);
}

static bool is_installed(const Choice *choice, const Pack *pack) {
    for (uint32_t i = 0; i < choice->known.count; i++)
        if (str_equal(choice->known.items[i].file, pack->file)) return true;
    return false;
}

// A name that weft.yml gives, which BASE tells: installed, or in the tree.
static bool may_use(Choice *choice, Str base, Str name, const Pack *pack, Span asked_at) {
    if (base.length == 0 || is_installed(choice, pack)) return true;
    if (load_is_inside(name) && path_stays_inside(choice->options->root, pack->file)) return true;
    chain_report_outside(choice, name, asked_at);
    diagnostic_help(choice->load->diagnostics,
                    "weft.yml names installed packs and those in the tree; name others with --pack");
    return false;
}

void chain_add_named(Choice *choice, Str base, Str name, Span asked_at) {
    Pack pack;
    if (!pack_find(&choice->arena, &choice->known, base, name, &pack))
        report_unknown(choice, name, asked_at);
    else if (may_use(choice, base, name, &pack, asked_at))
        add(choice, &pack, asked_at, NULL);
}

static bool is_built_in(Str path) { return str_starts_with(path, STR(PACK_BUILT_IN)); }

// What a rule file extends is installed, in the tree when the file is, or below the folder of the file.
static bool may_extend(Choice *choice, const RuleFile *file, const Pack *pack, Span asked_at) {
    Str root = choice->options->root, folder = file->folder;
    if (is_installed(choice, pack)) return true;
    if (is_built_in(folder)) return str_starts_with(pack->file, folder);
    if (path_stays_inside(root, file->place) ? path_stays_inside(root, pack->file)
                                             : path_stays_inside(folder, pack->file))
        return true;
    Str shown = pack->file;
    path_relative(root, pack->file, &shown);
    diagnostic_add(choice->load->diagnostics, DIAGNOSTIC_E400, asked_at,
                   "'%.*s' is not read: it is no installed pack, and lies elsewhere", STR_ARG(clipped(shown)));
    diagnostic_help(choice->load->diagnostics,
                    "a rule file extends installed packs, files in its folder and, in a tree, files of the tree");
    return false;
}

static void extend(Choice *choice, const Step *step, const YamlNode *name) {
    Pack pack;
    if (!pack_find(&choice->arena, &choice->known, step->file->folder, name->text, &pack))
        report_unknown(choice, name->text, name->span);
    else if (may_extend(choice, step->file, &pack, name->span))
        add(choice, &pack, name->span, step);
}

// ---- versions ------------------------------------------------------------------------------------
static void list_versions(const PackVersions *versions, StrBuf *text) {
    for (uint32_t i = 0; i < versions->count; i++)
        strbuf_addf(text, "%s'%.*s'", i > 0 ? ", " : "", STR_ARG(clipped(versions->items[i].name)));
}

static const PackVersion *pick_version(Choice *choice, RuleFile *file, const PackVersions *versions) {
    DetectedTree tree = choice_tree(choice);
    for (uint32_t i = 0; i < versions->count; i++)
        if (detection_fits(&versions->items[i].detection, &tree)) return &versions->items[i];
    StrBuf text = {0};
    list_versions(versions, &text);
    diagnostic_add(choice->load->diagnostics, DIAGNOSTIC_W418, file->nodes.versions->key_span,
                   "the tree is none of the versions that '%.*s' knows", STR_ARG(clipped(file->path)));
    diagnostic_note(choice->load->diagnostics, "it knows %.*s; its own rules are taken", STR_ARG(strbuf_str(&text)));
    diagnostic_help(choice->load->diagnostics, "`weft rules upgrade` proposes what to call its names in another version");
    strbuf_release(&text);
    return NULL;
}

// True when a file of the version stands for FILE, and is opened.
static bool add_version(Choice *choice, const Pack *pack, Step *step) {
    RuleFile *file = step->file;
    PackVersions versions = {0};
    pack_versions_read(file->nodes.versions, &file->mistakes, &versions);
    const PackVersion *version = file->mistakes.count > 0 ? NULL : pick_version(choice, file, &versions);
    bool other = version != NULL && version->rules.length > 0;
    if (version != NULL) file->version = arena_copy(&choice->arena, version->name);
    if (other) {
        Pack chosen = {.name = pack->name, .folder = pack->folder};
        chosen.file = path_join(&choice->arena, pack->folder, version->rules);
        step->chose = true;
        if (pack_has_file(&choice->arena, pack, chosen.file))
            add(choice, &chosen, version->span, step);
        else
            chain_report_outside(choice, chosen.file, version->span);
    }
    pack_versions_release(&versions);
    return other;
}

// ---- the chain -----------------------------------------------------------------------------------
static void describe_chain(const Step *step, Str root, StrBuf *text) {
    if (step == NULL) return;
    describe_chain(step->asker, root, text);
    Str shown = step->place;
    path_relative(root, step->place, &shown);
    strbuf_addf(text, "%.*s -> ", STR_ARG(clipped(shown)));
}

typedef enum NoEnd { END_FOUND, END_ITSELF, END_TOO_DEEP, END_TOO_MANY } NoEnd;

static NoEnd look_for_end(const Choice *choice, Str place, const Step *asker) {
    for (const Step *step = asker; step; step = step->asker)
        if (!step->chose && str_equal(step->place, place)) return END_ITSELF;
    if (asker && asker->depth >= DEPTH_MAX) return END_TOO_DEEP;
    return choice->opened >= FILES_MAX ? END_TOO_MANY : END_FOUND;
}

static bool has_no_end(Choice *choice, Str place, Span asked_at, const Step *asker) {
    NoEnd why = look_for_end(choice, place, asker);
    if (why == END_FOUND) return false;
    Str shown = place;
    StrBuf text = {0};
    path_relative(choice->options->root, place, &shown);
    describe_chain(asker, choice->options->root, &text);
    diagnostic_add(choice->load->diagnostics, DIAGNOSTIC_E416, asked_at,
                   why == END_ITSELF     ? "'%.*s' extends itself"
                   : why == END_TOO_DEEP ? "'%.*s' is not read: too many files extend each other"
                                         : "'%.*s' is not read: there are too many rule files",
                   STR_ARG(clipped(shown)));
    diagnostic_note(choice->load->diagnostics, "%.*s%.*s", STR_ARG(strbuf_str(&text)), STR_ARG(clipped(shown)));
    strbuf_release(&text);
    return true;
}

static void put_over(RuleFile *file, RuleFile *over) {
    for (uint32_t i = 0; i < file->over.count; i++)
        if (file->over.items[i] == over) return;
    vec_add(&file->over, over);
}

// The one who asked, those over it, and weft.yml.
static void put_all_over(Choice *choice, RuleFile *file, const Step *asker) {
    while (asker && asker->chose) asker = asker->asker;
    if (asker) {
        put_over(file, asker->file);
        for (uint32_t i = 0; i < asker->file->over.count; i++) put_over(file, asker->file->over.items[i]);
    } else if (choice->has_project) {
        put_over(file, &choice->project);
    }
}

// Whether somebody extends FILE, and everybody takes it as it is. What weft.yml asks for holds for all packs.
static bool is_taken_as_it_is(const RuleFile *file) {
    bool extended = false;
    for (uint32_t i = 0; i < file->over.count; i++) {
        const RuleFile *over = file->over.items[i];
        if (over->is_project) continue;
        if (over->removals.count + over->renames.list.count > 0) return false;
        extended = true;
    }
    return extended;
}

// Two packs may extend a third one, as long as both take it as it is: then it counts once.
static bool is_there(Choice *choice, const RuleFile *asked) {
    RuleFile *same = NULL;
    for (uint32_t i = 0; is_taken_as_it_is(asked) && i < choice->load->files.count; i++) {
        RuleFile *file = choice->load->files.items[i];
        if (str_equal(file->place, asked->place) && is_taken_as_it_is(file)) same = file;
    }
    for (uint32_t k = 0; same && k < asked->over.count; k++) put_over(same, asked->over.items[k]);
    return same != NULL;
}

// The file itself, unless another one stands for it in this tree.
static void keep(Choice *choice, RuleFile *file, const Step *step) {
    inherit_apply(&choice->load->rules->arena, file);
    load_note_overrides(file);
    const YamlNode *names = file->nodes.extends;
    for (const YamlNode *name = schema_first(names); name; name = schema_next(names, name))
        extend(choice, step, name);
    for (uint32_t i = 0; i < file->over.count; i++) vec_add(&file->over.items[i]->below, file);
    vec_add(&choice->load->files, file);
}

// Recurses DEPTH_MAX files deep at most.
static void add(Choice *choice, const Pack *pack, Span asked_at, const Step *asker) {
    if (has_no_end(choice, pack->file, asked_at, asker)) return;
    RuleFile *file = arena_new(&choice->arena, RuleFile);
    *file = (RuleFile){.place = pack->file};
    if (asker && asker->chose) {
        file->pack = pack->name;
        file->version = asker->file->version;
    }
    Step step = {file, pack->file, false, asker, asker ? asker->depth + 1 : 0};
    bool own_versions = true; // a version that extends its pack wants the rules of that file
    for (const Step *at = asker; at; at = at->asker) own_versions = own_versions && !str_equal(at->place, pack->file);
    put_all_over(choice, file, asker);
    choice->opened++;
    if (!is_there(choice, file) && chain_open_file(choice, pack->file, asked_at, file) &&
        !(own_versions && file->nodes.versions && add_version(choice, pack, &step))) {
        keep(choice, file, &step);
        return;
    }
    load_release_overrides(file);
    inherit_release(file);
}

void chain_add_pack(Choice *choice, const Pack *pack, Span asked_at) { add(choice, pack, asked_at, NULL); }

// What stands over a file first: a file of the runtime that it has stands instead of those below.
static void apply_runtimes(Choice *choice) {
    Load *load = choice->load;
    RuleFile *project = &choice->project;
    if (choice->has_project && project->nodes.runtime) load_runtime(load, project, project->nodes.runtime);
    for (uint32_t i = load->files.count; i-- > 0;) {
        RuleFile *file = load->files.items[i];
        if (file->nodes.runtime) load_runtime(load, file, file->nodes.runtime);
    }
}

void chain_apply(Choice *choice) {
    Load *load = choice->load;
    for (uint32_t i = 0; i < load->files.count; i++) load_apply(load, load->files.items[i]);
    if (choice->has_project) load_apply(load, &choice->project);
    apply_runtimes(choice);
    for (uint32_t i = 0; i < load->files.count; i++) inherit_report_unused(load->files.items[i]);
    // Packs of the command line are others than those that weft.yml speaks of.
    if (choice->has_project && choice->options->packs.count == 0) inherit_report_unused(&choice->project);
}
