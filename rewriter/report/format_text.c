// The migration report for a person at a terminal. In: the model. Out: sections that fit the width:
// summary, families, codes, hubs, course, advice, files. The same input always gives the same bytes.
#include "report/format.h"

#include "base/message.h"
#include "report/text.h"

enum {
    MOST_FILES = 20,
    NUMBER_COLUMNS = 34,
    NARROWEST_PATH = 20,
    LABEL = 28,
    BAR = 20,
    SPARKLINE = 40
};

typedef struct Text {
    StrBuf out;
    const ReportStyle *style;
} Text;

static const char *level_color(Level level) {
    switch (level) {
    case LEVEL_LOW: return "\033[32m";
    case LEVEL_MEDIUM: return "\033[33m";
    case LEVEL_HIGH: return "\033[31m";
    case LEVEL_CRITICAL: return "\033[1;31m";
    case LEVEL_COUNT: break;
    }
    return "";
}

static void add_level(Text *text, Level level) {
    const char *name = level_name(level);
    if (text->style->color)
        message_add(&text->out, "%s%s\033[m", level_color(level), message_text(name));
    else
        strbuf_add_text(&text->out, message_text(name));
}

static void add_heading(Text *text, const char *heading) {
    message_add(&text->out, text->style->color ? "\n\033[1m%s\033[m\n" : "\n%s\n",
                message_text(heading));
}

static void add_label(Text *text, const char *label) {
    message_add(&text->out, "%-*s ", LABEL, message_text(label));
}

static void add_number(Text *text, const char *label, uint32_t number) {
    add_label(text, label);
    message_add(&text->out, "%u\n", number);
}

// "#####..............." of BAR columns.
static void add_bar(Text *text, uint32_t permille) {
    uint32_t full = (permille * BAR + 500) / 1000;
    strbuf_add_repeat(&text->out, '#', full);
    strbuf_add_repeat(&text->out, '.', BAR - full);
}

// "places to decide  24   22 sites that are listed below, 2 files to repair"
static void add_work(Text *text, const ReportWork *work) {
    StrBuf *out = &text->out;
    add_label(text, "places to decide");
    message_add(out, "%u", work->decisions);
    if (work->decisions > 0)
        message_add(out, "   %u site%s listed below", work->sites, work->sites == 1 ? "" : "s");
    if (work->repairs > 0)
        message_add(out, ", %u file%s to repair", work->repairs, work->repairs == 1 ? "" : "s");
    strbuf_add_char(out, '\n');
}

static void add_summary(Text *text, const Report *report) {
    StrBuf *out = &text->out;
    add_label(text, "migration complexity");
    add_level(text, report->complexity);
    message_add(out, " (%u.%u of 10)\n", report->score / 10, report->score % 10);
    add_label(text, "risk");
    add_level(text, report->risk);
    strbuf_add_char(out, '\n');
    add_label(text, "files requiring migration");
    message_add(out, "%u of %u\n", report->migrating_files, report->total_files);
    if (report->unparsable_files + report->unreadable_files > 0)
        add_number(text, "files left alone", report->unparsable_files + report->unreadable_files);
    add_number(text, "total changes required", report->total_changes);
    add_number(text, "accesses", report->accesses.count);
    for (int i = 0; i < OUTCOME_COUNT; i++)
        if (report->by_outcome[i] > 0)
            message_add(out, "  %-*s %u\n", LABEL - 2, message_text(outcome_name((Outcome)i)),
                        report->by_outcome[i]);
    if (report->taken_back > 0) add_number(text, "places taken back", report->taken_back);
    add_label(text, "isolated");
    message_add(out, "%u ", report->isolated);
    add_bar(text, report->coverage);
    message_add(out, " %u.%u %%\n", report->coverage / 10, report->coverage % 10);
    if (report->only_tests > 0) {
        add_label(text, "  not counted");
        message_add(out, "%u   run by tests only\n", report->only_tests);
    }
    if (report->sharing > 0) {
        add_label(text, "  of them shared");
        message_add(out, "%u   put where the rules let tenants share (shared_state)\n",
                    report->sharing);
    }
    if (report->starting_up > 0) {
        add_label(text, "  and at start-up");
        message_add(out, "%u   isolated, and the default tenant at start-up\n",
                    report->starting_up);
    }
    add_work(text, &report->work);
}

static void add_origins(Text *text, const Report *report) {
    add_heading(text, "where the contexts come from");
    for (int i = 0; i < ORIGIN_COUNT; i++) {
        if (report->by_origin[i] == 0) continue;
        bool tenant = (1 << i) & (ORIGINS_WITH_TENANT | ORIGIN_TEST);
        message_add(&text->out, "  %-*s %5u%s\n", LABEL - 2, message_text(origin_name((Origin)(1 << i))),
                    report->by_origin[i], tenant ? "" : "  no tenant");
    }
}

static void add_families(Text *text, const Report *report) {
    add_heading(text, "families");
    message_add(&text->out, "  %-*s %8s %6s %8s %8s %8s  %s\n", LABEL - 4, "",
                message_text("accesses"), message_text("files"), message_text("changes"), message_text("refused"),
                message_text("isolated"), message_text("risk"));
    for (Family i = 0; i < report_families(report)->count; i++) {
        const ReportFamily *family = &report->families[i];
        if (family->accesses == 0 && family->changes == 0) continue;
        message_add(&text->out, "  %-*s %8u %6u %8u %8u %8u  ", LABEL - 4,
                    report_family_name(report, i), family->accesses, family->files, family->changes,
                    family->by_outcome[OUTCOME_REFUSED], family->isolated);
        add_level(text, family->risk);
        strbuf_add_char(&text->out, '\n');
    }
}

static void add_codes(Text *text, const Report *report) {
    if (report->codes.count == 0) return;
    add_heading(text, "refused, bridged and doubtful sites (`weft explain CODE` says more)");
    message_add(&text->out, "         sites accesses\n");
    for (uint32_t i = 0; i < report->codes.count; i++) {
        const ReportCode *code = &report->codes.items[i];
        message_add(&text->out, "  %s %7u %8u  %s\n", diagnostic_code_name(code->code), code->count,
                    code->accesses, diagnostic_code_title(code->code));
    }
}

static void add_hubs(Text *text, const Report *report) {
    if (report->hubs.count == 0) return;
    add_heading(text, "functions that many chains pass through");
    for (uint32_t i = 0; i < report->hubs.count; i++) {
        const ReportHub *hub = &report->hubs.items[i];
        message_add(&text->out, "  %5u accesses  ", hub->accesses);
        text_add_shown(&text->out, hub->name);
        strbuf_add_text(&text->out, "  ");
        text_add_shown(&text->out, hub->place.path);
        message_add(&text->out, ":%u\n", hub->place.at.line);
    }
}

// The last values, each as a bar of one of eight heights.
static void add_sparkline(StrBuf *out, const uint32_t *values, uint32_t count) {
    static const char *const bars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    uint32_t first = count > SPARKLINE ? count - SPARKLINE : 0;
    uint32_t low = UINT32_MAX, high = 0;
    for (uint32_t i = first; i < count; i++) {
        if (values[i] < low) low = values[i];
        if (values[i] > high) high = values[i];
    }
    // Of values that are all the same none is low or high.
    for (uint32_t i = first; i < count; i++)
        strbuf_add_text(out,
                        bars[high == low ? 3 : (uint64_t)(values[i] - low) * 7 / (high - low)]);
}

static uint32_t point_value(const CoursePoint *point, int series) {
    switch (series) {
    case 0: return point->accesses;
    case 1: return point->refused;
    case 2: return point->coverage;
    default: return point->score;
    }
}

static void add_value(StrBuf *out, uint32_t value, bool tenths) {
    if (tenths)
        message_add(out, "%u.%u", value / 10, value % 10);
    else
        message_add(out, "%u", value);
}

static void add_course(Text *text, const Report *report) {
    static const char *const labels[] = {"accesses", "refused", "isolated, %", "complexity"};
    if (report->course == NULL) return;
    uint32_t count = report->course->points.count;
    const CoursePoint *points = report->course->points.items;
    Arena scratch = {0};
    uint32_t *values = arena_array(&scratch, uint32_t, count + 1);
    add_heading(text, "course");
    message_add(&text->out, "  %u run%s from %.10s to %.10s\n", count, count == 1 ? "" : "s",
                points[0].date.data, points[count - 1].date.data);
    for (int series = 0; series < 4; series++) {
        for (uint32_t i = 0; i < count; i++) values[i] = point_value(&points[i], series);
        message_add(&text->out, "  %-*s ", LABEL - 2, labels[series]);
        add_sparkline(&text->out, values, count);
        strbuf_add_text(&text->out, "  ");
        add_value(&text->out, values[0], series > 1);
        message_add(&text->out, " to ");
        add_value(&text->out, values[count - 1], series > 1);
        strbuf_add_char(&text->out, '\n');
    }
    arena_release(&scratch);
}

static void add_advice(Text *text, const Report *report) {
    if (report->advice.count == 0) return;
    add_heading(text, "recommendations");
    for (uint32_t i = 0; i < report->advice.count; i++) {
        message_add(&text->out, "  %u. ", i + 1);
        text_add_shown(&text->out, report->advice.items[i].text);
        strbuf_add_char(&text->out, '\n');
    }
}

// Cuts the front of a path that is wider than WIDTH bytes.
static void add_path(Text *text, Str path, size_t width) {
    StrBuf shown = {0};
    text_add_shown(&shown, path);
    Str name = strbuf_str(&shown);
    if (name.length > width)
        message_add(&text->out, "...%.*s",
                    STR_ARG(str_slice(name, name.length - width + 3, name.length)));
    else
        message_add(&text->out, "%-*.*s", (int)width, STR_ARG(name));
    strbuf_release(&shown);
}

static void add_files(Text *text, const Report *report) {
    uint32_t *order, count;
    report_files_by_work(report, &order, &count);
    if (count > 0) add_heading(text, "files, the hardest first");
    uint32_t room = text->style->width > NUMBER_COLUMNS ? text->style->width - NUMBER_COLUMNS : 0;
    size_t width = 0;
    for (uint32_t i = 0; i < count && i < MOST_FILES; i++) {
        size_t length = report->files.items[order[i]].path.length;
        if (length > width) width = length;
    }
    if (width > room) width = room > NARROWEST_PATH ? room : NARROWEST_PATH;
    for (uint32_t i = 0; i < count && i < MOST_FILES; i++) {
        const ReportFile *file = &report->files.items[order[i]];
        strbuf_add_text(&text->out, "  ");
        add_path(text, file->path, width);
        message_add(&text->out, " %4u accesses  %2u.%u  ", file->access_count, file->score / 10,
                    file->score % 10);
        add_level(text, file->risk);
        strbuf_add_char(&text->out, '\n');
    }
    if (count > MOST_FILES)
        message_add(&text->out, "  and %u more; --format csv lists every access\n",
                    count - MOST_FILES);
    free(order);
}

void report_write_text(const Report *report, const ReportStyle *style, FILE *out) {
    Text text = {.style = style};
    add_summary(&text, report);
    add_families(&text, report);
    add_origins(&text, report);
    add_codes(&text, report);
    add_hubs(&text, report);
    add_course(&text, report);
    add_advice(&text, report);
    add_files(&text, report);
    StrBuf fitted = {0};
    text_add_fitted(&fitted, strbuf_str(&text.out), style->columns);
    fwrite(fitted.data, 1, fitted.length, out);
    strbuf_release(&fitted);
    strbuf_release(&text.out);
}
