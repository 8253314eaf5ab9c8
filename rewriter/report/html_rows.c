// The tables of files and functions of the HTML report. In: the model. Out: rows in path and definition order,
// which the other parts of the page name by their number.
#include "report/html_data.h"
#include "report/json_value.h"

// ---- which rows there are ------------------------------------------------------------------------

static void add_file(HtmlRows *rows, uint32_t file) {
    if (rows->file_row[file] != 0) return;
    vec_add(&rows->files, file);
    rows->file_row[file] = rows->files.count;
}

static void mark_functions(const Report *report, HtmlRows *rows, bool *marked) {
    for (uint32_t i = 0; i < report->links.count; i++) {
        marked[report->links.items[i].giver.index] = true;
        marked[report->links.items[i].taker.index] = true;
    }
    for (uint32_t i = 0; i < report->accesses.count; i++) {
        uint32_t sink = report->accesses.items[i].sink;
        uint32_t function = report->input->solution->sinks.items[sink].function.index;
        marked[function] = true;
        rows->accesses[function]++;
    }
}

static uint32_t function_file(const Report *report, FunctionId function) {
    const Program *program = report->input->program;
    ModuleId module = program_function(program, function)->module;
    return report->file_rows[program_module_file(program, module).index] - 1;
}

// Functions in files that are left out are in no row.
static bool has_file(const Report *report, FunctionId function) {
    const Program *program = report->input->program;
    ModuleId module = program_function(program, function)->module;
    return report->file_rows[program_module_file(program, module).index] != 0;
}

static void group_functions(const Report *report, HtmlRows *rows) {
    const Program *program = report->input->program;
    uint32_t functions = program_function_count(program);
    rows->first_function =
        arena_array(&rows->arena, uint32_t, report->input->sources->files.count + 1);
    rows->next_function = arena_array(&rows->arena, uint32_t, functions + 1);
    for (uint32_t i = functions; i-- > 1;) {
        FileId file =
            program_module_file(program, program_function(program, (FunctionId){i})->module);
        rows->next_function[i] = rows->first_function[file.index];
        rows->first_function[file.index] = i;
    }
}

void html_rows_build(const Report *report, HtmlRows *rows) {
    uint32_t functions = program_function_count(report->input->program);
    *rows = (HtmlRows){0};
    rows->file_row = arena_array(&rows->arena, uint32_t, report->files.count + 1);
    rows->function_row = arena_array(&rows->arena, uint32_t, functions + 1);
    for (uint32_t i = 0; i < report->files.count; i++)
        if (report->files.items[i].migrates) add_file(rows, i);
    rows->migrating = rows->files.count;
    group_functions(report, rows);
    bool *marked = arena_array(&rows->arena, bool, functions + 1);
    rows->accesses = arena_array(&rows->arena, uint32_t, functions + 1);
    mark_functions(report, rows, marked);
    for (uint32_t i = 1; i < functions; i++) {
        if (!marked[i] || !has_file(report, (FunctionId){i})) continue;
        vec_add(&rows->functions, ((FunctionId){i}));
        rows->function_row[i] = rows->functions.count;
        add_file(rows, function_file(report, (FunctionId){i}));
    }
}

void html_rows_release(HtmlRows *rows) {
    vec_release(&rows->files);
    vec_release(&rows->functions);
    arena_release(&rows->arena);
}

// ---- what they say -------------------------------------------------------------------------------

static const char *supply_word(const FunctionPlan *plan) {
    switch (plan->supply) {
    case SUPPLY_NONE: return plan->reads_ambient ? "bridged" : "none";
    case SUPPLY_PARAMETER: return plan->optional ? "optional" : "parameter";
    case SUPPLY_CARRIER: return "carrier";
    case SUPPLY_HELD: return "held";
    case SUPPLY_CLOSURE: return "closure";
    case SUPPLY_CREATED: return "created";
    case SUPPLY_BRIDGED: return "bridged";
    }
    return "none";
}

static uint32_t line_of(const Report *report, Span span) {
    return source_line_column(source_file(report->input->sources, span.file), span.start).line;
}

// Line of the call of an edge; 0 when the context goes another way than by a call.
static uint32_t edge_line(const Report *report, uint32_t edge) {
    const Program *program = report->input->program;
    if (edge == 0) return 0;
    return line_of(report, program_expr_span(program, program_edge(program, edge)->expr));
}

static int row_of(const HtmlRows *rows, FunctionId function) {
    return (int)rows->function_row[function.index] - 1;
}

// [name, file, line, how it comes by its context, giver or -1, line of the giver's call, origins,
// accesses that it runs, accesses that get their context through it]
json_t *html_functions(const Report *report, const HtmlRows *rows) {
    const Program *program = report->input->program;
    json_t *list = json_array();
    for (uint32_t i = 0; i < rows->functions.count; i++) {
        FunctionId function = rows->functions.items[i];
        const FunctionFact *fact = program_function(program, function);
        const FunctionPlan *plan = &report->input->solution->functions[function.index];
        ReportGiver giver = report->givers[function.index];
        Span start = {program_module_file(program, fact->module), fact->keyword_start,
                      fact->keyword_start};
        Str name = program_name(program, fact->qualified);
        json_t *row = json_array();
        json_add(row, json_text(name.length > 0 ? name : STR("a lambda")));
        json_add(row, json_integer(rows->file_row[function_file(report, function)] - 1));
        json_add(row, json_integer(line_of(report, start)));
        json_add(row, json_string(supply_word(plan)));
        json_add(row, json_integer(row_of(rows, giver.function)));
        json_add(row, json_integer(edge_line(report, giver.edge)));
        json_add(row, json_integer(plan->origins));
        json_add(row, json_integer(rows->accesses[function.index]));
        json_add(row, json_integer(report->reached[function.index]));
        json_add(list, row);
    }
    return list;
}

// [giver, taker, line of the call in the giver; 0: through an object or the enclosing function]
json_t *html_links(const Report *report, const HtmlRows *rows) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < report->links.count; i++) {
        const ReportLink *link = &report->links.items[i];
        json_t *row = json_array();
        json_add(row, json_integer(row_of(rows, link->giver)));
        json_add(row, json_integer(row_of(rows, link->taker)));
        json_add(row, json_integer(edge_line(report, link->edge)));
        json_add(list, row);
    }
    return list;
}
