// Manual pages. In: the table of commands. Out: man(7) source.
#include "cli/manual.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "cli/commands.h"
#include "cli/exit.h"

// Text that no character of which is a request; lines stay lines, an empty one begins a paragraph.
static void print_text(const char *text, FILE *out) {
    bool at_start = true;
    for (; *text != '\0'; text++) {
        if (at_start && *text == '\n') fputs(".PP", out);
        if (at_start && (*text == '.' || *text == '\'')) fputs("\\&", out);
        at_start = *text == '\n';
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
    }
    if (!at_start) fputc('\n', out);
}

static void print_title(const char *name, const char *summary, FILE *out) {
    char upper[32] = "WEFT";
    if (name != NULL) snprintf(upper, sizeof upper, "WEFT\\-%s", name);
    for (char *c = upper; *c != '\0'; c++)
        if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 'a' + 'A');
    fprintf(out, ".TH %s 1 \"\" \"weft %s\" \"User Commands\"\n.SH NAME\n", upper, WEFT_VERSION);
    fprintf(out, "weft%s%s \\- ", name ? "\\-" : "", name ? name : "");
    print_text(summary, out);
}

static char *copy_of(const char *text) {
    char *copy = strdup(text);
    if (copy == NULL) memory_gone(strlen(text));
    return copy;
}

// The text of argp's table, as the command's filter completes it.
static char *filtered(const struct argp *argp, int key, const char *text) {
    const char *result = argp->help_filter ? argp->help_filter(key, text, NULL) : text;
    char *copy = copy_of(result ? result : "");
    if (result != text) free((char *)result);
    return copy;
}

static void print_option(const struct argp *argp, const OptionRow *row, FILE *out) {
    fputs(".TP\n.B ", out);
    if (row->letter != '\0') fprintf(out, "\\-%c", row->letter);
    if (row->letter != '\0' && row->name != NULL) fputs(", ", out);
    if (row->name != NULL) {
        fputs("\\-\\-", out);
        for (const char *c = row->name; *c != '\0'; c++)
            fputs(*c == '-' ? "\\-" : (char[]){*c, 0}, out);
    }
    if (row->argument != NULL) fprintf(out, "%s\\fI%s\\fR", row->name ? "=" : " ", row->argument);
    fputc('\n', out);
    char *about = filtered(argp, row->letter, row->about);
    print_text(about, out);
    free(about);
}

static void print_synopsis(const CommandRow *command, FILE *out) {
    const char *arguments = command->argp()->args_doc;
    fputs(".SH SYNOPSIS\n", out);
    // One line for each way to call it.
    for (const char *line = arguments ? arguments : ""; line != NULL;) {
        size_t length = strcspn(line, "\n");
        fprintf(out, ".B weft %s\n[\\fIOPTION\\fR...] %.*s\n", command->name, (int)length, line);
        line = line[length] == '\n' ? line + length + 1 : NULL;
        if (line != NULL) fputs(".br\n", out);
    }
}

static void print_command(const CommandRow *command, FILE *out) {
    const struct argp *argp = command->argp();
    char *before = copy_of(argp->doc), *after = strchr(before, '\v');
    if (after != NULL) *after++ = '\0';
    print_title(command->name, command->summary, out);
    print_synopsis(command, out);
    fputs(".SH DESCRIPTION\n", out);
    print_text(before, out);
    fputs(".SH OPTIONS\n", out);
    OptionRows rows = {0};
    commands_options(command, &rows);
    for (uint32_t i = 0; i < rows.count; i++) print_option(argp, &rows.items[i], out);
    vec_release(&rows);
    if (after != NULL) {
        fputs(".SH NOTES\n", out);
        print_text(after, out);
    }
    fputs(".SH SEE ALSO\n.BR weft (1)\n", out);
    free(before);
}

static void print_all(FILE *out) {
    size_t count;
    const CommandRow *commands = commands_all(&count);
    print_title(NULL, "thread a context parameter through a Python code base", out);
    fputs(".SH SYNOPSIS\n.B weft\n\\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIPATH\\fR...]\n"
          ".SH DESCRIPTION\nweft rewrites a Python code base so that every access to shared state "
          "gets\n"
          "a context, which travels from where it is made to where it is needed.\n"
          "Rules say what needs the context and where contexts come from.\n.SH COMMANDS\n",
          out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, ".TP\n.BR weft\\-%s (1)\n", commands[i].name);
        print_text(commands[i].summary, out);
    }
    fputs(".SH EXIT STATUS\n0 done; 1 something was found; 2 wrong command line, rules or plan;\n"
          "3 some files could not be read or parsed; 4 the tree is not the one of the plan;\n"
          "5 apply failed and was rolled back; 6 interrupted, to be resumed or rolled back.\n"
          "Each command's page says which it gives.\n"
          ".SH ENVIRONMENT\n.TP\n.B WEFT_RULES_PATH\nfolders of rule packs, separated by colons\n"
          ".TP\n.B WEFT_PAGER, PAGER\nshows long answers on a terminal; \\fBcat\\fR shows them at "
          "once\n"
          ".TP\n.B NO_COLOR\nno colours\n",
          out);
}

int manual_print(const char *name, FILE *out) {
    const CommandRow *command = name ? commands_find(name) : NULL;
    if (name != NULL && command == NULL) return commands_refuse(name);
    if (command != NULL)
        print_command(command, out);
    else
        print_all(out);
    return EXIT_DONE;
}
