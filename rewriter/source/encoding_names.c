// The table of Python's encoding aliases (CPython Lib/encodings/aliases.py) that occur in sources.
// In: a cookie. Out: a name for iconv. Only names are known here, not what the bytes mean.
#include "source/encoding_names.h"

typedef struct Alias {
    const char *python; // lower case, '-' for '_'
    const char *iconv;
} Alias;

// Shift JIS is CP932 for iconv: in glibc's SHIFT_JIS the byte of the backslash is a yen sign, which
// Python does not follow.
static const Alias ALIASES[] = {
    {"u8", "UTF-8"},
    {"utf", "UTF-8"},
    {"utf8", "UTF-8"},
    {"utf8-sig", "UTF-8"},
    {"cp65001", "UTF-8"},
    {"ascii", "ASCII"},
    {"us-ascii", "ASCII"},
    {"646", "ASCII"},
    {"latin", "ISO-8859-1"},
    {"latin1", "ISO-8859-1"},
    {"l1", "ISO-8859-1"},
    {"8859", "ISO-8859-1"},
    {"cp819", "ISO-8859-1"},
    {"latin2", "ISO-8859-2"},
    {"latin-2", "ISO-8859-2"},
    {"l2", "ISO-8859-2"},
    {"latin9", "ISO-8859-15"},
    {"latin-9", "ISO-8859-15"},
    {"l9", "ISO-8859-15"},
    {"cyrillic", "ISO-8859-5"},
    {"greek", "ISO-8859-7"},
    {"hebrew", "ISO-8859-8"},
    {"gb2312", "GB2312"},
    {"gb2312-80", "GB2312"},
    {"gb2312-1980", "GB2312"},
    {"chinese", "GB2312"},
    {"euccn", "GB2312"},
    {"euc-cn", "GB2312"},
    {"eucgb2312-cn", "GB2312"},
    {"gbk", "GBK"},
    {"936", "GBK"},
    {"cp936", "GBK"},
    {"ms936", "GBK"},
    {"gb18030", "GB18030"},
    {"gb18030-2000", "GB18030"},
    {"big5", "BIG5"},
    {"big5-tw", "BIG5"},
    {"csbig5", "BIG5"},
    {"950", "CP950"},
    {"cp950", "CP950"},
    {"ms950", "CP950"},
    {"big5hkscs", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"hkscs", "BIG5-HKSCS"},
    {"shift-jis", "CP932"},
    {"shiftjis", "CP932"},
    {"sjis", "CP932"},
    {"s-jis", "CP932"},
    {"csshiftjis", "CP932"},
    {"932", "CP932"},
    {"cp932", "CP932"},
    {"ms932", "CP932"},
    {"mskanji", "CP932"},
    {"ms-kanji", "CP932"},
    {"windows-31j", "CP932"},
    {"eucjp", "EUC-JP"},
    {"euc-jp", "EUC-JP"},
    {"ujis", "EUC-JP"},
    {"u-jis", "EUC-JP"},
    {"euckr", "EUC-KR"},
    {"euc-kr", "EUC-KR"},
    {"korean", "EUC-KR"},
    {"ksc5601", "EUC-KR"},
    {"ks-c-5601", "EUC-KR"},
    {"ks-c-5601-1987", "EUC-KR"},
    {"949", "CP949"},
    {"cp949", "CP949"},
    {"ms949", "CP949"},
    {"uhc", "CP949"},
    {"macroman", "MACINTOSH"},
    {"mac-roman", "MACINTOSH"},
};

static bool is_or_continues(Str name, Str stem) {
    return str_starts_with(name, stem) &&
           (name.length == stem.length || name.data[stem.length] == '-');
}

Str encoding_iconv_name(Arena *arena, Str cookie) {
    Str copy = arena_copy(arena, cookie), lower = arena_copy(arena, cookie);
    char *upper_bytes = (char *)copy.data, *lower_bytes = (char *)lower.data;
    for (size_t i = 0; i < cookie.length; i++) {
        char c = cookie.data[i] == '_' ? '-' : cookie.data[i];
        bool is_upper = c >= 'A' && c <= 'Z', is_lower = c >= 'a' && c <= 'z';
        upper_bytes[i] = is_lower ? (char)(c - 'a' + 'A') : c;
        lower_bytes[i] = is_upper ? (char)(c - 'A' + 'a') : c;
    }

    // CPython cuts what editors append here: "utf-8-unix", "latin-1-dos".
    if (is_or_continues(lower, STR("utf-8"))) return STR("UTF-8");
    static const char *const LATIN[] = {"latin-1", "iso-8859-1", "iso-latin-1"};
    for (size_t i = 0; i < sizeof LATIN / sizeof *LATIN; i++) {
        if (is_or_continues(lower, str_from(LATIN[i]))) return STR("ISO-8859-1");
    }
    for (size_t i = 0; i < sizeof ALIASES / sizeof *ALIASES; i++) {
        if (str_is(lower, ALIASES[i].python)) return str_from(ALIASES[i].iconv);
    }
    // Python also writes ISO-8859-5 as "iso8859-5" and CP1251 as "windows-1251"; iconv knows both.
    return copy;
}
