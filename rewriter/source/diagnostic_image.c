// Diagnostics as bytes. In: a list, or an image. Out: the other.
#include "source/diagnostic_image.h"

void diagnostics_image_write(const Diagnostics *diagnostics, uint32_t first, StrBuf *out) {
    image_add_number(out, diagnostics->list.count - first);
    for (uint32_t i = first; i < diagnostics->list.count; i++) {
        const Diagnostic *row = &diagnostics->list.items[i];
        image_add_number(out, row->code);
        image_add_rows(out, &row->span, 1, sizeof row->span);
        image_add_text(out, row->message);
        image_add_text(out, row->note);
        image_add_text(out, row->help);
        image_add_rows(out, &row->related, 1, sizeof row->related);
        image_add_text(out, row->related_text);
    }
}

void diagnostics_image_read(ImageReader *image, Diagnostics *diagnostics) {
    uint32_t count = image_count(image, image->rest.length);
    for (uint32_t i = 0; i < count && !image->failed; i++) {
        Span span = SPAN_NONE, related = SPAN_NONE;
        uint32_t code = image_count(image, DIAGNOSTIC_CODE_COUNT - 1);
        image_rows(image, &span, 1, sizeof span);
        Str message = image_text(image), note = image_text(image), help = image_text(image);
        image_rows(image, &related, 1, sizeof related);
        Str place = image_text(image);
        diagnostic_add(diagnostics, (DiagnosticCode)code, span, "%.*s", STR_ARG(message));
        if (note.length > 0) diagnostic_note(diagnostics, "%.*s", STR_ARG(note));
        if (help.length > 0) diagnostic_help(diagnostics, "%.*s", STR_ARG(help));
        if (related.file.index != 0) diagnostic_relate(diagnostics, related, "%.*s", STR_ARG(place));
    }
}
