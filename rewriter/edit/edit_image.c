// Edits as bytes. In: edits that are sorted and fit, or an image. Out: the other.
#include "edit/edit_image.h"

_Static_assert(sizeof(Edit) == 88 || sizeof(void *) != 8, "a field of an edit is new: does it point somewhere?");

void edits_image_write(const Edits *edits, StrBuf *out) {
    image_add_number(out, edits->list.count);
    image_add_rows(out, edits->list.items, edits->list.count, sizeof *edits->list.items);
    for (uint32_t i = 0; i < edits->list.count; i++) {
        image_add_text(out, edits->list.items[i].text);
        image_add_text(out, edits->list.items[i].family);
        image_add_text(out, edits->list.items[i].owner);
    }
}

void edits_image_read(ImageReader *image, Edits *edits) {
    uint32_t count = image_count(image, image->rest.length);
    vec_extend(&edits->list, count);
    image_rows(image, edits->list.items, count, sizeof *edits->list.items);
    for (uint32_t i = 0; i < count; i++) {
        edits->list.items[i].text = image_text(image);
        edits->list.items[i].family = image_text(image);
        edits->list.items[i].owner = image_text(image);
    }
}
