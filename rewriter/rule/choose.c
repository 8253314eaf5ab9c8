// In: the command line's packs, weft.yml, the files of the tree. Out: the rules of the packs that
// were named or that fit, with weft.yml on top. Says what is known when nothing fits; never guesses
// between two packs.

#include <sys/stat.h>

#include "base/message.h"
#include "base/path.h"
#include "rule/chain.h"
#include "rule/pack_file.h"
#include "rule/show.h"

// ---- weft.yml ------------------------------------------------------------------------------------
// True also when there is no weft.yml.
static bool open_project(Choice *choice) {
    Str path = path_join(&choice->arena, choice->options->root, STR("weft.yml"));
    struct stat status;
    if (lstat(arena_copy(&choice->arena, path).data, &status) != 0) return true;
    if (!path_stays_inside(choice->options->root, path)) return chain_report_outside(choice, path, SPAN_NONE);
    choice->project.is_project = true;
    choice->has_project = chain_open_file(choice, path, SPAN_NONE, &choice->project);
    return choice->has_project;
}

// ---- detection -----------------------------------------------------------------------------------
static uint32_t count_present(Choice *choice, const Pack *pack) {
    DetectedTree tree = choice_tree(choice);
    return detection_count(pack_detection(pack, &tree), &tree);
}

static uint32_t count_wanted(Choice *choice, const Pack *pack) {
    DetectedTree tree = choice_tree(choice);
    return pack_detection(pack, &tree)->count;
}

static bool fits(Choice *choice, const Pack *pack) {
    DetectedTree tree = choice_tree(choice);
    return !pack->broken && detection_fits(pack_detection(pack, &tree), &tree);
}

// The one that fits; of two the one with more clues, which *RIVAL has as well. NULL: none does.
static const Pack *detect(Choice *choice, const Pack **rival) {
    const Pack *best = NULL;
    uint32_t most = 0;
    *rival = NULL;
    for (uint32_t i = 0; i < choice->known.count; i++) {
        const Pack *pack = &choice->known.items[i];
        if (!fits(choice, pack)) continue;
        uint32_t count = count_wanted(choice, pack);
        if (!best || count > most) {
            best = pack;
            most = count;
            *rival = NULL;
        } else if (count == most) {
            *rival = pack;
        }
    }
    return best;
}

// The first of those that have most modules of the tree; NULL: none has any.
static const Pack *find_nearest(Choice *choice) {
    const Pack *nearest = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < choice->known.count; i++) {
        uint32_t count = count_present(choice, &choice->known.items[i]);
        if (count <= most || choice->known.items[i].broken) continue;
        nearest = &choice->known.items[i];
        most = count;
    }
    return nearest;
}

// A line for each thing that the tree misses.
static void describe_nearest(Choice *choice, const Pack *nearest, StrBuf *text) {
    DetectedTree tree = choice_tree(choice);
    const Detection *detection = pack_detection(nearest, &tree);
    bool only_modules = true;
    for (uint32_t i = 0; i < detection->count; i++)
        only_modules = only_modules && detection->items[i].kind == CLUE_MODULE;
    message_add(text, "the nearest is '%.*s': the tree has %u of the %u %s by which it is known, but not",
                STR_ARG(clipped(nearest->name)), detection_count(detection, &tree), detection->count,
                message_text(only_modules ? "modules" : "things"));
    for (uint32_t i = 0; i < detection->count; i++)
        if (!clue_is_there(&detection->items[i], &tree))
            message_add(text, "\n  %.*s", STR_ARG(clipped(detection->items[i].text)));
}

// A line for each pack: "'maibot' is for trees with src.main, ...", "'x' has mistakes".
static void describe_packs(Choice *choice, StrBuf *text) {
    DetectedTree tree = choice_tree(choice);
    message_add(text, choice->known.count > 0 ? "the tree has no module by which a pack is known"
                                              : "no packs were found");
    for (uint32_t i = 0; i < choice->known.count; i++) {
        const Pack *pack = &choice->known.items[i];
        const Detection *detection = pack_detection(pack, &tree);
        message_add(text, "\n  '%.*s'", STR_ARG(clipped(pack->name)));
        if (pack->broken)
            message_add(text, " (%.*s) has mistakes", STR_ARG(pack->file));
        else if (detection->count == 0)
            message_add(text, " is for no tree in particular");
        else
            message_add(text, " is for trees with %.*s%s", STR_ARG(clipped(detection->items[0].text)),
                        detection->count > 1 ? ", ..." : "");
    }
}

static void report_none(Choice *choice) {
    Diagnostics *diagnostics = choice->load->diagnostics;
    Span span = choice->has_project ? (Span){choice->project.file, 0, 0} : SPAN_NONE;
    const Pack *nearest = find_nearest(choice);
    StrBuf text = {0};
    if (nearest != NULL)
        describe_nearest(choice, nearest, &text);
    else
        describe_packs(choice, &text);
    Str example = nearest != NULL ? clipped(nearest->name) : STR("NAME");
    diagnostic_add(diagnostics, DIAGNOSTIC_E409, span, "no rule pack fits this tree");
    diagnostic_note(diagnostics, "%.*s", STR_ARG(strbuf_str(&text)));
    diagnostic_help(diagnostics,
                    "`weft init` looks at the tree and writes a weft.yml to begin with\n"
                    "`--pack %.*s`, or 'packs: [%.*s]' in weft.yml, takes a pack though it does not fit\n"
                    "`weft rules list` says what each pack is for\n"
                    "`-C DIR` names the root of the project when it is not this folder",
                    STR_ARG(example), STR_ARG(example));
    strbuf_release(&text);
}

static void report_tie(Choice *choice, const Pack *a, const Pack *b) {
    Diagnostics *diagnostics = choice->load->diagnostics;
    diagnostic_add(diagnostics, DIAGNOSTIC_E409, SPAN_NONE,
                   "the rule packs '%.*s' and '%.*s' fit this tree equally well",
                   STR_ARG(clipped(a->name)), STR_ARG(clipped(b->name)));
    diagnostic_help(diagnostics, "name the right one with --pack, or in weft.yml");
}

static void add_detected(Choice *choice) {
    packs_read(&choice->arena, &choice->known);
    const Pack *rival, *best = detect(choice, &rival);
    const TopNodes *nodes = &choice->project.nodes;
    bool stands_alone = (nodes->context && (nodes->sinks || nodes->retypes)) || choice->load->only_signatures;
    // With mistakes in weft.yml nobody knows yet what it asks for.
    if (choice->project.mistakes.count > 0) return;
    if (rival) {
        report_tie(choice, best, rival);
    } else if (best) {
        chain_add_pack(choice, best, SPAN_NONE);
    } else if (!stands_alone) {
        report_none(choice);
    }
}

// ---- all together --------------------------------------------------------------------------------
static void add_packs(Choice *choice) {
    const RuleOptions *options = choice->options;
    const YamlNode *lists[] = {choice->project.nodes.packs, choice->project.nodes.extends};
    if (options->packs.count > 0) {
        for (uint32_t i = 0; i < options->packs.count; i++)
            chain_add_named(choice, STR(""), options->packs.items[i], SPAN_NONE);
    } else if (lists[0] || lists[1]) {
        for (size_t k = 0; k < COUNT_OF(lists); k++)
            for (const YamlNode *name = schema_first(lists[k]); name; name = schema_next(lists[k], name))
                chain_add_named(choice, options->root, name->text, name->span);
    } else {
        add_detected(choice);
    }
}

// The runtime that packs may put into a package of the tree.
static Str find_standard_runtime(Arena *arena, const RuleOptions *options) {
    RuleFolders folders = {0};
    rule_folders(arena, options, &folders);
    Str found = STR_NONE;
    for (uint32_t i = 0; i < folders.list.count && found.length == 0; i++) {
        Str folder = path_join(arena, folders.list.items[i], STR("standard/isolation"));
        if (pack_entry(folder, false) == PACK_FOLDER) found = arena_copy(arena, folder);
    }
    vec_release(&folders.list);
    return found;
}

bool rules_detect(const RuleOptions *options, Sources *sources, Arena *arena, Str *name) {
    Load load = {.sources = sources};
    Choice choice = {.load = &load, .options = options};
    packs_list(&choice.arena, options, &choice.known);
    packs_read(&choice.arena, &choice.known);
    const Pack *rival, *best = detect(&choice, &rival);
    bool found = best != NULL && rival == NULL;
    if (found) *name = arena_copy(arena, best->name);
    packs_release(&choice.known);
    arena_release(&choice.arena);
    return found;
}

// Of the file at PATH alone.
static Str language_of(Arena *arena, Str root, Str path) {
    Sources sources = {.root = root};
    Rules rules = {0};
    Diagnostics diagnostics = {0};
    Load load = {.sources = &sources, .rules = &rules, .diagnostics = &diagnostics};
    RuleFile file = {.path = path};
    Str text, language = STR_NONE;
    bool read = pack_file_read(&rules.arena, path, YAML_SIZE_MAX, &text) == FILE_OK;
    if (read && load_open(&load, text, &file) && file.nodes.language)
        language = arena_copy(arena, file.nodes.language->text);
    inherit_release(&file);
    diagnostics_release(&diagnostics);
    rules_release(&rules);
    sources_release(&sources);
    return language;
}

// The packs that weft.yml lists are looked into by rules_load: what one of them says, weft.yml says as well.
Str rules_language(const RuleOptions *options, Arena *arena) {
    Str path = path_join(arena, options->root, STR("weft.yml"));
    Str language = path_stays_inside(options->root, path) ? language_of(arena, options->root, path) : STR_NONE;
    Packs none = {0};
    Pack pack;
    for (uint32_t i = 0; i < options->packs.count && language.length == 0; i++)
        if (pack_find(arena, &none, STR_NONE, options->packs.items[i], &pack))
            language = language_of(arena, options->root, pack.file);
    return language;
}

bool rules_found(const RuleOptions *options, Sources *sources) {
    if (options->packs.count > 0) return true;
    Arena arena = {0};
    Str path = path_join(&arena, options->root, STR("weft.yml")), pack;
    struct stat info;
    bool found = lstat(path.data, &info) == 0 || rules_detect(options, sources, &arena, &pack);
    arena_release(&arena);
    return found;
}

bool rules_load(const RuleOptions *options, Sources *sources, Rules *rules,
                Diagnostics *diagnostics) {
    uint32_t errors = diagnostics->error_count;
    Load load = {.sources = sources,
                 .rules = rules,
                 .diagnostics = diagnostics,
                 .only_signatures = options->only_signatures};
    Choice choice = {.load = &load, .options = options};
    load.standard_runtime = find_standard_runtime(&rules->arena, options);
    load_begin(&load);
    if (open_project(&choice)) {
        if (choice.has_project) load_announce(&load, &choice.project);
        packs_list(&choice.arena, options, &choice.known);
        add_packs(&choice);
        chain_apply(&choice);
        if (diagnostics->error_count == errors) load_finish(&load);
        if (options->shown) show_rules(&load, choice.has_project ? &choice.project : NULL, options->shown);
    }
    load_release(&load);
    load_release_overrides(&choice.project);
    inherit_release(&choice.project);
    packs_release(&choice.known);
    arena_release(&choice.arena);
    return diagnostics->error_count == errors;
}

bool rules_load_verification(const RuleOptions *options, Sources *sources, Rules *rules,
                             Diagnostics *diagnostics) {
    uint32_t errors = diagnostics->error_count;
    Load load = {.sources = sources, .rules = rules, .diagnostics = diagnostics};
    Choice choice = {.load = &load, .options = options};
    if (open_project(&choice) && choice.has_project && choice.project.nodes.verify)
        load_verify(&load, &choice.project, choice.project.nodes.verify);
    arena_release(&choice.arena);
    load_release(&load);
    return diagnostics->error_count == errors;
}
