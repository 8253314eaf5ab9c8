// Private to report/model*.c.
#ifndef WEFT_REPORT_MODEL_INTERNAL_H
#define WEFT_REPORT_MODEL_INTERNAL_H

#include "report/model.h"

// ---- model_file.c ----
void report_fill_files(Report *report);    // files and what the plan does to them
void report_fill_accesses(Report *report); // the accesses, and their sums by file
void report_fill_dependencies(Report *report);
// ---- model_chain.c: depths, hubs ----
void report_fill_chains(Report *report);
// ---- model_score.c: complexity, risk, work ----
void report_score_files(Report *report);
void report_score_tree(Report *report);
// ---- model_advice.c ----
void report_fill_advice(Report *report);

// Index into Report.files of a file of the tree.
uint32_t report_file_index(const Report *report, FileId file);

#endif
