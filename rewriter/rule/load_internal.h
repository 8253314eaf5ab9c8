// What the files that load rules share; nobody else includes this.
//
// load.c opens a rule file and reads its top level; load_sink.c and load_place.c read the sections,
// load_query.c the `query:` of a sink; load_runtime.c collects the pack's Python files, load_verify.c
// what judges a tree, load_report.c how reports score, load_parameter.c what frameworks pass,
// load_data.c whose rows are whose, load_api.c how long old callers are served; pack.c decides which files to load.
#ifndef WEFT_RULE_LOAD_INTERNAL_H
#define WEFT_RULE_LOAD_INTERNAL_H

#include "base/intern.h"
#include "rule/inherit.h"
#include "rule/load.h"
#include "rule/schema.h"

// The top level of a rule file; NULL where a key is absent.
typedef struct TopNodes {
#define TOP_KEY(name, kind, required) const YamlNode *name;
#include "rule/top_keys.def"
} TopNodes;


typedef enum EntryKind {
    ENTRY_SINK,
    ENTRY_BOUNDARY,
    ENTRY_CARRIER,
    ENTRY_FORWARDER,
    ENTRY_COUNT
} EntryKind;

// The ids and names of weft.yml's own entries, sorted. The texts are the document's.
typedef struct Overrides {
    StrList ids[ENTRY_COUNT], targets[ENTRY_COUNT];
} Overrides;

// A rule file. What stands over it are the files that extend it, directly or not, the nearest first, and weft.yml last;
// what they say counts instead of what it says.
struct RuleFile {
    Str path;        // for messages
    Str folder;      // of the file, to find the runtime; STR_NONE: a text in memory
    Str place;       // absolute path of the file
    Str pack;        // what the pack is called when not as the file says or is called itself
    Str version;     // of the program, that the rules are for; empty: nothing is known
    bool is_project; // weft.yml
    FileId file;
    TopNodes nodes;
    Mistakes mistakes;
    Overrides own;      // what it declares itself, for the files below it
    Removals removals;  // what it takes out of those
    Renames renames;    // and what it calls their names
    Vec(RuleFile *) over, below;
};

// A name with its place, to look at again when everything is loaded.
typedef struct Mention {
    Str text;
    Span span;
} Mention;
typedef Vec(Mention) Mentions;

// Ids that are taken. A zeroed one is ready for use.
typedef struct Ids {
    Interner *names; // the number of one is 1 + the index of its mention
    Mentions mentions;
} Ids;

// The parts of `context:`, whose places are kept for conflicts.
typedef enum ContextPart {
    PART_PARAMETER,
    PART_TYPE,
    PART_AMBIENT,
    PART_ACCESSOR_DECORATOR,
    PART_AMBIENT_INSTANCE,
    PART_CACHED_PROPERTY,
    PART_TENANT_PATH,
    PART_DIMENSIONS,
    PART_MODE,
    PART_COUNT
} ContextPart;

typedef struct Load {
    const RuleFile *project; // weft.yml; NULL: there is none
    Vec(RuleFile *) files;   // that packs consist of, those that are extended before those that extend them
    Sources *sources;
    Rules *rules;
    Diagnostics *diagnostics;
    Ids sink_ids, boundary_ids;
    Mentions dimensions;            // that accessors are keyed by
    Span context_parts[PART_COUNT]; // where each was said first
    Span singletons;                // where `singletons:` stands that was said first
    Span regression;                // the same of a pack's `regression:`
    bool needs_accessors;           // some rule makes an accessor
    bool only_signatures;           // of RuleOptions
    Span first_file;                // place for what no file says
    Str standard_runtime;           // absolute path of its folder; empty: not found
} Load;

// What holds where no rule file says anything.
void load_begin(Load *load);
// Parses TEXT and reads its top level. False when there is nothing to apply.
bool load_open(Load *load, Str text, RuleFile *file);
// Before any pack is applied: weft.yml, which outlives LOAD, overrides what packs say.
void load_announce(Load *load, RuleFile *project);
// Adds what FILE says to the rules. weft.yml comes last.
void load_apply(Load *load, RuleFile *file);
// Checks what only all files together can answer for: a complete context, known dimensions.
void load_finish(Load *load);
// conflict.c: E413 for rules that contradict each other.
void load_check_conflicts(Load *load);
// What to do about two places that contradict each other: help for the newest diagnostic.
void load_help_conflict(Load *load, Span first, Span second);
void load_release(Load *load);

// The keys of `context:`.
typedef struct ContextNodes {
    const YamlNode *parameter, *type, *dimensions, *ambient, *accessor_decorator, *ambient_instance,
        *cached_property, *tenant_path, *mode, *within, *hops, *position, *rename, *ambient_needs;
} ContextNodes;
// Where a file over FILE says it, what FILE says does not count, nor whether it agrees.
bool load_context_is_said(const RuleFile *file, Str key);
// Whether FILE stands over the file of EARLIER, or is weft.yml.
bool load_stands_over(const Load *load, const RuleFile *file, Span earlier);

// load_text.c: C writes a type and a value as a text; elsewhere they have dotted names.
bool load_has_texts(const Load *load);
// What `context:` says in such a language, and E407 for a key that no other one has; NODE may be NULL.
void load_text_context(Load *load, RuleFile *file, const ContextNodes *nodes);
// E407 for keys of the top level that mean nothing in such a language.
void load_reject_other_keys(RuleFile *file);
void load_reject_text_key(RuleFile *file, const YamlNode *node);

// The fields of the top level. WEFT_YML: those of weft.yml, which also has `packs`.
const Field *load_top_fields(bool weft_yml, size_t *count);

// ---- what files override -------------------------------------------------------------------------
// Notes what FILE declares itself, and forgets it.
void load_note_overrides(RuleFile *file);
void load_release_overrides(RuleFile *file);
// True when a file over FILE has an entry with the id or the target of ENTRY, a map of FILE.
bool load_is_overridden(const RuleFile *file, EntryKind kind, const YamlNode *entry);
// The same of one name among several that an entry has.
bool load_is_overridden_name(const RuleFile *file, EntryKind kind, Str name);
// The same of a named matcher.
bool load_is_overridden_matcher(const RuleFile *file, Str name);

// ---- sections ------------------------------------------------------------------------------------
void load_sinks(Load *load, RuleFile *file, const YamlNode *list);
bool load_query(Load *load, RuleFile *file, const YamlNode *map, SinkRule *rule);
// load_matcher.c: a matcher, as `pattern:` and its relations have it; NULL after a mistake. The names of
// the metavariables in it go to NAMES, those of several pieces of code to MANY; both may be NULL.
const Matcher *load_matcher(Load *load, RuleFile *file, const YamlNode *node, StrList *names,
                            StrList *many);
void load_matchers(Load *load, RuleFile *file, const YamlNode *map);
// load_pattern.c: a sink's `pattern`, `where` and `replace`.
bool load_pattern(Load *load, RuleFile *file, const YamlNode *pattern, const YamlNode *where,
                  const YamlNode *replace, SinkRule *rule);
// load_path.c: a sink's `path` and `into`; and when all files are read, what stands in place of such a path.
bool load_path(Load *load, RuleFile *file, const YamlNode *path, const YamlNode *into, SinkRule *rule);
void load_paths_finish(Load *load, Mistakes *mistakes);
void load_carriers(Load *load, RuleFile *file, const YamlNode *list);
void load_boundaries(Load *load, RuleFile *file, const YamlNode *list);
void load_forwarders(Load *load, RuleFile *file, const YamlNode *list);
// load_retype.c
void load_retypes(Load *load, RuleFile *file, const YamlNode *list);
// load_parameter.c
void load_parameters(Load *load, RuleFile *file, const YamlNode *list);
// load_thread.c
void load_thread(Load *load, RuleFile *file, const YamlNode *list);
void load_runtime(Load *load, RuleFile *file, const YamlNode *section);
void load_complexity(Load *load, RuleFile *file, const YamlNode *section);
void load_default_complexity(Load *load);
void load_check(Load *load, RuleFile *file, const YamlNode *section);
void load_default_check(Load *load);
void load_verify(Load *load, RuleFile *file, const YamlNode *section);
// load_api.c: `api:`, and once all files are read the part of the runtime that depends on it.
void load_api(Load *load, RuleFile *file, const YamlNode *section);
void load_api_finish(Load *load);
void load_monitor(Load *load, RuleFile *file, const YamlNode *section);
// load_data.c
void load_data(Load *load, RuleFile *file, const YamlNode *section);

// ---- helpers -------------------------------------------------------------------------------------
// True when PATH stays below the folder it starts from: relative, without `..`.
bool load_is_inside(Str path);
// False after E400 when PATH, in the folder of FILE, leads out of that folder by a link.
bool load_may_read(RuleFile *file, Str path, Span span);
// The text of NODE, copied into the rules; STR_NONE of NULL.
Str load_text(Load *load, const YamlNode *node);
RuleName load_name(Load *load, const YamlNode *node);
// Appends a FIELD_STRINGS or FIELD_ONE_OR_MORE of dotted names.
void load_names(Load *load, RuleFile *file, const YamlNode *strings, bool glob, RuleNames *names);
// The families that a file lists, in the order of phases.
void load_families(Load *load, RuleFile *file, const YamlNode *list);
// Family or origin by name; false after E407. A family that no file lists is added, unless FILE lists its own.
bool load_family(Load *load, RuleFile *file, const YamlNode *node, Family *family);
// When the context parameter is known: the family of that name is the one that is always there.
void load_finish_families(Load *load);
bool load_origin(RuleFile *file, const YamlNode *node, Origin *origin);
// Which one of the alternative keys of MAP is given. False after E406 (none) or E407 (several).
bool load_alternative(RuleFile *file, const YamlNode *map, const char *what,
                      const char *const *keys, const YamlNode *const *nodes, size_t count,
                      size_t *index);
// Reports E407 for a `{placeholder}` other than ALLOWED, e.g. "{context}", or several separated by a
// space; the first REQUIRED of them must be there. One that ends with ':' takes an identifier:
// "{parameter:".
bool load_placeholders(RuleFile *file, const YamlNode *node, const char *allowed,
                       uint32_t required);
// Remembers an id; E407 when it is taken or is not made of a-z, 0-9, '-' and '_'.
bool load_id(Load *load, RuleFile *file, const YamlNode *node, Ids *ids);
void load_release_ids(Ids *ids);

#endif
