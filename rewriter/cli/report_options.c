// Options of `weft report` and `weft check` that say what is shown and where. In: their values. Out: Options;
// a wrong value ends the program. Looks at no file.
#include "cli/report_options.h"

#include <argp.h>

#include "base/message.h"
#include "report/format.h"

char *options_name_formats(int key, const char *text, void *input) {
    ptrdiff_t at = text ? str_find_str(str_from(message_text(text)), STR(FORMATS)) : -1;
    if (at < 0) return option_translate(key, text, input);
    text = message_text(text);
    size_t count;
    const ReportFormat *formats = report_formats(&count);
    StrBuf all = {0};
    strbuf_add(&all, (Str){text, (size_t)at});
    for (size_t i = 0; i < count; i++)
        message_add(&all, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : " or ", formats[i].name);
    strbuf_add_text(&all, text + at + strlen(FORMATS));
    return all.data; // argp frees it
}

void options_read_format(struct argp_state *state, const char *value, Options *options) {
    size_t count;
    const ReportFormat *formats = report_formats(&count);
    const char **names = arena_array(&options->arena, const char *, count);
    for (size_t i = 0; i < count; i++) names[i] = formats[i].name;
    Str given = arena_copy(&options->arena, str_from(value));
    ptrdiff_t colon = str_find(given, ':');
    Str name = colon < 0 ? given : str_slice(given, 0, (size_t)colon);
    ReportOutput output = {.format = arena_copy(&options->arena, name)};
    option_choose(state, "--format", output.format.data, names, count);
    if (colon >= 0) {
        output.file = str_slice(given, (size_t)colon + 1, given.length);
        if (output.file.length == 0) option_refuse(state, "--format %s names no file", value);
    }
    vec_add(&options->reports, output);
}

// At most one format goes to standard output; -o names its file.
void options_settle_formats(struct argp_state *state, Options *options) {
    if (options->reports.count == 0)
        vec_add(&options->reports, ((ReportOutput){.format = STR("text")}));
    ReportOutput *open = NULL;
    for (uint32_t i = 0; i < options->reports.count; i++) {
        ReportOutput *output = &options->reports.items[i];
        if (output->file.length > 0) continue;
        if (open != NULL)
            option_refuse(state,
                          "--format %.*s and --format %.*s both go to standard output; "
                          "write one as FORMAT:FILE",
                          STR_ARG(open->format), STR_ARG(output->format));
        open = output;
    }
    if (options->output.length == 0) return;
    if (open == NULL)
        option_refuse(state, "every format has its file; -o %.*s names one too many",
                      STR_ARG(options->output));
    open->file = options->output;
}

void options_read_date(struct argp_state *state, const char *value, Options *options) {
    if (!course_parse_date(&options->arena, str_from(value), &options->date))
        option_refuse(state,
                      "'%s' is no value of --date; it takes a day, as in 2026-11-23, or "
                      "a moment, as in 2026-11-23T03:45:24Z",
                      value);
}
