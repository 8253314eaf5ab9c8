// A pytest suite which checks that two tenants do not see each other in a migrated tree.
#ifndef WEFT_VERIFY_REGRESSION_H
#define WEFT_VERIFY_REGRESSION_H

#include "verify/finding.h"

typedef struct RegressionSuite {
    uint32_t accessors, replacements, models; // what is tested, each by one test
    StrBuf text;                              // of test_isolation.py
} RegressionSuite;

#define REGRESSION_TEST_NAME "test_isolation.py"
#define REGRESSION_SUPPORT_NAME "weft_support.py"

// Makes the suite from what TREE does now: its keyed accessors, the functions that the rules put in
// place of accesses, and the models that are queried. False after E809: the rules do not say how a
// context is made, or the tree uses nothing that could be tested.
bool regression_build(const VerifyTree *tree, RegressionSuite *suite, Diagnostics *diagnostics);
void regression_release(RegressionSuite *suite);

// Writes the suite to FOLDER, which is made, with the pack's support file beside it. Files there that
// weft did not write are left alone. False after E901.
bool regression_write(const RegressionSuite *suite, const RegressionRule *rule, Str folder,
                      Diagnostics *diagnostics);

#endif
