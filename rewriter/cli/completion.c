// Completion scripts. In: the table of commands. Out: a script for a shell. A value of an option is completed
// as a path; the shell cannot know better.
#include "cli/completion.h"

#include <string.h>

#include "cli/commands.h"
#include "cli/exit.h"

// TEXT inside single quotes of a shell; MARKS are escaped for zsh's specifications.
static void print_quoted(const char *text, const char *marks, FILE *out) {
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            fputs("'\\''", out);
            continue;
        }
        if (strchr(marks, *text) != NULL) fputc('\\', out);
        fputc(*text, out);
    }
}

static void print_commands(const char *separator, FILE *out) {
    size_t count;
    const CommandRow *commands = commands_all(&count);
    for (size_t i = 0; i < count; i++) fprintf(out, "%s%s", commands[i].name, separator);
}

// ---- bash ----------------------------------------------------------------------------------------

static void print_bash_words(const CommandRow *command, const OptionRows *rows, FILE *out) {
    fprintf(out, "    %s) words='", command->name);
    for (uint32_t i = 0; i < rows->count; i++) {
        const OptionRow *row = &rows->items[i];
        if (row->name != NULL) fprintf(out, "--%s ", row->name);
        if (row->letter != '\0') fprintf(out, "-%c ", row->letter);
    }
    fprintf(out, "'; first='%s' ;;\n", command->words ? command->words : "");
}

static void print_bash(FILE *out) {
    size_t count;
    const CommandRow *commands = commands_all(&count);
    fputs("# bash completion for weft\n_weft() {\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} words='' first=''\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words='",
          out);
    print_commands(" ", out);
    fputs("help completion --help --version'\n    else\n    case ${COMP_WORDS[1]} in\n", out);
    for (size_t i = 0; i < count; i++) {
        OptionRows rows = {0};
        commands_options(&commands[i], &rows);
        print_bash_words(&commands[i], &rows, out);
        vec_release(&rows);
    }
    fputs("    help) first='", out);
    print_commands(" ", out);
    fputs("' ;;\n    completion) first='bash zsh fish' ;;\n    esac\n"
          "    [ \"$COMP_CWORD\" -eq 2 ] && [ \"${current#-}\" = \"$current\" ] && words=$first\n"
          "    [ \"$COMP_CWORD\" -gt 2 ] && [ \"${current#-}\" = \"$current\" ] && words=''\n"
          "    fi\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n}\n"
          "complete -o default -F _weft weft\n",
          out);
}

// ---- zsh -----------------------------------------------------------------------------------------

static void print_zsh_option(const OptionRow *row, FILE *out) {
    char letter[3] = {'-', row->letter, '\0'};
    if (row->letter != '\0' && row->name != NULL)
        fprintf(out, " \\\n            '(%s --%s)'{%s%s,--%s%s}'[", letter, row->name, letter,
                row->argument ? "+" : "", row->name, row->argument ? "=" : "");
    else
        fprintf(out, " \\\n            '%s%s%s[", row->name ? "--" : letter,
                row->name ? row->name : "",
                !row->argument ? ""
                : row->name    ? "="
                               : "+");
    print_quoted(row->about, "[]:\\", out);
    fputc(']', out);
    if (row->argument != NULL) {
        fputc(':', out);
        print_quoted(row->argument, "[]:\\", out);
        fputs(":_files", out);
    }
    fputc('\'', out);
}

static void print_zsh(FILE *out) {
    size_t count;
    const CommandRow *commands = commands_all(&count);
    fputs("#compdef weft\n_weft() {\n    local -a commands=(\n", out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "        '%s:", commands[i].name);
        print_quoted(commands[i].summary, ":\\", out);
        fputs("'\n", out);
    }
    fputs("        'help:show the options of a command'\n"
          "        'completion:print a completion script'\n    )\n"
          "    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n"
          "    fi\n    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n"
          "    case $command in\n",
          out);
    for (size_t i = 0; i < count; i++) {
        OptionRows rows = {0};
        commands_options(&commands[i], &rows);
        fprintf(out, "    %s)\n        _arguments -s", commands[i].name);
        for (uint32_t r = 0; r < rows.count; r++) print_zsh_option(&rows.items[r], out);
        if (commands[i].words != NULL)
            fprintf(out, " \\\n            '1:command:(%s)'", commands[i].words);
        fputs(" \\\n            '*:path:_files' ;;\n", out);
        vec_release(&rows);
    }
    fputs(
        "    help) _describe command commands ;;\n    completion) _values shell bash zsh fish ;;\n"
        "    esac\n}\ncompdef _weft weft\n",
        out);
}

// ---- fish ----------------------------------------------------------------------------------------

static void print_fish_command(const CommandRow *command, FILE *out) {
    OptionRows rows = {0};
    commands_options(command, &rows);
    fprintf(out, "complete -c weft -n __fish_use_subcommand -f -a %s -d '", command->name);
    print_quoted(command->summary, "\\", out);
    fputs("'\n", out);
    for (uint32_t i = 0; i < rows.count; i++) {
        const OptionRow *row = &rows.items[i];
        fprintf(out, "complete -c weft -n '__fish_seen_subcommand_from %s'", command->name);
        if (row->letter != '\0') fprintf(out, " -s %c", row->letter);
        if (row->name != NULL) fprintf(out, " -l %s", row->name);
        fprintf(out, "%s -d '", row->argument ? " -r" : "");
        print_quoted(row->about, "\\", out);
        fputs("'\n", out);
    }
    if (command->words != NULL)
        fprintf(out, "complete -c weft -n '__fish_seen_subcommand_from %s' -a '%s'\n",
                command->name, command->words);
    vec_release(&rows);
}

static void print_fish(FILE *out) {
    size_t count;
    const CommandRow *commands = commands_all(&count);
    fputs("# fish completion for weft\n", out);
    for (size_t i = 0; i < count; i++) print_fish_command(&commands[i], out);
    fputs(
        "complete -c weft -n __fish_use_subcommand -f -a help -d 'show the options of a command'\n"
        "complete -c weft -n '__fish_seen_subcommand_from help' -f -a '",
        out);
    print_commands(" ", out);
    fputs("'\ncomplete -c weft -n __fish_use_subcommand -f -a completion -d 'print a completion "
          "script'\n"
          "complete -c weft -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n",
          out);
}

int completion_print(const char *shell, FILE *out) {
    if (shell != NULL && strcmp(shell, "bash") == 0) {
        print_bash(out);
    } else if (shell != NULL && strcmp(shell, "zsh") == 0) {
        print_zsh(out);
    } else if (shell != NULL && strcmp(shell, "fish") == 0) {
        print_fish(out);
    } else {
        fputs(
            "weft completion: error[E902]: it needs the name of a shell: bash, zsh or fish\n"
            "help: bash: weft completion bash > ~/.local/share/bash-completion/completions/weft\n",
            stderr);
        return EXIT_WRONG;
    }
    return EXIT_DONE;
}
