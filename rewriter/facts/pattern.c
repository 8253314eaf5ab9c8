// Metavariables in the text of a pattern, and the release of what pattern.h declares. In: text of any
// language. Out: names. Must never parse code.
#include "facts/pattern.h"

#include <string.h>

void pattern_rules_release(PatternRules *rules) {
    for (uint32_t i = 0; i < rules->list.count; i++) {
        vec_release(&rules->list.items[i].variables);
        vec_release(&rules->list.items[i].constraints);
    }
    vec_release(&rules->list);
    vec_release(&rules->named);
}

void pattern_matches_release(PatternMatches *matches) {
    vec_release(&matches->list);
    vec_release(&matches->captures);
    vec_release(&matches->stops);
}

static bool is_known_stop(const PatternStop *stops, uint32_t index) {
    for (uint32_t i = 0; i < index; i++)
        if (stops[i].regex == stops[index].regex && stops[i].rule.start == stops[index].rule.start &&
            stops[i].rule.file.index == stops[index].rule.file.index)
            return true;
    return false;
}

void pattern_stops_report(const PatternStop *stops, uint32_t count, const Sources *sources,
                          Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < count; i++) {
        if (is_known_stop(stops, i)) continue;
        const SourceFile *rules = source_file(sources, stops[i].rule.file);
        diagnostic_add(diagnostics, DIAGNOSTIC_E412, stops[i].at,
                       "a %s takes too long here and was stopped",
                       stops[i].regex ? "regular expression of the rules" : "pattern of the rules");
        if (stops[i].rule.file.index)
            diagnostic_note(diagnostics, "it stands in %.*s:%u", STR_ARG(rules->path),
                            source_line_column(rules, stops[i].rule.start).line);
        diagnostic_help(diagnostics, "%s",
                        stops[i].regex ? "avoid nested repetitions such as (a+)+; (a++)+ does not "
                                         "go back"
                                       : "look less far with 'stop_at', or ask for a 'kind' first");
    }
}

static bool is_name_byte(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void add_once(StrList *names, Str name) {
    for (uint32_t i = 0; i < names->count; i++)
        if (str_equal(names->items[i], name)) return;
    vec_add(names, name);
}

void pattern_variables(Str text, StrList *names) {
    for (size_t at = 0; at < text.length;) {
        if (text.data[at++] != '$') continue;
        while (at < text.length && text.data[at] == '$') at++;
        size_t start = at;
        while (at < text.length && is_name_byte(text.data[at])) at++;
        bool keeps = at > start && text.data[start] >= 'A' && text.data[start] <= 'Z';
        if (keeps) add_once(names, str_slice(text, start, at));
    }
}

bool pattern_has_many(Str text, Str name) {
    for (size_t at = 0; at + 3 + name.length <= text.length; at++) {
        if (!str_starts_with(str_slice(text, at, text.length), STR("$$$"))) continue;
        size_t end = at + 3 + name.length;
        if (str_equal(str_slice(text, at + 3, end), name) &&
            (end == text.length || !is_name_byte(text.data[end])))
            return true;
    }
    return false;
}

int pattern_variable_index(const PatternRule *rule, Str name) {
    for (uint32_t i = 0; i < rule->variables.count; i++)
        if (str_equal(rule->variables.items[i], name)) return (int)i;
    return -1;
}
