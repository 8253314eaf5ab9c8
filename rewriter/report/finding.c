// Findings. In: an access of the report. Out: rule, severity and sentence. Names from the tree are made
// printable here, so that no format can forget it.
#include "report/finding.h"

#include "base/message.h"
#include "report/text.h"

FindingLevel finding_level(const ReportAccess *access) {
    return access->outcome == OUTCOME_REFUSED ? FINDING_ERROR : FINDING_WARNING;
}

Str finding_rule(Arena *arena, const ReportAccess *access) {
    Str rule = access->rule.length > 0 ? access->rule : STR("found");
    return arena_format(arena, "%s/%.*s", access->family_word, STR_ARG(rule));
}

Str finding_message(Arena *arena, const ReportAccess *access) {
    StrBuf text = {0}, symbol = {0}, where = {0};
    text_add_shown(&symbol, access->symbol);
    text_add_shown(&where, access->where);
    bool level = str_is(access->where, "module level");
    const char *remedy = outcome_row(access->outcome)->remedy;
    if (level)
        message_add(&text, "'%.*s' is used without an isolation context at module level; %s",
                    STR_ARG(strbuf_str(&symbol)), remedy);
    else
        message_add(&text, "'%.*s' is used without an isolation context in %.*s; %s", STR_ARG(strbuf_str(&symbol)),
                    STR_ARG(strbuf_str(&where)), remedy);
    strbuf_release(&symbol);
    strbuf_release(&where);
    if (access->has_code)
        message_add(&text, " (%s: %s)", diagnostic_code_name(access->code),
                    diagnostic_code_title(access->code));
    Str message = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return message;
}

Str finding_fingerprint(Arena *arena, const Report *report, const ReportAccess *access) {
    uint64_t hash = str_hash(report_identity(arena, report, access));
    return arena_format(arena, "%016llx", (unsigned long long)hash);
}

Str finding_uri(Arena *arena, Str path) {
    StrBuf uri = {0};
    for (size_t i = 0; i < path.length; i++) {
        unsigned char c = (unsigned char)path.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c != '\0' && strchr("-._~/", c) != NULL);
        if (plain)
            strbuf_add_char(&uri, (char)c);
        else
            strbuf_addf(&uri, "%%%02X", c);
    }
    Str result = arena_copy(arena, strbuf_str(&uri));
    strbuf_release(&uri);
    return result;
}
