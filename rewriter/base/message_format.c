// In: formats, and arguments. Out: whether two formats read the same arguments; text. "%-*s %.*s" reads an int, a text,
// an int, a text; "%4$.*3$s %2$-*1$s" reads them, too.
#include "base/message_format.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ARGUMENTS = 32 };

// What each argument is, by its number: a letter for its kind, and how long it is. 0: it is not read.
typedef struct Arguments {
    uint16_t kinds[MOST_ARGUMENTS];
    uint32_t next; // the number of the next one without a number of its own
    bool broken;
} Arguments;

// One conversion: where its parts come from. A size is a number, or the argument of a number; -1 and NO_ARGUMENT: none.
enum { NO_ARGUMENT = MOST_ARGUMENTS };
typedef struct Conversion {
    char flags[8];
    int width, precision;
    uint32_t width_from, precision_from, from;
    uint16_t kind;
    char letter;
} Conversion;

// ---- reading ---------------------------------------------------------------------------------------
static void take(Arguments *arguments, uint32_t number, uint16_t kind) {
    if (number >= MOST_ARGUMENTS || (arguments->kinds[number] != 0 && arguments->kinds[number] != kind))
        arguments->broken = true;
    else
        arguments->kinds[number] = kind;
}

static bool take_number(const char **text, uint32_t *number) {
    size_t digits = strspn(*text, "0123456789");
    if (digits == 0 || (*text)[digits] != '$') return false;
    *number = (uint32_t)strtoul(*text, NULL, 10) - 1;
    *text += digits + 1;
    return true;
}

// A width or a precision, which may be an argument.
static void take_size(const char **text, Arguments *arguments, int *size, uint32_t *from) {
    if (**text == '*') {
        (*text)++;
        if (!take_number(text, from)) *from = arguments->next++;
        take(arguments, *from, 'd');
        return;
    }
    char *end;
    *size = (int)strtol(*text, &end, 10);
    *text = end;
}

static char kind_of(char letter) {
    if (letter == 'i') return 'd';
    if (letter != '\0' && strchr("oxX", letter)) return 'u';
    return letter != '\0' && strchr("eEfFgGaA", letter) ? 'f' : letter;
}

// TEXT is behind the "%"; what is behind the conversion. It reads its own argument last, unless it says which.
static const char *take_conversion(const char *text, Arguments *arguments, Conversion *conversion) {
    *conversion = (Conversion){.width = -1, .precision = -1, .width_from = NO_ARGUMENT, .precision_from = NO_ARGUMENT};
    bool numbered = take_number(&text, &conversion->from);
    size_t flags = strspn(text, "-+ #0'");
    if (flags < sizeof conversion->flags) memcpy(conversion->flags, text, flags);
    text += flags;
    if (*text == '*' || (*text >= '1' && *text <= '9'))
        take_size(&text, arguments, &conversion->width, &conversion->width_from);
    if (*text == '.') {
        text++;
        take_size(&text, arguments, &conversion->precision, &conversion->precision_from);
    }
    uint16_t length = 0;
    for (; *text != '\0' && strchr("hlzjt", *text); text++) length = (uint16_t)((length << 4 ^ (uint8_t)*text) & 0xff);
    conversion->letter = *text;
    char kind = kind_of(*text);
    if (kind == '\0' || !strchr("dufcsp", kind)) arguments->broken = true;
    if (!numbered) conversion->from = arguments->next++;
    conversion->kind = (uint16_t)(length << 8 | (uint8_t)kind);
    take(arguments, conversion->from, conversion->kind);
    return *text != '\0' ? text + 1 : text;
}

static void read_format(const char *text, Arguments *arguments) {
    Conversion ignored;
    *arguments = (Arguments){0};
    while ((text = strchr(text, '%')) != NULL && !arguments->broken)
        text = text[1] == '%' ? text + 2 : take_conversion(text + 1, arguments, &ignored);
}

bool message_format_fits(const char *key, const char *translation) {
    Arguments wanted, read;
    read_format(key, &wanted);
    read_format(translation, &read);
    return !wanted.broken && !read.broken && memcmp(wanted.kinds, read.kinds, sizeof wanted.kinds) == 0;
}

// ---- arguments -------------------------------------------------------------------------------------
typedef union Value {
    long long number;
    double real;
    const char *text;
} Value;

typedef struct Values {
    va_list list;
    Value items[MOST_ARGUMENTS];
} Values;

enum { LONG = 'l', LONG_LONG = ('l' << 4 ^ 'l') & 0xff };

static long long next_signed(Values *values, uint16_t length) {
    switch (length) {
    case LONG: return va_arg(values->list, long);
    case LONG_LONG: return va_arg(values->list, long long);
    case 'z': return va_arg(values->list, ssize_t);
    case 'j': return va_arg(values->list, intmax_t);
    case 't': return va_arg(values->list, ptrdiff_t);
    default: return va_arg(values->list, int);
    }
}

static long long next_unsigned(Values *values, uint16_t length) {
    switch (length) {
    case LONG: return (long long)va_arg(values->list, unsigned long);
    case LONG_LONG: return (long long)va_arg(values->list, unsigned long long);
    case 'z': return (long long)va_arg(values->list, size_t);
    case 'j': return (long long)va_arg(values->list, uintmax_t);
    case 't': return va_arg(values->list, ptrdiff_t);
    default: return va_arg(values->list, unsigned);
    }
}

static void read_values(const Arguments *arguments, Values *values) {
    for (uint32_t i = 0; i < MOST_ARGUMENTS && arguments->kinds[i] != 0; i++) {
        uint16_t length = arguments->kinds[i] >> 8;
        switch (arguments->kinds[i] & 0xff) {
        case 'd': values->items[i].number = next_signed(values, length); break;
        case 'u': values->items[i].number = next_unsigned(values, length); break;
        case 'c': values->items[i].number = va_arg(values->list, int); break;
        case 'f': values->items[i].real = va_arg(values->list, double); break;
        default: values->items[i].text = va_arg(values->list, const char *); break;
        }
    }
}

// ---- writing ---------------------------------------------------------------------------------------
// Where the program's own texts lie: GNU ld, gold and lld define these.
extern const char __executable_start[], edata[];

static bool is_own(const char *text) {
    uintptr_t place = (uintptr_t)text;
    return place >= (uintptr_t)__executable_start && place < (uintptr_t)edata;
}

// Columns of UTF-8: characters of Chinese, Japanese and Korean, and the marks set with them, take two.
static int columns_of(const char *text, size_t length) {
    int columns = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool is_wide = (byte >= 0xe3 && byte <= 0xed) || byte == 0xef || byte >= 0xf0;
        columns += (byte & 0xc0) == 0x80 ? 0 : is_wide ? 2 : 1;
    }
    return columns;
}

static void add_text(StrBuf *out, const Conversion *conversion, const char *text,
                     const char *(*translate)(const char *)) {
    if (text == NULL) text = ""; // of no length
    bool counted = conversion->precision_from != NO_ARGUMENT;
    size_t length = conversion->precision >= 0 ? strnlen(text, (size_t)conversion->precision) : strlen(text);
    bool whole = conversion->precision < 0 || (counted && is_own(text) && text[length] == '\0');
    if (whole && is_own(text) && strchr(text, ' ') != NULL) {
        text = translate(text);
        length = strlen(text);
    }
    int gap = conversion->width - columns_of(text, length);
    bool left = strchr(conversion->flags, '-') != NULL;
    if (gap > 0 && !left) strbuf_add_repeat(out, ' ', (size_t)gap);
    strbuf_add(out, (Str){text, length});
    if (gap > 0 && left) strbuf_add_repeat(out, ' ', (size_t)gap);
}

// The one place where a format is put together; it has one conversion, of the type of VALUE.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void add_number(StrBuf *out, const Conversion *conversion, Value value) {
    char format[64], width[16] = "", precision[16] = "";
    if (conversion->width >= 0) snprintf(width, sizeof width, "%d", conversion->width);
    if (conversion->precision >= 0) snprintf(precision, sizeof precision, ".%d", conversion->precision);
    char kind = (char)(conversion->kind & 0xff);
    snprintf(format, sizeof format, "%%%s%s%s%s%c", conversion->flags, width, precision,
             kind == 'd' || kind == 'u' ? "ll" : "", conversion->letter);
    if (kind == 'f')
        strbuf_addf(out, format, value.real);
    else if (kind == 'c')
        strbuf_addf(out, format, (int)value.number);
    else if (kind == 'p')
        strbuf_addf(out, format, (const void *)value.text);
    else
        strbuf_addf(out, format, value.number);
}
#pragma GCC diagnostic pop

static void add_conversion(StrBuf *out, Conversion *conversion, const Values *values,
                           const char *(*translate)(const char *)) {
    if (conversion->width_from != NO_ARGUMENT) conversion->width = (int)values->items[conversion->width_from].number;
    if (conversion->precision_from != NO_ARGUMENT)
        conversion->precision = (int)values->items[conversion->precision_from].number;
    if (conversion->width < -1) { // as printf has it
        conversion->flags[strlen(conversion->flags) % (sizeof conversion->flags - 1)] = '-';
        conversion->width = -conversion->width;
    }
    if (conversion->letter == 's')
        add_text(out, conversion, values->items[conversion->from].text, translate);
    else
        add_number(out, conversion, values->items[conversion->from]);
}

void message_format_add(StrBuf *out, const char *key, const char *translation, va_list arguments,
                        const char *(*translate)(const char *text)) {
    Arguments wanted, read = {0};
    Values values;
    read_format(key, &wanted);
    va_copy(values.list, arguments);
    read_values(&wanted, &values);
    va_end(values.list);
    while (*translation != '\0') {
        size_t plain = strcspn(translation, "%");
        strbuf_add(out, (Str){translation, plain});
        translation += plain;
        if (translation[0] == '%' && translation[1] == '%') {
            strbuf_add_char(out, '%');
            translation += 2;
        } else if (translation[0] == '%') {
            Conversion conversion;
            translation = take_conversion(translation + 1, &read, &conversion);
            add_conversion(out, &conversion, &values, translate);
        }
    }
}
