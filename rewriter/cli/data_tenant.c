// `weft data tenant list`, `add NAME`, `export NAME` and `delete NAME`: what the columns of owners make possible for one of them.
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/message.h"
#include "cli/data_command.h"
#include "cli/data_work.h"
#include "cli/exit.h"
#include "migrate/export.h"
#include "migrate/tenants.h"
#include "report/text.h"

typedef bool TenantVerb(DataWork *work, const Schema *schema);

static bool refuse(DataWork *work, const char *what, const char *help) {
    diagnostic_add(&work->diagnostics, DIAGNOSTIC_E670, SPAN_NONE, "%s", what);
    diagnostic_help(&work->diagnostics, "%s", help);
    return false;
}

// ---- list ----------------------------------------------------------------------------------------

static bool list(DataWork *work, const Schema *schema) {
    Tenants tenants = {0};
    StrBuf text = {0};
    bool good = tenants_list(&work->session, schema, &tenants);
    for (uint32_t i = 0; good && i < tenants.list.count; i++) {
        const Tenant *tenant = &tenants.list.items[i];
        if (tenant->name.kind == VALUE_TEXT)
            text_add_shown(&text, tenant->name.text);
        else
            value_show(&text, &tenant->name);
        strbuf_addf(&text, "\t%" PRId64 "\n", tenant->rows);
    }
    fwrite(text.data != NULL ? text.data : "", 1, text.length, stdout);
    strbuf_release(&text);
    tenants_release(&tenants);
    return good;
}

// ---- export --------------------------------------------------------------------------------------

static bool write_failed(DataWork *work, Str path) {
    diagnostic_add(&work->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                   STR_ARG(path), strerror(errno));
    return false;
}

static bool export_tenant(DataWork *work, const Schema *schema) {
    const DataOptions *options = &work->options;
    int64_t rows;
    FILE *out = options->output.length > 0 ? export_open(options->output) : stdout;
    if (out == NULL) return write_failed(work, options->output);
    bool good = tenants_export(&work->session, schema, options->add.name, out, &rows);
    if (out != stdout && !export_close(out)) return write_failed(work, options->output);
    if (good && !options->quiet) message_print(stderr, "weft: %" PRId64 " rows\n", rows);
    return good;
}

// ---- add -----------------------------------------------------------------------------------------

static bool add(DataWork *work, const Schema *schema) {
    int64_t rows;
    if (!tenant_add(&work->session, schema, &work->options.add, &rows)) return false;
    if (!work->options.quiet) message_print(stdout, "may move in, with %" PRId64 " rows\n", rows);
    return true;
}

// ---- delete --------------------------------------------------------------------------------------

static bool delete_tenant(DataWork *work, const Schema *schema) {
    int64_t rows;
    if (!work->options.yes)
        return refuse(work, "deleting a tenant deletes all of its rows",
                      "`weft data tenant export` keeps them in a file; then say --yes");
    if (!tenants_delete(&work->session, schema, work->options.add.name, &rows)) return false;
    if (!work->options.quiet) message_print(stdout, "%" PRId64 " rows deleted\n", rows);
    return true;
}

// ---- the command ---------------------------------------------------------------------------------

static const struct {
    const char *name;
    TenantVerb *run;
    bool changes, takes_name;
} VERBS[] = {
    {"list", list, false, false},
    {"add", add, true, true},
    {"export", export_tenant, false, true},
    {"delete", delete_tenant, true, true},
};
enum { VERB_COUNT = sizeof VERBS / sizeof *VERBS };

static int find_verb(const char *name) {
    for (int i = 0; i < VERB_COUNT; i++)
        if (strcmp(name, VERBS[i].name) == 0) return i;
    return -1;
}

static int refuse_line(const char *why) {
    message_print(stderr,
                  "weft: error[E902]: weft data tenant: %s\nhelp: weft data tenant list | add NAME "
                  "| export NAME | "
                  "delete NAME\n",
                  why);
    return EXIT_WRONG;
}

int data_tenant(int argc, char **argv) {
    DataWork work;
    Schema schema = {0};
    int verb = argc > 1 ? find_verb(argv[1]) : -1;
    bool asks = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
    if (asks) // the parser answers and ends the program
        return data_work_end(&work, data_work_start(&work, false, argc, argv) ? SESSION_DONE
                                                                              : SESSION_FAILED);
    if (verb < 0) return refuse_line(argc > 1 ? "there is no such word" : "a word is missing");
    bool good = data_work_start(&work, VERBS[verb].changes, argc - 1, argv + 1);
    if (good && VERBS[verb].takes_name && work.options.add.name.length == 0)
        good = refuse(&work, "no tenant is named", "`weft data tenant list` names them");
    good = good && session_use_kept_plan(&work.session) &&
           catalog_read(&work.session.database, &schema, &work.diagnostics) &&
           VERBS[verb].run(&work, &schema);
    schema_release(&schema);
    return data_work_end(&work, good ? SESSION_DONE : SESSION_FAILED);
}
