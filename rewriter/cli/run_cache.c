// Runs in the cache. In: a run whose sources and rules are loaded. Out: its facts, solution and plan, when all that
// they depend on was there before. What that is stands in one place, key_of: bytes of files and of rules, as this
// run has read them itself, and options; the build of weft is part of every key (source/cache.h).
#include "cli/run_cache.h"

#include "base/image.h"
#include "base/message.h"
#include "base/profile.h"
#include "cli/languages.h"
#include "edit/edit_image.h"
#include "facts/image.h"
#include "solve/solution_image.h"
#include "source/diagnostic_image.h"
#include "source/source_digest.h"

// ---- what a solution depends on --------------------------------------------------------------------
static void add_digest(StrBuf *out, Digest digest) {
    strbuf_add(out, (Str){(const char *)digest.bytes, sizeof digest.bytes});
}

static void add_file(StrBuf *out, const SourceFile *file) {
    image_add_text(out, file->path);
    image_add_number(out, file->state);
    image_add_number(out, file->kind);
    image_add_number(out, file->mode);
    image_add_number(out, (unsigned)file->auxiliary | (unsigned)file->inner << 1 | (unsigned)file->left_out << 2 |
                              (unsigned)file->hosted << 3);
    add_digest(out, source_digest(file));
}

static void add_sources(StrBuf *out, const Sources *sources) {
    image_add_text(out, sources->root);
    image_add_text(out, sources->host);
    image_add_text(out, sources->buffer_path);
    image_add_number(out, sources->line_limit);
    image_add_number(out, sources->c_line_limit);
    image_add_number(out, (unsigned)sources->single_quotes | (unsigned)sources->sorts_imports << 1);
    image_add_number(out, sources->files.count);
    for (uint32_t i = 1; i < sources->files.count; i++) add_file(out, &sources->files.items[i]);
}

static void add_rules(StrBuf *out, const Rules *rules) {
    image_add_number(out, rules->context.mode);
    image_add_number(out, rules->runtime.count);
    for (uint32_t i = 0; i < rules->runtime.count; i++) {
        image_add_text(out, rules->runtime.items[i].path);
        image_add_number(out, rules->runtime.items[i].generated);
        add_digest(out, digest_of(rules->runtime.items[i].bytes));
    }
}

static Digest key_of(const Run *run, const Options *options) {
    StrBuf all = {0};
    add_sources(&all, &run->sources);
    add_rules(&all, &run->rules);
    image_add_number(&all, run->families);
    image_add_number(&all, options->stage);
    image_add_number(&all, options->strict);
    image_add_number(&all, options->uncompiled);
    image_add_number(&all, message_has_catalogue()); // diagnostics are kept as they were said
    Digest key = digest_of(strbuf_str(&all));
    strbuf_release(&all);
    return key;
}

// Files of rules are auxiliary ones of the sources.
static Digest digest_of_rules(const Sources *sources) {
    StrBuf all = {0};
    for (uint32_t i = 1; i < sources->files.count; i++)
        if (sources->files.items[i].auxiliary && !sources->files.items[i].left_out)
            add_file(&all, &sources->files.items[i]);
    Digest digest = digest_of(strbuf_str(&all));
    strbuf_release(&all);
    return digest;
}

static Digest with_compiled(const Digest *key, Str compiled) {
    DigestKey before;
    memcpy(before.bytes, key->bytes, sizeof before.bytes);
    return digest_keyed(&before, STR("compiled"), compiled);
}

// Compilers read more than the files of the tree: what that is may be known from an earlier run. Else nothing is found, and
// the key is whole once the compiler is done.
static void add_compiled(Run *run, const Options *options) {
    StrBuf compiled = {0};
    run->compiles = false;
    if (!options->uncompiled && run->has_rules) {
        run->compiles = !languages_digest_compiled(&run->sources, &run->rules, &compiled);
        if (compiled.length > 0 && !run->compiles) run->key = with_compiled(&run->key, strbuf_str(&compiled));
    }
    strbuf_release(&compiled);
}

// False when that cannot be told.
static bool finish_key(Run *run) {
    const Facts *facts = &run->facts;
    if (run->compiles && facts->compiled_known) {
        run->key = with_compiled(&run->key, (Str){(const char *)facts->compiled.bytes, sizeof facts->compiled.bytes});
        run->compiles = false;
    }
    return !run->compiles;
}

static bool is_worth_keeping(const Run *run) {
    const Languages *languages = languages_chosen();
    for (uint32_t i = 0; i < languages->count; i++)
        if (!languages->list[i]->facts_by_text) return false;
    return !run->sources.edited;
}

void run_cache_open(Run *run, const Options *options) {
    if (!options->no_cache) run->sources.cache = cache_open(run->sources.root);
    if (run->resident != NULL)
        resident_begin(run->resident, &run->sources);
    else if (run->sources.cache != NULL || run->sources.given != NULL || run->sources.made != NULL)
        sources_digest(&run->sources, NULL);
    else
        return;
    run->sources.rules = digest_of_rules(&run->sources);
    run->keeps = run->sources.cache != NULL && is_worth_keeping(run);
    if (run->keeps) {
        run->key = key_of(run, options);
        add_compiled(run, options);
    }
    run->before_facts = run->diagnostics.list.count;
}

void run_cache_close(Run *run) {
    cache_close(run->sources.cache);
    run->sources.cache = NULL;
    run->keeps = false;
}

// ---- keeping ---------------------------------------------------------------------------------------
static void add_unparsable(StrBuf *out, const Sources *sources) {
    uint32_t count = 0;
    for (uint32_t i = 1; i < sources->files.count; i++)
        count += sources->files.items[i].state == SOURCE_UNPARSABLE;
    image_add_number(out, count);
    for (uint32_t i = 1; i < sources->files.count; i++)
        if (sources->files.items[i].state == SOURCE_UNPARSABLE) image_add_number(out, i);
}

// A run of a program that stays is one of many: writing takes longer than the answer that somebody waits for.
void run_cache_keep(Run *run) {
    if (!run->keeps || run->resident != NULL || !finish_key(run)) return;
    profile_enter("write the cache");
    StrBuf image = {0};
    add_unparsable(&image, &run->sources);
    if (facts_image_write(&run->facts, &image)) {
        image_add_number(&image, run->rules.runtime.count);
        for (uint32_t i = 0; i < run->rules.runtime.count; i++)
            image_add_text(&image, run->rules.runtime.items[i].path);
        taken_backs_image_write(&run->taken_back, &image);
        solution_image_write(&run->solution, &run->facts, &image);
        edits_image_write(&run->plan.edits, &image);
        image_add_number(&image, run->before_plan - run->before_facts);
        diagnostics_image_write(&run->diagnostics, run->before_facts, &image);
        cache_keep(run->sources.cache, CACHE_SOLVED, &run->key, strbuf_str(&image));
    }
    strbuf_release(&image);
    profile_leave();
}

// ---- finding ---------------------------------------------------------------------------------------
static void read_unparsable(ImageReader *image, Sources *sources) {
    uint32_t count = image_count(image, image->rest.length);
    for (uint32_t i = 0; i < count; i++)
        sources->files.items[image_count(image, sources->files.count - 1)].state = SOURCE_UNPARSABLE;
}

// Files of the runtime that a plan did without are none of this run, either.
static void read_runtime(ImageReader *image, Rules *rules) {
    uint32_t count = image_count(image, image->rest.length), kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        Str path = image_text(image);
        for (uint32_t k = kept; k < rules->runtime.count; k++)
            if (str_equal(rules->runtime.items[k].path, path)) {
                rules->runtime.items[kept++] = rules->runtime.items[k];
                break;
            }
    }
    rules->runtime.count = kept;
}

static void read_diagnostics(ImageReader *image, RunStop stop, Diagnostics *diagnostics) {
    uint32_t of_solution = image_count(image, image->rest.length);
    uint32_t before = diagnostics->list.count;
    diagnostics_image_read(image, diagnostics);
    if (stop != RUN_TO_PLAN) diagnostics_cut(diagnostics, before + of_solution);
}

static bool read_run(Run *run, RunStop stop, ImageReader *image) {
    read_unparsable(image, &run->sources);
    if (!facts_image_read(image, &run->sources, languages_chosen(), &run->facts)) return false;
    run_build_program(run);
    read_runtime(image, &run->rules);
    taken_backs_image_read(image, &run->taken_back);
    solution_image_read(image, &run->facts, &run->solution);
    edits_image_read(image, &run->plan.edits);
    if (stop != RUN_TO_PLAN) {
        plan_release(&run->plan);
        run->plan = (Plan){0};
    }
    read_diagnostics(image, stop, &run->diagnostics);
    run->plan.nameless = run->nameless;
    return !image->failed && (stop != RUN_TO_PLAN || plan_build(&run->sources, &run->rules, &run->plan, NULL,
                                                                &run->diagnostics));
}

static void forget(Run *run) {
    plan_release(&run->plan);
    solution_release(&run->solution);
    vec_clear(&run->taken_back);
    program_release(&run->program);
    facts_release(&run->facts);
    run->plan = (Plan){0};
    run->solution = (Solution){0};
    run->program = (Program){0};
    diagnostics_cut(&run->diagnostics, run->before_facts);
}

bool run_cache_find(Run *run, RunStop stop) {
    ImageReader image = {0};
    if (!run->keeps || run->compiles || (stop != RUN_TO_SOLUTION && stop != RUN_TO_PLAN)) return false;
    profile_enter("read the cache");
    bool found = cache_find(run->sources.cache, CACHE_SOLVED, &run->key, &run->taken_texts, &image.rest);
    bool good = found && read_run(run, stop, &image);
    if (found && !good) forget(run);
    profile_leave();
    return good;
}

// ---- texts -----------------------------------------------------------------------------------------
// A text stands for a whole run of a command: what else the run would have said is kept with it.
static Digest key_of_text(const Run *run, Str look) {
    DigestKey tree;
    memcpy(tree.bytes, run->key.bytes, sizeof tree.bytes);
    return digest_keyed(&tree, look, STR_NONE);
}

bool run_cache_find_text(Run *run, Str look, Str *text) {
    if (!run->keeps || run->compiles) return false;
    Digest key = key_of_text(run, look);
    ImageReader image = {0};
    if (!cache_find(run->sources.cache, CACHE_TEXT, &key, &run->taken_texts, &image.rest)) return false;
    read_unparsable(&image, &run->sources);
    taken_backs_image_read(&image, &run->taken_back);
    image_rows(&image, run->solution.outcome_counts, OUTCOME_COUNT, sizeof *run->solution.outcome_counts);
    diagnostics_image_read(&image, &run->diagnostics);
    *text = image_text(&image);
    if (!image.failed) return true;
    forget(run);
    return false;
}

void run_cache_keep_text(Run *run, Str look, Str text) {
    if (!run->keeps || !finish_key(run)) return;
    Digest key = key_of_text(run, look);
    StrBuf image = {0};
    add_unparsable(&image, &run->sources);
    taken_backs_image_write(&run->taken_back, &image);
    image_add_rows(&image, run->solution.outcome_counts, OUTCOME_COUNT, sizeof *run->solution.outcome_counts);
    diagnostics_image_write(&run->diagnostics, run->before_facts, &image);
    image_add_text(&image, text);
    cache_keep(run->sources.cache, CACHE_TEXT, &key, strbuf_str(&image));
    strbuf_release(&image);
}
