// Texts in GitHub workflow commands, `::error file=...,title=...::message`.
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
#ifndef WEFT_REPORT_WORKFLOW_H
#define WEFT_REPORT_WORKFLOW_H

#include "base/str.h"

// Append TEXT, percent-encoded as the runner's own toolkit does it: as a property's value, as the message.
void workflow_add_property(StrBuf *out, Str text);
void workflow_add_data(StrBuf *out, Str text);

#endif
