// Slip, a language that only this test speaks: functions with positional parameters, calls, strings and
// numbers. No classes, no named arguments, no optional parameters. Definitions are in NAME.slip; what
// other files may use of them is declared in a .slipd file, which may speak for several units and be used
// by several. It is here to show what a second front end needs of the rest of weft: nothing but the seam.
//
//   use "settings";                     # the declarations of settings.slipd
//   fn greet(message) {
//       let name = trim(message);
//       return join("hello", name, limit);
//   }
//   fn trim(text);                      # in a .slipd file
//   var limit;                          # there, too
#ifndef WEFT_TESTS_TOY_H
#define WEFT_TESTS_TOY_H

#include "facts/language.h"

extern const Language language_slip;
extern const LanguageWriter slip_writer;

// Language.extract, .resolve and .count_errors; facts/language.h says what they do.
bool slip_extract(const Sources *sources, FileId file, const PatternProgram *patterns, Facts *facts,
                  Diagnostics *diagnostics);
void slip_resolve(Facts *facts, void (*declare)(void *data), void *data);
uint32_t slip_count_errors(Str text, uint32_t *first_error);

#endif
