// Whether new texts compile: the compiler reads them from memory, in every unit that they are part of.
#ifndef WEFT_CLANG_UNIT_JUDGE_H
#define WEFT_CLANG_UNIT_JUDGE_H

#include "facts/language.h"

// Language.judge.
void judge_texts(const Facts *facts, const NewText *texts, uint32_t count, unsigned threads, Arena *arena,
                 CompileFaults *faults);

#endif
