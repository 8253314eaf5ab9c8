// One module in memory, written to by one operation: what the test_write files share.
#ifndef WEFT_TESTS_UNIT_PYTHON_SUPPORT_WRITE_H
#define WEFT_TESTS_UNIT_PYTHON_SUPPORT_WRITE_H

#include "testing.h"

#include "python/python.h"
#include "python/write/write.h"

typedef struct Page {
    Sources sources;
    Diagnostics diagnostics;
    Facts facts;
    Arena arena;
    TextEdits edits;
} Page;

typedef struct BeforeAfter {
    const char *before, *after;
} BeforeAfter;

extern const ContextText CONTEXT; // context: Context, current_context

// PATHS and TEXTS of COUNT files; the first is the one that is looked at.
void page_open_files(Page *page, const char *const *paths, const char *const *texts,
                     uint32_t count);
void page_open(Page *page, const char *text); // one file, src/a.py
// The edited text of the first file equals EXPECTED, and parses; then releases PAGE.
void page_close(Page *page, const char *expected);

ModuleId page_module(const Page *page);
FunctionId page_function(const Page *page, const char *name); // the first of that name
ClassId page_class(const Page *page, const char *name);
BindingId page_binding(const Page *page, const char *name); // the first of a module-level name
ExprId page_expr(const Page *page, const char *text);       // the first expression with that text
// The import that binds NAME (the NTH, from 0).
ImportId page_import(const Page *page, const char *name, uint32_t nth);

#endif
