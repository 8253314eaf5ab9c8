// What a migration shows to whoever watches it: metrics for Prometheus, its alert rules, a dashboard for Grafana, timers.
#ifndef WEFT_MANAGE_MONITOR_H
#define WEFT_MANAGE_MONITOR_H

#include "api/standing.h"
#include "manage/run.h"
#include "migrate/session.h"
#include "report/model.h"

typedef struct MonitorInput {
    const Manager *manager; // NULL: no migration of the tree has begun
    bool at_work;           // of it
    Session *session; // of the database, not locked; NULL: there is none, or it cannot be read
    bool data_at_work;
    const ApiStanding *standing;
    const Report *report;
    Str root;
    int64_t now; // seconds since 1970
} MonitorInput;

// Metrics in the text format of Prometheus; each name once, with its help, in the same order each time.
void monitor_write_metrics(const MonitorInput *input, StrBuf *out);
// Alert rules: those of the rules, and weft's own, that a task failed and that the metrics are old.
void monitor_write_alerts(const Rules *rules, StrBuf *out);
// A dashboard that shows the metrics.
void monitor_write_dashboard(StrBuf *out);

// A file of a timer.
typedef struct MonitorUnit {
    const char *name; // "weft-daily.timer"
    Str text;
} MonitorUnit;
typedef List(MonitorUnit) MonitorUnits;

// Timers of systemd for the metrics, the daily check, the weekly review and the monthly report of the tree ROOT by the program WEFT, both
// absolute paths. False when one of them cannot stand in such a file.
bool monitor_units(Arena *arena, Str root, Str weft, MonitorUnits *units);
// The same as lines for cron.
void monitor_write_cron(Str root, Str weft, StrBuf *out);

#endif
