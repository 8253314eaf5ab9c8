// The migration report as one HTML file that needs no network. In: the model, and the page that web/ is
// bundled to. Out: the page with the data in its place. What the data shows is decided in web/.
#include "report/format.h"

#include "base/bug.h"
#include "report/html_data.h"

static const unsigned char PAGE[] = {
#include "report/html_page.inc"
};

// Where the data goes; web/build.mjs sees to it that it occurs once.
#define DATA_MARK "<!--weft-data-->"

void report_write_html(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    Str page = {(const char *)PAGE, sizeof PAGE};
    ptrdiff_t mark = str_find_str(page, STR(DATA_MARK));
    BUG_UNLESS(mark >= 0);
    fwrite(page.data, 1, (size_t)mark, out);
    html_data_write(report, out);
    Str rest = str_slice(page, (size_t)mark + sizeof DATA_MARK - 1, page.length);
    fwrite(rest.data, 1, rest.length, out);
}
