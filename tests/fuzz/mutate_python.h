// How libFuzzer changes Python sources (mutate_python.c).
#ifndef WEFT_TESTS_FUZZ_MUTATE_PYTHON_H
#define WEFT_TESTS_FUZZ_MUTATE_PYTHON_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

// Each target that is linked with the mutator says which inputs it would rather have; others are made one time in
// eight.
bool mutation_is_welcome(Str input);

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

#endif
