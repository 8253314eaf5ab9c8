// `weft data grants`: prints the smallest roles, and row-level security, for the plan's tables. Runs nothing.
#include "cli/data_command.h"
#include "cli/data_plan_file.h"
#include "migrate/grants.h"

static void print(const Session *session, const Schema *schema) {
    StrBuf text = {0};
    grants_write(session, schema, &text);
    fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

int data_grants(int argc, char **argv) {
    DataWork work;
    Schema schema = {0};
    bool good = data_work_start(&work, false, argc, argv) && data_plan_file_use(&work) &&
                catalog_read(&work.session.database, &schema, &work.diagnostics);
    if (good) print(&work.session, &schema);
    schema_release(&schema);
    return data_work_end(&work, good ? SESSION_DONE : SESSION_FAILED);
}
