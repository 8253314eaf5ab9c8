// Code in files of other kinds becomes sources of its own. Comes in: the files of the tree. Goes out: more of them,
// left out as they are (SourceFile.left_out), whose code has the places of the text that it stands in.
#include "facts/language.h"

#include "source/lines.h"

static Interner *find_run(const Sources *sources, const Language *language) {
    Interner *run = interner_new();
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (file->state == SOURCE_READ) language->examples(file->path, file->text, run);
    }
    return run;
}

// A docstring's examples are a module of their own, which sees the names of the one that they stand in.
static void add_inner(Sources *sources, uint32_t host, Str code) {
    SourceFile *file = vec_push(&sources->files);
    const SourceFile *around = &sources->files.items[host];
    *file = (SourceFile){.path = around->path,
                         .raw = around->raw,
                         .text = around->text,
                         .encoding = around->encoding,
                         .state = SOURCE_READ,
                         .mode = around->mode,
                         .kind = SOURCE_EMBEDDED,
                         .code = code,
                         .auxiliary = true,
                         .left_out = true,
                         .inner = true};
    lines_measure(file);
}

void facts_embed(Sources *sources, const Language *language) {
    if (!language->embedded) return;
    Interner *run = find_run(sources, language);
    uint32_t count = sources->files.count;
    for (uint32_t i = 1; i < count; i++) {
        SourceFile *file = &sources->files.items[i];
        bool code = file->kind == SOURCE_CODE && language->accepts(file->path) &&
                    (!file->auxiliary || file->left_out);
        if (file->state != SOURCE_READ || (!code && file->kind != SOURCE_EMBEDDED)) continue;
        Str found = language->embedded(&sources->arena, file->path, file->text, run);
        if (found.length && code)
            add_inner(sources, i, found);
        else if (!code)
            file->code = found;
    }
    interner_free(run);
}
