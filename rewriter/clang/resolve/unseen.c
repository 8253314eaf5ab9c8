// In: the texts of files that no unit is made of. Out: pointers to functions that they may set.
#include "clang/resolve/unseen.h"

#include <stdlib.h>

#include "base/bug.h"
#include "clang/syntax/token.h"

// Marks each word of TEXT that is a name of the program.
static void mark_words(const Names *names, Str text, bool *words) {
    Tokens tokens;
    tokens_read(text, &tokens);
    for (uint32_t i = 0; i < tokens.list.count; i++) {
        if (tokens.list.items[i].kind != TOKEN_NAME) continue;
        words[intern_find(names->facts->names, token_text(text, &tokens.list.items[i])).index] = true;
    }
    tokens_release(&tokens);
}

// The words of the parameters of functions that are named there: among them may be types of pointers.
static void mark_parameters(const Names *names, const bool *named, bool *words) {
    const Facts *facts = names->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (named[row->name.index] && !(row->flags & FUNCTION_FILE_LOCAL))
            mark_words(names, facts_text(facts, row->module, row->open, row->close), words);
    }
}

// By FunctionId: a family without a definition.
static bool *find_undefined(const Facts *facts) {
    bool *undefined = memory_alloc_zeroed(facts->functions.count + 1, sizeof *undefined);
    bool *defined = memory_alloc_zeroed(facts->functions.count + 1, sizeof *defined);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (!(facts->functions.items[i].flags & FUNCTION_STUB)) defined[facts->functions.items[i].family] = true;
    for (uint32_t i = 1; i < facts->functions.count; i++)
        undefined[i] = !(facts->functions.items[i].flags & FUNCTION_POINTER) &&
                       !defined[facts->functions.items[i].family];
    free(defined);
    return undefined;
}

// Rows of pointers in a list of parameters follow that of its function.
static void fix_undefined(const Names *names, bool *words, bool *fixed) {
    const Facts *facts = names->facts;
    bool *undefined = find_undefined(facts);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (!undefined[i]) continue;
        mark_words(names, facts_text(facts, row->module, row->open, row->close), words);
        for (uint32_t k = i + 1; k < facts->functions.count; k++) {
            const FunctionFact *inner = &facts->functions.items[k];
            if (!fact_same(inner->module, row->module) || inner->name_start >= row->close) break;
            fixed[k] = true;
        }
    }
    free(undefined);
}

void unseen_fix_pointers(const Names *names, bool *fixed) {
    const Facts *facts = names->facts;
    uint32_t count = intern_count(facts->names) + 1;
    bool *named = memory_alloc_zeroed(count, sizeof *named), *words = memory_alloc_zeroed(count, sizeof *words);
    bool *outside = memory_alloc_zeroed(count, sizeof *outside);
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        FileId file = facts->modules.items[i].file;
        if (!names->seen[file.index]) mark_words(names, source_file(facts->sources, file)->text, named);
    }
    named[0] = false;
    mark_parameters(names, named, words);
    fix_undefined(names, outside, fixed);
    const FunctionFact *around = NULL; // whose parameters come next
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *row = &facts->functions.items[i];
        if (!(row->flags & FUNCTION_POINTER)) {
            around = row;
            continue;
        }
        // What stands in a source is seen by that source alone; a parameter is set by who calls its function.
        bool shared = facts_module(facts, row->module)->is_stub;
        bool parameter = around && fact_same(around->module, row->module) && around->open < row->name_start &&
                         row->name_start < around->close;
        if (parameter)
            fixed[i] = fixed[i] || (shared && named[around->name.index]);
        else
            fixed[i] = fixed[i] || outside[row->name.index] ||
                       (shared && (named[row->name.index] || words[row->name.index]));
    }
    free(named);
    free(words);
    free(outside);
}
