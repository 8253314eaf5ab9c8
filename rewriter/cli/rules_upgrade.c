// In: a pack, a tree of a newer version, and maybe one of the version that the pack is for. Out: a rule file that extends
// the pack: names that stand elsewhere now are renamed, rules about what is no more are removed. A proposal, for a
// person to read: every line is a guess with its reason.
#include "cli/rules_upgrade.h"

#include <errno.h>
#include <unistd.h>

#include "base/message.h"
#include "base/path.h"
#include "cli/output.h"
#include "cli/run.h"
#include "program/moved.h"
#include "program/name.h"
#include "program/rows.h"
#include "report/text.h"
#include "solve/rule_fit.h"

enum { FILE_MODE = 0644 };

typedef struct Line {
    Str from, to;
    MovedHow how;
    uint32_t names; // of rules that it is about
} Line;

typedef struct Upgrade {
    Arena arena;
    Run now, before;
    bool has_before;
    Str pack;
    List(Line) lines;
    List(MissingName) gone;
    uint32_t names; // that the tree does not have
} Upgrade;

// ---- renames -------------------------------------------------------------------------------------

static size_t parent_end(Str name) {
    ptrdiff_t dot = str_find_last(name, '.');
    return dot < 0 ? 0 : (size_t)dot;
}

// What NAME becomes by the lines so far; of two prefixes the longer one counts.
static Str renamed(Upgrade *upgrade, Str name) {
    const Line *best = NULL;
    for (uint32_t i = 0; i < upgrade->lines.count; i++) {
        const Line *line = &upgrade->lines.items[i];
        bool fits = str_starts_with(name, line->from) &&
                    (name.length == line->from.length || name.data[line->from.length] == '.');
        if (fits && (best == NULL || line->from.length > best->from.length)) best = line;
    }
    if (best == NULL) return name;
    return arena_format(&upgrade->arena, "%.*s%.*s", STR_ARG(best->to),
                        STR_ARG(str_slice(name, best->from.length, name.length)));
}

// The shortest pair that says the same: of a module that is no more, the module itself.
static void shorten(const Upgrade *upgrade, Str *from, Str *to) {
    for (;;) {
        size_t a = parent_end(*from), b = parent_end(*to);
        if (a == 0 || b == 0) return;
        bool same = str_equal(str_slice(*from, a, from->length), str_slice(*to, b, to->length));
        Str outer = str_slice(*from, 0, a);
        if (!same || str_equal(outer, str_slice(*to, 0, b)) || program_defines(&upgrade->now.program, outer) ||
            fact_is(program_find_module(&upgrade->now.program, outer)))
            return;
        bool is_folder = false; // of modules that are there
        for (uint32_t i = 1; i < program_module_count(&upgrade->now.program) && !is_folder; i++)
            is_folder = program_is_below(&upgrade->now.program, outer,
                                         program_name(&upgrade->now.program,
                                                      program_module(&upgrade->now.program, (ModuleId){i})->name));
        if (is_folder) return;
        *to = str_slice(*to, 0, b);
        *from = outer;
    }
}

static void add_line(Upgrade *upgrade, Str name, Moved moved) {
    if (str_equal(renamed(upgrade, name), moved.name)) {
        for (uint32_t i = 0; i < upgrade->lines.count; i++)
            upgrade->lines.items[i].names += str_starts_with(name, upgrade->lines.items[i].from);
        return;
    }
    Str from = name, to = moved.name;
    shorten(upgrade, &from, &to);
    bool taken = false; // the module went elsewhere with another of its names
    for (uint32_t i = 0; i < upgrade->lines.count; i++)
        taken = taken || str_equal(upgrade->lines.items[i].from, from);
    list_add(&upgrade->arena, &upgrade->lines,
             ((Line){arena_copy(&upgrade->arena, taken ? name : from),
                     arena_copy(&upgrade->arena, taken ? moved.name : to), moved.how, 1}));
}

static int compare_missing(const void *a, const void *b) {
    return str_compare(((const MissingName *)a)->name.text, ((const MissingName *)b)->name.text);
}

static void propose(Upgrade *upgrade) {
    const Program *before = upgrade->has_before ? &upgrade->before.program : NULL;
    uint32_t count;
    const MissingName *found = rule_fit_missing(upgrade->now.solver, &count);
    if (count == 0) return;
    MissingName *sorted = arena_array(&upgrade->arena, MissingName, count);
    memcpy(sorted, found, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, compare_missing);
    upgrade->names = count;
    for (uint32_t i = 0; i < count; i++) {
        const MissingName *missing = &sorted[i];
        Moved moved = program_find_moved(&upgrade->arena, &upgrade->now.program, before, missing->name.text);
        if (moved.how == MOVED_NOT)
            list_add(&upgrade->arena, &upgrade->gone, *missing);
        else
            add_line(upgrade, missing->name.text, moved);
    }
}

// ---- the file ------------------------------------------------------------------------------------

static void write_renames(const Upgrade *upgrade, StrBuf *out) {
    if (upgrade->lines.count > 0) strbuf_add_text(out, "rename:\n");
    for (uint32_t i = 0; i < upgrade->lines.count; i++) {
        const Line *line = &upgrade->lines.items[i];
        strbuf_addf(out, "  %.*s: %.*s # ", STR_ARG(line->from), STR_ARG(line->to));
        message_add(out, line->how == MOVED_BY_SHAPE ? "has most of its methods; names of rules: %u\n"
                                                     : "the same name; names of rules: %u\n", line->names);
    }
}

static bool is_first(const Upgrade *upgrade, uint32_t index) {
    for (uint32_t i = 0; i < index; i++)
        if (strcmp(upgrade->gone.items[i].section, upgrade->gone.items[index].section) == 0) return false;
    return true;
}

// Sinks by their ids; everything else by the name.
static void write_removals(const Upgrade *upgrade, StrBuf *out) {
    if (upgrade->gone.count > 0) strbuf_add_text(out, "remove:\n");
    for (uint32_t i = 0; i < upgrade->gone.count; i++) {
        const char *section = upgrade->gone.items[i].section;
        if (!is_first(upgrade, i)) continue;
        strbuf_addf(out, "  %s:\n", section);
        for (uint32_t k = i; k < upgrade->gone.count; k++) {
            const MissingName *gone = &upgrade->gone.items[k];
            if (strcmp(gone->section, section) != 0) continue;
            bool by_id = strcmp(section, "sinks") == 0;
            strbuf_addf(out, "    - %.*s", STR_ARG(by_id ? gone->id : gone->name.text));
            if (by_id) strbuf_addf(out, " # %.*s", STR_ARG(gone->name.text));
            strbuf_add_char(out, '\n');
        }
    }
}

static void write_file(const Upgrade *upgrade, StrBuf *out) {
    message_add(out, "# Proposed by `weft rules upgrade`. Read each line: names that went elsewhere may mean something "
                     "else there.\n");
    strbuf_add_text(out, "version: 1\nextends: ");
    text_add_shown(out, upgrade->pack);
    strbuf_add_char(out, '\n');
    write_renames(upgrade, out);
    write_removals(upgrade, out);
}

// ---- the command ---------------------------------------------------------------------------------

static bool load_tree(Run *run, const RulesOptions *options, Str root, const Str *pack) {
    Options own = options->base;
    own.sources.root = root;
    own.no_cache = true; // where names went is seen while a solution is found
    own.packs.items = (Str *)pack;
    own.packs.count = pack != NULL;
    return run_pipeline(run, &own, RUN_TO_SOLVED);
}

static void print_errors(Run *run, const RulesOptions *options) {
    diagnostics_sort(&run->diagnostics, &run->sources);
    diagnostics_render(&run->diagnostics, &run->sources, SEVERITY_ERROR, output_color(options->base.color, stderr), stderr);
}

// Which pack: the one that is named, else that of the folder, which is the old version then.
static bool find_pack(Upgrade *upgrade, const RulesOptions *options) {
    Str root = options->base.sources.root.length > 0 ? options->base.sources.root : STR("."), here, there;
    bool other = path_real(&upgrade->arena, root, &here) && path_real(&upgrade->arena, options->to, &there) &&
                 !str_equal(here, there);
    const Str *named = options->names.count > 0 ? &options->names.items[0] : NULL;
    if (other && load_tree(&upgrade->before, options, root, named)) {
        upgrade->has_before = true;
        upgrade->pack = upgrade->before.rules.pack;
    }
    if (named != NULL) upgrade->pack = *named;
    if (upgrade->pack.length > 0 && str_find(upgrade->pack, ',') < 0) return true;
    message_print(stderr, "weft: error[E902]: name the pack with --pack: the current folder does not tell it\n");
    return false;
}

static bool write_out(const Upgrade *upgrade, const RulesOptions *options, Str text) {
    if (!options->write) {
        fwrite(text.data, 1, text.length, stdout);
        return true;
    }
    Arena arena = {0};
    Str path = path_join(&arena, upgrade->now.sources.root, STR("weft.yml"));
    Diagnostics diagnostics = {0};
    bool there = access(path.data, F_OK) == 0;
    if (there) message_print(stderr, "weft: error[E901]: cannot write '%.*s': it is there already\n", STR_ARG(path));
    bool good = !there && output_write(upgrade->now.sources.root, path, text, FILE_MODE, &diagnostics);
    if (good) message_print(stdout, "wrote %.*s\n", STR_ARG(path));
    output_diagnostics(&diagnostics, options->base.color);
    diagnostics_release(&diagnostics);
    arena_release(&arena);
    return good;
}

static bool upgrade_to(Upgrade *upgrade, const RulesOptions *options) {
    if (!find_pack(upgrade, options)) return false;
    if (!load_tree(&upgrade->now, options, options->to, &upgrade->pack) || upgrade->now.solver == NULL) {
        print_errors(&upgrade->now, options);
        return false;
    }
    propose(upgrade);
    if (upgrade->lines.count + upgrade->gone.count == 0) {
        message_print(stderr, "weft: the tree has all that '%.*s' names\n", STR_ARG(upgrade->pack));
        return true;
    }
    StrBuf text = {0};
    write_file(upgrade, &text);
    bool good = write_out(upgrade, options, strbuf_str(&text));
    strbuf_release(&text);
    uint32_t gone = upgrade->gone.count, all = upgrade->names;
    if (options->base.verbosity >= 0)
        message_print(stderr, "weft: of %u names that the tree does not have %u stand elsewhere now, and %u were not found\n",
                      all, all - gone, gone);
    return good;
}

int rules_upgrade(const RulesOptions *options) {
    Upgrade upgrade = {0};
    bool good = upgrade_to(&upgrade, options);
    run_release(&upgrade.now);
    run_release(&upgrade.before);
    arena_release(&upgrade.arena);
    return output_finish() && good ? EXIT_DONE : EXIT_WRONG;
}
