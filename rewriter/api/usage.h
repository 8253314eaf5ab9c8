// What a program counted at run time: who called the old interface. Usage files are written by the runtime
// (rules/standard/isolation/legacy.py), and may come from anywhere: nothing in them is believed but its form.
#ifndef WEFT_API_USAGE_H
#define WEFT_API_USAGE_H

#include "base/list.h"
#include "source/diagnostic.h"

// The calls of one function by one module.
typedef struct UsageCaller {
    Str api;          // "app.apis.send"
    Str module;       // "weather.plugin"
    Str distribution; // "weather-plugin"; empty: nothing installed it
    Str line;         // one place of a call, "/plugins/weather.py:12"; may be empty
    int64_t calls;
    int64_t first, last; // seconds since 1970, UTC
} UsageCaller;

typedef struct Usage {
    Arena arena;
    List(UsageCaller) callers; // one for each function, module and distribution, in this order
    uint32_t files;            // that were read
    int64_t calls;             // of all
    int64_t written;           // when the newest file was; 0: there is none
} Usage;

// Adds what the file at PATH says. False after E704, and nothing of it is added.
bool usage_read_file(Str path, Usage *usage, Diagnostics *diagnostics);
// Adds all usage files of FOLDER, which is below ROOT; that it is not there is no failure. False after E704.
bool usage_read_folder(Str root, Str folder, Usage *usage, Diagnostics *diagnostics);
// Adds up what several files say of the same; to be called once, when all are read.
void usage_finish(Usage *usage);
void usage_release(Usage *usage);

#endif
