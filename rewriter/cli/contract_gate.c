// In: a solution of stage contract, and what the program counted. Out: whether it may be written, or who stands against
// it. A file that cannot be read is no pass, and that nothing was counted is said.
#include "cli/contract_gate.h"

#include <time.h>

#include "base/message.h"
#include "base/path.h"
#include "program/name.h"
#include "report/text.h"

enum { SECONDS_A_DAY = 86400, SHOWN_CALLERS = 5 };

bool contract_gate_read(Run *run, const Options *options, Usage *usage) {
    const ApiRule *rule = &run->rules.api;
    bool good = rule->usage.length == 0 ||
                usage_read_folder(run->sources.root, rule->usage, usage, &run->diagnostics);
    for (uint32_t i = 0; i < options->usage.count; i++)
        good = usage_read_file(options->usage.items[i], usage, &run->diagnostics) && good;
    usage_finish(usage);
    return good;
}

// "weather (weather-plugin), 12 calls, /plugins/weather.py:12"
static void add_caller(StrBuf *text, const UsageCaller *caller) {
    text_add_shown(text, caller->module);
    if (caller->distribution.length > 0) {
        strbuf_add_text(text, " (");
        text_add_shown(text, caller->distribution);
        strbuf_add_char(text, ')');
    }
    message_add(text, ", %lld call%s", (long long)caller->calls, caller->calls == 1 ? "" : "s");
    if (caller->line.length == 0) return;
    strbuf_add_text(text, ", ");
    text_add_shown(text, caller->line);
}

// The callers FIRST to END, all of one function.
static void report(Run *run, const Usage *usage, uint32_t first, uint32_t end, bool force) {
    StrBuf name = {0}, text = {0};
    text_add_shown(&name, usage->callers.items[first].api);
    for (uint32_t i = first; i < end && i < first + SHOWN_CALLERS; i++) {
        if (i > first) strbuf_add_text(&text, "; ");
        add_caller(&text, &usage->callers.items[i]);
    }
    if (end - first > SHOWN_CALLERS)
        message_add(&text, "; and %u more", end - first - SHOWN_CALLERS);
    diagnostic_add(&run->diagnostics, force ? DIAGNOSTIC_W706 : DIAGNOSTIC_E705, SPAN_NONE,
                   force ? "'%.*s' breaks for %u caller%s" : "'%.*s' has %u old caller%s left",
                   STR_ARG(strbuf_str(&name)), end - first, end - first == 1 ? "" : "s");
    diagnostic_note(&run->diagnostics, "%s", text.data);
    if (!force)
        diagnostic_help(&run->diagnostics,
                        "migrate them, wait until they are gone for %u days, or "
                        "break them with --force",
                        run->rules.api.quiet_days);
    strbuf_release(&name);
    strbuf_release(&text);
}

// What was not told apart may be any function.
static bool is_broken(const Run *run, Str api) {
    if (str_equal(api, STR("(other)"))) return true;
    const OldNames *names = &run->solution.old_names;
    for (uint32_t i = 0; i < names->count; i++) {
        Arena scratch = {0};
        Str name = program_symbol_name(&scratch, &run->program, names->items[i].symbol);
        bool gone = !names->items[i].stays && program_is_named(&run->program, api, name);
        arena_release(&scratch);
        if (gone) return true;
    }
    FunctionId function = program_find_function(&run->program, api);
    return fact_is(function) && run->solution.functions[function.index].becomes_required;
}

static uint32_t keep_recent(const Run *run, Usage *usage) {
    int64_t since = (int64_t)time(NULL) - (int64_t)run->rules.api.quiet_days * SECONDS_A_DAY;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < usage->callers.count; i++)
        if (usage->callers.items[i].last >= since && is_broken(run, usage->callers.items[i].api))
            usage->callers.items[kept++] = usage->callers.items[i];
    return usage->callers.count = kept;
}

static bool judge(Run *run, const Options *options, Usage *usage) {
    if (usage->files == 0) {
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_W707, SPAN_NONE,
                       "nothing was counted: '%.*s' has no usage file",
                       STR_ARG(run->rules.api.usage));
        diagnostic_help(
            &run->diagnostics,
            "run the expanded program, or give the files of another machine by --usage");
        return true;
    }
    keep_recent(run, usage);
    for (uint32_t i = 0, end; i < usage->callers.count; i = end) {
        for (end = i + 1; end < usage->callers.count &&
                          str_equal(usage->callers.items[end].api, usage->callers.items[i].api);)
            end++;
        report(run, usage, i, end, options->force);
    }
    return usage->callers.count == 0 || options->force;
}

bool contract_gate_pass(Run *run, const Options *options) {
    if (options->stage != STAGE_CONTRACT || run->rules.api.span.file.index == 0) return true;
    Usage usage = {0};
    bool good = contract_gate_read(run, options, &usage) && judge(run, options, &usage);
    usage_release(&usage);
    return good;
}
