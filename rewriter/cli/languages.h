// The front ends of this program.
#ifndef WEFT_CLI_LANGUAGES_H
#define WEFT_CLI_LANGUAGES_H

#include "facts/language.h"
#include "rule/rule.h"

// The table; never empty. A program linked with a weft_languages of its own has other front ends.
extern const Languages weft_languages;

// Those of them that read the tree of the run that this thread makes: the ones that wait for no rule, until its rule
// file names another.
const Languages *languages_chosen(void);
// Chooses the language of that NAME, or for an empty one those that wait for no rule. False when there is none.
bool languages_choose(Str name);
// The facts of SOURCES in all languages, with what RULES declare of parameters; RULES may be NULL. UNCOMPILED: no compiler
// is asked, so that names mean what has them.
void languages_load(Sources *sources, const Rules *rules, const PatternProgram *patterns,
                    unsigned threads, bool uncompiled, Facts *facts, Diagnostics *diagnostics);
// What a file that no front end reads is read for.
SourceKind languages_beside(Str path);
// Adds the code that stands in other files of SOURCES; see facts_embed.
void languages_embed(Sources *sources);
// Adds what is compiled and that SOURCES does not have; see Language.add_compiled.
void languages_add_compiled(Sources *sources, const Rules *rules);
// Adds to OUT what a compiler would read besides SOURCES, if there is one; see Language.digest_compiled. False when that is
// not known before it has compiled.
bool languages_digest_compiled(const Sources *sources, const Rules *rules, StrBuf *out);
// True when a front end reads files of that path.
bool languages_accept(Str path);
// The language of code patterns; a program has one.
const LanguagePatterns *languages_patterns(void);

#endif
