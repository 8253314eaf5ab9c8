// Where the old interface stands: who still calls it, counted and in the tree, and how long it stays. One model; text,
// JSON and Markdown are views of it.
#ifndef WEFT_API_STANDING_H
#define WEFT_API_STANDING_H

#include "api/old_call.h"
#include "api/timeline.h"
#include "api/usage.h"

typedef struct ApiStanding {
    const Program *program; // borrowed
    Usage usage;            // finished
    OldCalls calls;
    Timeline timeline;
} ApiStanding;

void api_standing_release(ApiStanding *standing);

// Who calls.
void api_usage_write_text(const ApiStanding *standing, StrBuf *out);
// When what happens.
void api_timeline_write_text(const ApiStanding *standing, StrBuf *out);
void api_timeline_write_json(const ApiStanding *standing, FILE *out);
// Both; the keys are listed in docs/api.md.
void api_report_write_json(const ApiStanding *standing, FILE *out);
void api_report_write_markdown(const ApiStanding *standing, StrBuf *out);

#endif
