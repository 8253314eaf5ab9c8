// Facts as bytes. In: tables, or an image. Out: the other. Rows are written as they are; of modules what are pointers
// follows by itself, and the index of symbols is made anew.
#include "facts/image.h"

#include <stddef.h>

_Static_assert(sizeof(ModuleFact) == 80 || sizeof(void *) != 8, "a field of a module is new: does it point somewhere?");

// A row takes a byte for each 1024 of its kind at least.
enum { ROWS_A_BYTE = 1024 };

// ---- writing -------------------------------------------------------------------------------------
static void add_names(const Interner *names, StrBuf *out) {
    image_add_number(out, intern_count(names));
    for (uint32_t i = 1; i < intern_count(names); i++) image_add_text(out, intern_str(names, (Name){i}));
}

static void add_modules(const Facts *facts, StrBuf *out) {
    image_add_number(out, facts->modules.count);
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        const ModuleFact *module = &facts->modules.items[i];
        ModuleFact row = *module;
        row.language = NULL;
        memset(&row.exports, 0, sizeof row.exports);
        row.indent = STR_NONE;
        image_add_rows(out, &row, 1, sizeof row);
        image_add_text(out, module->language ? str_from(module->language->name) : STR_NONE);
        image_add_number(out, module->exports.count);
        image_add_rows(out, module->exports.items, module->exports.count, sizeof *module->exports.items);
        image_add_text(out, module->indent);
    }
}

// What a compiler says.
static void add_compiled(const Facts *facts, StrBuf *out) {
    image_add_number(out, facts->units.count);
    for (uint32_t i = 0; i < facts->units.count; i++) {
        const UnitFact *unit = &facts->units.items[i];
        image_add_number(out, unit->file.index);
        image_add_text(out, unit->folder);
        image_add_number(out, unit->argument_count);
        for (uint32_t k = 0; k < unit->argument_count; k++) image_add_text(out, str_from(unit->arguments[k]));
        image_add_number(out, unit->first_file);
        image_add_number(out, unit->file_count);
        image_add_number(out, unit->parses);
        image_add_number(out, unit->unused);
    }
    image_add_number(out, facts->unit_files.count);
    image_add_rows(out, facts->unit_files.items, facts->unit_files.count, sizeof *facts->unit_files.items);
    image_add_number(out, facts->marks.count);
    image_add_rows(out, facts->marks.items, facts->marks.count, sizeof *facts->marks.items);
    image_add_number(out, facts->flows.count);
    image_add_rows(out, facts->flows.items, facts->flows.count, sizeof *facts->flows.items);
}

#define ADD_TABLE(table)                                                                           \
    do {                                                                                           \
        image_add_number(out, facts->table.count);                                                 \
        image_add_rows(out, facts->table.items, facts->table.count, sizeof *facts->table.items);   \
    } while (0)

bool facts_image_write(const Facts *facts, StrBuf *out) {
    if (facts->stops.count > 0) return false;
    add_names(facts->names, out);
    add_modules(facts, out);
#define FACT_TABLE(table, Row, Id, row)                                                            \
    if (offsetof(Facts, table) != offsetof(Facts, modules)) ADD_TABLE(table);
#define RESOLUTION_TABLE(table, Row, row) ADD_TABLE(table);
#include "facts/facts_tables.def"
    add_compiled(facts, out);
    return true;
}

// ---- reading -------------------------------------------------------------------------------------
static void read_names(ImageReader *image, Interner *names) {
    uint32_t count = image_count(image, image->rest.length + 1);
    for (uint32_t i = 1; i < count; i++) intern(names, image_text(image));
    if (intern_count(names) != count) image->failed = true;
}

// A tab, or as many spaces: the text of an image does not live as long as the facts.
static Str indent_of(Str text) {
    static const char SPACES[] = "        ";
    if (str_starts_with(text, STR("\t"))) return STR("\t");
    return str_slice((Str){SPACES, sizeof SPACES - 1}, 0, text.length);
}

static void read_modules(ImageReader *image, const Languages *languages, Facts *facts) {
    uint32_t count = image_count(image, image->rest.length + 1);
    for (uint32_t i = 1; i < count && !image->failed; i++) {
        ModuleFact *row = vec_push(&facts->modules);
        image_rows(image, row, 1, sizeof *row);
        row->language = languages_named(languages, image_text(image));
        memset(&row->exports, 0, sizeof row->exports);
        vec_extend(&row->exports, image_count(image, image->rest.length * ROWS_A_BYTE));
        image_rows(image, row->exports.items, row->exports.count, sizeof *row->exports.items);
        row->indent = indent_of(image_text(image));
    }
}

#define READ_TABLE(table)                                                                          \
    do {                                                                                           \
        uint32_t count = image_count(image, image->rest.length * ROWS_A_BYTE);                     \
        vec_clear(&facts->table);                                                                  \
        vec_extend(&facts->table, count);                                                          \
        image_rows(image, facts->table.items, count, sizeof *facts->table.items);                  \
    } while (0)

static void read_unit(ImageReader *image, Facts *facts) {
    UnitFact unit = {.file = {image_count(image, UINT32_MAX)}};
    unit.folder = arena_copy(&facts->arena, image_text(image));
    unit.argument_count = image_count(image, image->rest.length);
    const char **arguments = arena_array(&facts->arena, const char *, unit.argument_count + 1);
    for (uint32_t i = 0; i < unit.argument_count; i++) arguments[i] = arena_copy(&facts->arena, image_text(image)).data;
    unit.arguments = arguments;
    unit.first_file = image_count(image, UINT32_MAX);
    unit.file_count = image_count(image, UINT32_MAX);
    unit.parses = image_number(image);
    unit.unused = (UnusedParameter)image_count(image, UNUSED_NEEDS_ATTRIBUTE + 1);
    vec_add(&facts->units, unit);
}

static void read_compiled(ImageReader *image, Facts *facts) {
    uint32_t units = image_count(image, image->rest.length);
    for (uint32_t i = 0; i < units && !image->failed; i++) read_unit(image, facts);
    READ_TABLE(unit_files);
    READ_TABLE(marks);
    READ_TABLE(flows);
}

bool facts_image_read(ImageReader *image, const Sources *sources, const Languages *languages, Facts *facts) {
    facts_init(facts, sources);
    read_names(image, facts->names);
    read_modules(image, languages, facts);
#define FACT_TABLE(table, Row, Id, row)                                                            \
    if (offsetof(Facts, table) != offsetof(Facts, modules)) READ_TABLE(table);
#define RESOLUTION_TABLE(table, Row, row) READ_TABLE(table);
#include "facts/facts_tables.def"
    read_compiled(image, facts);
    for (uint32_t i = 1; i < facts->symbols.count && !image->failed; i++)
        facts_symbol_index(facts, (SymbolId){i});
    if (image->failed) facts_release(facts);
    return !image->failed;
}
