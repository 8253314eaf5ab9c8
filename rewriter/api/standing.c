// In: callers and dates. Out: text and Markdown. What files say is shown with its control characters escaped.
#include "api/standing.h"

#include <inttypes.h>
#include <time.h>

#include "base/message.h"
#include "program/name.h"
#include "report/text.h"

enum { BUFFER = 32 };

void api_standing_release(ApiStanding *standing) {
    usage_release(&standing->usage);
    old_calls_release(&standing->calls);
}

static const char *plural(int64_t count) { return count == 1 ? "" : "s"; }

// ---- callers -------------------------------------------------------------------------------------

static void add_day(StrBuf *out, int64_t seconds) {
    time_t moment = (time_t)seconds;
    struct tm parts;
    char text[BUFFER];
    if (gmtime_r(&moment, &parts) != NULL && strftime(text, sizeof text, "%Y-%m-%d", &parts) > 0)
        strbuf_add_text(out, text);
}

static void add_caller(StrBuf *out, const UsageCaller *caller, bool in_tree) {
    strbuf_add_text(out, "  ");
    text_add_shown(out, caller->module);
    if (caller->distribution.length > 0) {
        message_add(out, " of ");
        text_add_shown(out, caller->distribution);
    }
    message_add(out, "%s: %" PRId64 " call%s, last ", in_tree ? " (in this tree)" : "",
                caller->calls, plural(caller->calls));
    add_day(out, caller->last);
    if (caller->line.length > 0) {
        strbuf_add_text(out, ", ");
        text_add_shown(out, caller->line);
    }
    strbuf_add_char(out, '\n');
}

static void add_old_call(StrBuf *out, const OldCall *call) {
    message_add(out, "  in this tree: ");
    text_add_shown(out, call->path);
    message_add(out, ":%u:%u\n", call->line, call->column);
}

// The two lists are sorted by function; what both have of one comes together.
static void add_functions(StrBuf *out, const ApiStanding *standing) {
    const Usage *usage = &standing->usage;
    const OldCalls *calls = &standing->calls;
    uint32_t u = 0, c = 0;
    while (u < usage->callers.count || c < calls->list.count) {
        bool from_usage = c == calls->list.count ||
                          (u < usage->callers.count &&
                           str_compare(usage->callers.items[u].api, calls->list.items[c].api) <= 0);
        Str api = from_usage ? usage->callers.items[u].api : calls->list.items[c].api;
        text_add_shown(out, api);
        strbuf_add_char(out, '\n');
        for (; u < usage->callers.count && str_equal(usage->callers.items[u].api, api); u++) {
            const UsageCaller *caller = &usage->callers.items[u];
            add_caller(out, caller,
                       fact_is(program_find_module(standing->program, caller->module)));
        }
        for (; c < calls->list.count && str_equal(calls->list.items[c].api, api); c++)
            add_old_call(out, &calls->list.items[c]);
    }
}

static void add_sum(StrBuf *out, const ApiStanding *standing) {
    const Usage *usage = &standing->usage;
    if (usage->files == 0) {
        message_add(out, "nothing was counted: there is no usage file");
    } else {
        message_add(
            out, "%" PRId64 " call%s without a context by %u caller%s, counted in %u file%s until ",
            usage->calls, plural(usage->calls), usage->callers.count, plural(usage->callers.count),
            usage->files, plural(usage->files));
        add_day(out, usage->written);
    }
    message_add(out, "; %u such call%s in this tree\n", standing->calls.list.count,
                plural(standing->calls.list.count));
}

void api_usage_write_text(const ApiStanding *standing, StrBuf *out) {
    add_functions(out, standing);
    if (out->length > 0) strbuf_add_char(out, '\n');
    add_sum(out, standing);
}

// ---- dates ---------------------------------------------------------------------------------------

static void add_distance(StrBuf *out, int64_t days) {
    if (days > 0)
        message_add(out, "in %" PRId64 " day%s", days, plural(days));
    else if (days == 0)
        message_add(out, "today");
    else
        message_add(out, "%" PRId64 " day%s ago", -days, plural(-days));
}

void api_timeline_write_text(const ApiStanding *standing, StrBuf *out) {
    const Timeline *timeline = &standing->timeline;
    for (int i = API_PHASE_DEPRECATED; i < API_PHASE_COUNT; i++) {
        if (timeline->begins[i].length == 0) continue;
        message_add(out, "%s %-10s  %.*s  ", timeline->phase == (ApiPhase)i ? "*" : " ",
                    api_phase_name((ApiPhase)i), STR_ARG(timeline->begins[i]));
        add_distance(out, timeline->days[i]);
        strbuf_add_char(out, '\n');
    }
    if (out->length == 0) message_add(out, "the rules name no dates\n");
    message_add(out, "on %.*s: %s\n", STR_ARG(timeline->today), api_phase_name(timeline->phase));
}

// ---- Markdown ------------------------------------------------------------------------------------

static void add_fenced(StrBuf *out, const char *title, Str text) {
    message_add(out, "\n### %s\n\n", title);
    Str line;
    while (str_split_next(&text, '\n', &line))
        if (line.length > 0 || text.length > 0) message_add(out, "    %.*s\n", STR_ARG(line));
}

void api_report_write_markdown(const ApiStanding *standing, StrBuf *out) {
    StrBuf part = {0};
    message_add(out, "## Old callers of the public interface\n");
    api_usage_write_text(standing, &part);
    add_fenced(out, "Who calls", strbuf_str(&part));
    strbuf_clear(&part);
    api_timeline_write_text(standing, &part);
    add_fenced(out, "Dates", strbuf_str(&part));
    strbuf_release(&part);
}
