// In: the command line's packs, weft.yml, the files of the tree. Out: the rules of the packs that
// were named or that fit, with weft.yml on top. Says what is known when nothing fits; never guesses
// between two packs.

#include <errno.h>
#include <sys/stat.h>

#include "base/path.h"
#include "rule/load_internal.h"
#include "rule/pack.h"
#include "rule/pack_file.h"

typedef struct Choice {
    Load *load;
    const RuleOptions *options;
    Arena arena; // of all names and paths here
    Packs known;
    RuleFile project; // weft.yml
    bool has_project;
} Choice;

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

static bool open_file(Choice *choice, Str path, Span asked_at, RuleFile *file) {
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
    return load_open(choice->load, text, file);
}

// What the tree itself names must be in it: a message about it would show its lines.
static bool report_outside(Choice *choice, Str path, Span asked_at) {
    Str shown = path;
    path_relative(choice->options->root, path, &shown);
    diagnostic_add(choice->load->diagnostics, DIAGNOSTIC_E400, asked_at,
                   "'%.*s' is not read: it leads out of the tree, or nowhere", STR_ARG(clipped(shown)));
    return false;
}

// True also when there is no weft.yml.
static bool open_project(Choice *choice) {
    Str path = path_join(&choice->arena, choice->options->root, STR("weft.yml"));
    struct stat status;
    if (lstat(arena_copy(&choice->arena, path).data, &status) != 0) return true;
    if (!path_stays_inside(choice->options->root, path)) return report_outside(choice, path, SPAN_NONE);
    choice->project.is_project = true;
    choice->has_project = open_file(choice, path, SPAN_NONE, &choice->project);
    return choice->has_project;
}

static void apply_pack(Choice *choice, const Pack *pack, Span asked_at) {
    RuleFile file = {0};
    if (open_file(choice, pack->file, asked_at, &file)) load_apply(choice->load, &file);
}

// ---- packs by name -------------------------------------------------------------------------------
static void report_unknown(Choice *choice, Str name, Span asked_at) {
    Vec(Str) names = {0};
    for (uint32_t i = 0; i < choice->known.count; i++) vec_add(&names, choice->known.items[i].name);
    Mistakes mistakes = {.diagnostics = choice->load->diagnostics};
    mistake_add(&mistakes, DIAGNOSTIC_E400, asked_at, "there is no rule pack '%.*s'",
                STR_ARG(clipped(name)));
    mistake_help_near(&mistakes, name, names.items, names.count);
    vec_release(&names);
}

// A name that weft.yml gives, which BASE tells: installed, or in the tree.
static bool may_use(Choice *choice, Str base, Str name, const Pack *pack, Span asked_at) {
    if (base.length == 0) return true;
    for (uint32_t i = 0; i < choice->known.count; i++)
        if (str_equal(choice->known.items[i].file, pack->file)) return true;
    if (load_is_inside(name) && path_stays_inside(choice->options->root, pack->file)) return true;
    report_outside(choice, name, asked_at);
    diagnostic_help(choice->load->diagnostics,
                    "weft.yml names installed packs and those in the tree; name others with --pack");
    return false;
}

static void apply_named(Choice *choice, Str base, Str name, Span asked_at) {
    Pack pack;
    if (pack_find(&choice->arena, &choice->known, base, name, &pack)) {
        if (!may_use(choice, base, name, &pack, asked_at)) return;
        apply_pack(choice, &pack, asked_at);
    } else {
        report_unknown(choice, name, asked_at);
    }
}

// ---- detection -----------------------------------------------------------------------------------
static bool has_module(Choice *choice, Str module) {
    Str path = arena_copy(&choice->arena, module);
    char *bytes = (char *)arena_alloc(&choice->arena, path.length + 1);
    for (size_t i = 0; i < path.length; i++) bytes[i] = path.data[i] == '.' ? '/' : path.data[i];
    path.data = bytes;
    Str file = arena_format(&choice->arena, "%.*s.py", STR_ARG(path));
    Str package = arena_format(&choice->arena, "%.*s/__init__.py", STR_ARG(path));
    return sources_has(choice->load->sources, file) || sources_has(choice->load->sources, package);
}

static uint32_t count_present(Choice *choice, const Pack *pack) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < pack->modules.count; i++)
        count += has_module(choice, pack->modules.items[i]);
    return count;
}

static bool fits(Choice *choice, const Pack *pack) {
    return pack->modules.count > 0 && !pack->broken &&
           count_present(choice, pack) == pack->modules.count;
}

// The one that fits; of two the one with more modules, which *RIVAL has as well. NULL: none does.
static const Pack *detect(Choice *choice, const Pack **rival) {
    const Pack *best = NULL;
    *rival = NULL;
    for (uint32_t i = 0; i < choice->known.count; i++) {
        const Pack *pack = &choice->known.items[i];
        if (!fits(choice, pack)) continue;
        if (!best || pack->modules.count > best->modules.count) {
            best = pack;
            *rival = NULL;
        } else if (pack->modules.count == best->modules.count) {
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

// A line for each module that the tree misses.
static void describe_nearest(Choice *choice, const Pack *nearest, StrBuf *text) {
    strbuf_addf(text, "the nearest is '%.*s': the tree has %u of the %u modules by which it is known, but not",
                STR_ARG(clipped(nearest->name)), count_present(choice, nearest),
                nearest->modules.count);
    for (uint32_t i = 0; i < nearest->modules.count; i++) {
        if (has_module(choice, nearest->modules.items[i])) continue;
        strbuf_addf(text, "\n  %.*s", STR_ARG(clipped(nearest->modules.items[i])));
    }
}

// A line for each pack: "'maibot' is for trees with src.main, ...", "'x' has mistakes".
static void describe_packs(const Choice *choice, StrBuf *text) {
    strbuf_add_text(text, choice->known.count > 0 ? "the tree has no module by which a pack is known"
                                                  : "no packs were found");
    for (uint32_t i = 0; i < choice->known.count; i++) {
        const Pack *pack = &choice->known.items[i];
        strbuf_addf(text, "\n  '%.*s'", STR_ARG(clipped(pack->name)));
        if (pack->broken)
            strbuf_addf(text, " (%.*s) has mistakes", STR_ARG(pack->file));
        else if (pack->modules.count == 0)
            strbuf_add_text(text, " is for no tree in particular");
        else
            strbuf_addf(text, " is for trees with %.*s%s", STR_ARG(clipped(pack->modules.items[0])),
                        pack->modules.count > 1 ? ", ..." : "");
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

static void apply_detected(Choice *choice) {
    const Pack *rival, *best = detect(choice, &rival);
    const TopNodes *nodes = &choice->project.nodes;
    bool stands_alone = (nodes->context && nodes->sinks) || choice->load->only_signatures;
    // With mistakes in weft.yml nobody knows yet what it asks for.
    if (choice->project.mistakes.count > 0) return;
    if (rival) {
        report_tie(choice, best, rival);
    } else if (best) {
        apply_pack(choice, best, SPAN_NONE);
    } else if (!stands_alone) {
        report_none(choice);
    }
}

// ---- all together --------------------------------------------------------------------------------
static void apply_packs(Choice *choice) {
    const RuleOptions *options = choice->options;
    const YamlNode *listed = choice->project.nodes.packs;
    if (options->packs.count > 0) {
        for (uint32_t i = 0; i < options->packs.count; i++) {
            apply_named(choice, STR(""), options->packs.items[i], SPAN_NONE);
        }
    } else if (listed) {
        for (const YamlNode *name = listed->first; name; name = name->next) {
            apply_named(choice, options->root, name->text, name->span);
        }
    } else {
        apply_detected(choice);
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
        apply_packs(&choice);
        if (choice.has_project) load_apply(&load, &choice.project);
        if (diagnostics->error_count == errors) load_finish(&load);
    }
    packs_release(&choice.known);
    arena_release(&choice.arena);
    load_release(&load);
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
