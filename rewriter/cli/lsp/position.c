// Places. In: bytes of UTF-8. Out: lines and UTF-16 units, which is what every client understands, and back.
#include "cli/lsp/position.h"

// Units of the character that begins with BYTE; 0 inside of one.
static uint32_t units(unsigned char byte) {
    if ((byte & 0xC0) == 0x80) return 0;
    return byte >= 0xF0 ? 2 : 1;
}

Position position_of(const SourceFile *file, uint32_t offset) {
    if (file->line_starts.count == 0) return (Position){0, 0}; // it was not read, and only that is said of it
    uint32_t start = source_line_start(file, offset);
    Position position = {source_line_column(file, offset).line - 1, 0};
    for (uint32_t i = start; i < offset && i < file->text.length; i++)
        position.character += units((unsigned char)file->text.data[i]);
    return position;
}

// Behind the line end at AT, or AT itself.
static size_t behind_line_end(Str text, size_t at) {
    if (text.data[at] == '\r' && at + 1 < text.length && text.data[at + 1] == '\n') return at + 2;
    return text.data[at] == '\n' || text.data[at] == '\r' ? at + 1 : at;
}

size_t position_offset(Str text, Position position) {
    size_t at = 0;
    for (uint32_t line = 0; line < position.line && at < text.length;) {
        size_t next = behind_line_end(text, at);
        line += next > at;
        at = next > at ? next : at + 1;
    }
    uint32_t passed = 0;
    while (at < text.length && passed < position.character && behind_line_end(text, at) == at) {
        passed += units((unsigned char)text.data[at]);
        at++;
        while (at < text.length && units((unsigned char)text.data[at]) == 0) at++;
    }
    return at;
}

Position position_in_text(Str text, size_t offset) {
    Position position = {0, 0};
    for (size_t at = 0; at < offset && at < text.length;) {
        size_t next = behind_line_end(text, at);
        if (next > at && next <= offset)
            position = (Position){position.line + 1, 0};
        else
            position.character += units((unsigned char)text.data[at]);
        at = next > at ? next : at + 1;
    }
    return position;
}

json_t *position_json(Position position) {
    return json_pack("{s:I, s:I}", "line", (json_int_t)position.line, "character", (json_int_t)position.character);
}

json_t *position_range(const SourceFile *file, uint32_t start, uint32_t end) {
    return json_pack("{s:o, s:o}", "start", position_json(position_of(file, start)), "end",
                     position_json(position_of(file, end)));
}
