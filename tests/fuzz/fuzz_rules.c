// Any bytes as a rule file: must neither crash nor leak, and must say why when it refuses.
#include <stdlib.h>

#include "rule/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Sources sources = {0};
    Diagnostics diagnostics = {0};
    Rules rules = {0};
    Str text = {(const char *)data, size};
    bool good = rules_load_text(&sources, STR("fuzz.yml"), text, &rules, &diagnostics);
    if (good != (diagnostics.error_count == 0)) abort();
    for (uint32_t i = 0; i < diagnostics.list.count; i++) {
        Span span = diagnostics.list.items[i].span;
        if (span.file.index == 0) continue;
        const SourceFile *file = source_file(&sources, span.file);
        if (span.start > span.end || span.end > file->text.length) abort();
    }
    rules_release(&rules);
    diagnostics_release(&diagnostics);
    sources_release(&sources);
    return 0;
}
