// In: rows about places in files. Out: bytes in which a file is a number in the list of those that the unit reads, so that they
// are of use whatever number it has in another run; or the other way.
#include "clang/unit/said.h"

#include "base/image.h"
#include "base/map.h"

enum { ROWS_A_BYTE = 1024 }; // at most: a column of zeros takes one byte for so many

void unit_said_release(UnitSaid *said) {
    unit_reads_release(&said->reads);
    vec_release(&said->marks);
    vec_release(&said->flows);
    vec_release(&said->walked);
    vec_release(&said->skipped);
    arena_release(&said->arena);
}

// ---- files as numbers ------------------------------------------------------------------------------
// FileId.index -> 1 + the first place in READS.
static void number_files(const UnitReads *reads, Map *numbers) {
    for (uint32_t i = reads->files.count; i-- > 0;)
        if (reads->files.items[i]->source.index) map_put(numbers, reads->files.items[i]->source.index, i + 1);
}

static FileId number_of(const Map *numbers, FileId file) {
    uint32_t number = 0;
    if (file.index) map_get(numbers, file.index, &number);
    return (FileId){number};
}

static bool read_file(const UnitReads *reads, FileId *file) {
    if (file->index > reads->files.count) return false;
    if (file->index) *file = reads->files.items[file->index - 1]->source;
    return true;
}

// ---- rows ------------------------------------------------------------------------------------------
static void add_marks(const MarkList *marks, const Map *numbers, StrBuf *out) {
    MarkList rows = {0};
    for (uint32_t i = 0; i < marks->count; i++) {
        MarkFact row = marks->items[i];
        row.file = number_of(numbers, row.file);
        row.home = number_of(numbers, row.home);
        vec_add(&rows, row);
    }
    image_add_number(out, rows.count);
    image_add_rows(out, rows.items, rows.count, sizeof *rows.items);
    vec_release(&rows);
}

static void add_flows(const FlowList *flows, const Map *numbers, StrBuf *out) {
    FlowList rows = {0};
    for (uint32_t i = 0; i < flows->count; i++) {
        FlowFact row = flows->items[i];
        row.file = number_of(numbers, row.file);
        row.to = number_of(numbers, row.to);
        vec_add(&rows, row);
    }
    image_add_number(out, rows.count);
    image_add_rows(out, rows.items, rows.count, sizeof *rows.items);
    vec_release(&rows);
}

static void add_places(const HeaderPlaces *places, const Map *numbers, StrBuf *out) {
    HeaderPlaces rows = {0};
    for (uint32_t i = 0; i < places->count; i++)
        vec_add(&rows, ((HeaderPlace){number_of(numbers, places->items[i].file), places->items[i].offset}));
    image_add_number(out, rows.count);
    image_add_rows(out, rows.items, rows.count, sizeof *rows.items);
    vec_release(&rows);
}

#define READ_ROWS(image, list)                                                                     \
    do {                                                                                           \
        vec_extend(list, image_count(image, (image)->rest.length * ROWS_A_BYTE));                  \
        image_rows(image, (list)->items, (list)->count, sizeof *(list)->items);                    \
    } while (0)

static bool read_places(ImageReader *image, const UnitReads *reads, HeaderPlaces *places) {
    bool good = true;
    READ_ROWS(image, places);
    for (uint32_t i = 0; good && i < places->count; i++) good = read_file(reads, &places->items[i].file);
    return good;
}

static bool read_marks(ImageReader *image, const UnitReads *reads, MarkList *marks) {
    bool good = true;
    READ_ROWS(image, marks);
    for (uint32_t i = 0; good && i < marks->count; i++)
        good = read_file(reads, &marks->items[i].file) && read_file(reads, &marks->items[i].home);
    return good;
}

static bool read_flows(ImageReader *image, const UnitReads *reads, FlowList *flows) {
    bool good = true;
    READ_ROWS(image, flows);
    for (uint32_t i = 0; good && i < flows->count; i++)
        good = read_file(reads, &flows->items[i].file) && read_file(reads, &flows->items[i].to);
    return good;
}

// ---- what was said ---------------------------------------------------------------------------------
void unit_said_write(const UnitSaid *said, StrBuf *out) {
    Map numbers = {0};
    number_files(&said->reads, &numbers);
    image_add_number(out, said->fault);
    image_add_text(out, said->message);
    image_add_number(out, number_of(&numbers, said->span.file).index);
    image_add_number(out, said->span.start);
    add_marks(&said->marks, &numbers, out);
    add_flows(&said->flows, &numbers, out);
    add_places(&said->walked, &numbers, out);
    add_places(&said->skipped, &numbers, out);
    map_release(&numbers);
}

bool unit_said_read(Str bytes, UnitSaid *said) {
    ImageReader image = {.rest = bytes};
    const UnitReads *reads = &said->reads;
    said->fault = (UnitFault)image_count(&image, UNIT_SAYS);
    said->message = arena_copy(&said->arena, image_text(&image));
    said->span.file.index = image_count(&image, reads->files.count);
    said->span.start = said->span.end = image_count(&image, UINT32_MAX);
    bool good = read_file(reads, &said->span.file) && read_marks(&image, reads, &said->marks) &&
                read_flows(&image, reads, &said->flows) && read_places(&image, reads, &said->walked) &&
                read_places(&image, reads, &said->skipped) && !image.failed;
    if (good) return true;
    vec_clear(&said->marks);
    vec_clear(&said->flows);
    vec_clear(&said->walked);
    vec_clear(&said->skipped);
    return false;
}

// ---- faults ----------------------------------------------------------------------------------------
void unit_faults_write(const CompileFaults *faults, const UnitReads *reads, StrBuf *out) {
    Map numbers = {0};
    number_files(reads, &numbers);
    image_add_number(out, faults->count);
    for (uint32_t i = 0; i < faults->count; i++) {
        image_add_number(out, number_of(&numbers, faults->items[i].file).index);
        image_add_number(out, faults->items[i].offset);
        image_add_text(out, faults->items[i].message);
    }
    map_release(&numbers);
}

bool unit_faults_read(Str bytes, const UnitReads *reads, const uint32_t *text_of, Arena *arena, CompileFaults *faults) {
    ImageReader image = {.rest = bytes};
    uint32_t count = image_count(&image, bytes.length);
    for (uint32_t i = 0; i < count && !image.failed; i++) {
        CompileFault fault = {.file = {image_count(&image, reads->files.count)}};
        if (!read_file(reads, &fault.file)) image.failed = true;
        fault.offset = image_count(&image, UINT32_MAX);
        fault.message = arena_copy(arena, image_text(&image));
        if (fault.file.index) fault.text = text_of[fault.file.index];
        vec_add(faults, fault);
    }
    if (image.failed) vec_clear(faults);
    return !image.failed;
}
