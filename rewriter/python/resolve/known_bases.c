// See known_bases.h. Comes in: names. Must not list a class that a library may give further methods that its own code
// calls: what is not here may override anything.
#include "python/resolve/known_bases.h"

#include <stddef.h>

typedef struct KnownBase {
    const char *names;   // of the class, between spaces
    const char *methods; // what it has, between spaces; a `*` at the end stands for the rest of a name
} KnownBase;

static const KnownBase BASES[] = {
    {" str ", " capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha "
              "isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust "
              "lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit "
              "rstrip split splitlines startswith strip swapcase title translate upper zfill "},
    {" dict collections.OrderedDict collections.defaultdict collections.UserDict ",
     " clear copy data default_factory fromkeys get items keys move_to_end pop popitem setdefault update values "},
    {" list collections.UserList ", " append clear copy count data extend index insert pop remove reverse sort "},
    {" set frozenset ",
     " add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset "
     "issuperset pop remove symmetric_difference symmetric_difference_update union update "},
    {" tuple typing.NamedTuple ", " count index _asdict _fields _make _replace "},
    {" int float ", " as_integer_ratio bit_count bit_length conjugate denominator from_bytes fromhex hex imag "
                    "is_integer numerator real to_bytes "},
    {" enum.Enum enum.IntEnum enum.StrEnum enum.Flag enum.IntFlag ",
     " _generate_next_value_ _ignore_ _missing_ _numeric_repr_ name value "},
    {" BaseException Exception ArithmeticError AssertionError AttributeError ConnectionError EOFError ImportError "
     "IndexError KeyError LookupError NotImplementedError OSError RuntimeError TimeoutError TypeError ValueError ",
     " add_note with_traceback "},
    {" pydantic.BaseModel pydantic.main.BaseModel pydantic.v1.BaseModel ",
     " model_* construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json "
     "update_forward_refs validate "},
    {" threading.Thread ", " getName isDaemon is_alive join run setDaemon setName start "},
};

// WORD is one of the words in LIST, or begins as one that ends with `*`.
static bool has_word(const char *list, Str word) {
    for (Str rest = str_from(list); rest.length;) {
        size_t end = 0;
        while (end < rest.length && rest.data[end] != ' ') end++;
        Str item = str_slice(rest, 0, end);
        if (item.length && item.data[item.length - 1] == '*'
                ? str_starts_with(word, str_slice(item, 0, item.length - 1))
                : item.length && str_equal(item, word))
            return true;
        rest = str_slice(rest, end < rest.length ? end + 1 : end, rest.length);
    }
    return false;
}

bool known_base_lacks(Str base, Str name) {
    for (size_t i = 0; i < sizeof BASES / sizeof *BASES; i++)
        if (has_word(BASES[i].names, base)) return !has_word(BASES[i].methods, name);
    return false;
}
