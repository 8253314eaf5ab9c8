// The version. In: what CMake found (built_from.inc, commit.inc). Out: a few lines.
#include "cli/version.h"

#include <unistd.h>

#include "cli/built_from.inc"
#include "cli/commit.inc"
#include "rule/pack.h"

static void print_packs(FILE *out) {
    Arena arena = {0};
    Packs packs = {0};
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    RuleOptions options = {.program_path = {program, length > 0 ? (size_t)length : 0}};
    packs_list(&arena, &options, &packs);
    for (uint32_t i = 0; i < packs.count; i++)
        fprintf(out, "%s%.*s", i == 0 ? "packs: " : ", ", STR_ARG(packs.items[i].name));
    if (packs.count > 0) fputc('\n', out);
    packs_release(&packs);
    arena_release(&arena);
}

void version_print(bool verbose, FILE *out) {
    fputs("weft " WEFT_VERSION "\n", out);
    if (!verbose) return;
    fputs("commit: " WEFT_COMMIT "\n"
          "grammar: tree-sitter " WEFT_TREE_SITTER_VERSION
          ", tree-sitter-python " WEFT_TREE_SITTER_PYTHON_VERSION "\n"
          "libraries: " WEFT_LIBRARIES "\n",
          out);
    print_packs(out);
}
