// Where primary output goes. In: environment and terminal. Out: a stdout that leads to the right
// place. Never starts a pager when standard output is a file or a pipe.
#include "cli/output.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "base/path.h"

enum { DEFAULT_WIDTH = 80, NO_SUCH_COMMAND = 127 }; // the latter is the shell's exit status

static pid_t pager = -1; // -1: none is running

bool output_color(ColorMode mode, FILE *stream) {
    if (mode != COLOR_AUTO) return mode == COLOR_ALWAYS;
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if (refused != NULL && refused[0] != '\0') return false;
    if (terminal != NULL && strcmp(terminal, "dumb") == 0) return false;
    return isatty(fileno(stream));
}

DiffLook output_diff_look(ColorMode mode) {
    if (output_color(mode, stdout)) return DIFF_COLORED;
    return isatty(STDOUT_FILENO) ? DIFF_SHOWN : DIFF_BYTES;
}

void output_diagnostics(Diagnostics *diagnostics, ColorMode color) {
    Sources none = {0};
    vec_extend(&none.files, 1);
    diagnostics_sort(diagnostics, &none);
    diagnostics_render(diagnostics, &none, SEVERITY_NOTE, output_color(color, stderr), stderr);
    sources_release(&none);
}

uint32_t output_columns(FILE *stream) {
    struct winsize size;
    if (!isatty(fileno(stream))) return 0;
    return ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : DEFAULT_WIDTH;
}

uint32_t output_width(void) {
    uint32_t columns = output_columns(stdout);
    return columns > 0 ? columns : DEFAULT_WIDTH;
}

static const char *pager_command(void) {
    const char *command = getenv("WEFT_PAGER");
    if (command == NULL) command = getenv("PAGER");
    // A bare machine has no less.
    if (command == NULL)
        command = "if command -v less >/dev/null; then exec less -FRX; else exec cat; fi";
    return command[0] == '\0' || strcmp(command, "cat") == 0 ? NULL : command;
}

static _Noreturn void run_pager(const char *command, int input) {
    dup2(input, STDIN_FILENO);
    close(input);
    setenv("LESS", "FRX", 0);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(NO_SUCH_COMMAND);
}

void pager_start(void) {
    const char *command = pager_command();
    int ends[2];
    if (command == NULL || !isatty(STDOUT_FILENO) || pipe(ends) != 0) return;
    fflush(stdout);
    pager = fork();
    if (pager == 0) {
        close(ends[1]);
        run_pager(command, ends[0]);
    }
    if (pager > 0) {
        // From here on the keyboard belongs to the pager, and it may quit before everything is
        // read.
        signal(SIGINT, SIG_IGN);
        signal(SIGPIPE, SIG_IGN);
        dup2(ends[1], STDOUT_FILENO);
    }
    close(ends[0]);
    close(ends[1]);
}

bool output_finish(void) {
    bool failed = fflush(stdout) != 0 || ferror(stdout);
    int error = errno;
    if (pager > 0) {
        int status = 0;
        close(STDOUT_FILENO);
        while (waitpid(pager, &status, 0) < 0 && errno == EINTR) continue;
        pager = -1;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != NO_SUCH_COMMAND) return true;
        message_print(stderr,
                      "weft: error[E901]: the pager could not be started, so nothing was shown\n"
                      "help: `WEFT_PAGER=cat` shows without one\n");
        return false;
    }
    if (failed) message_print(stderr, "weft: error[E901]: standard output: %s\n", strerror(error));
    return !failed;
}

bool output_place_is_safe(Str root, Str path, Diagnostics *diagnostics) {
    Arena scratch = {0};
    Str real = root;
    bool leads_out = path_real(&scratch, root, &real) && path_leads_out(real, path);
    arena_release(&scratch);
    if (!leads_out) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE,
                   "'%.*s' is not used: a link in the tree leads out of it, or nowhere",
                   STR_ARG(path));
    diagnostic_help(diagnostics, "name the place itself when that is what you want");
    return false;
}

bool output_write(Str root, Str path, Str bytes, mode_t mode, Diagnostics *diagnostics) {
    if (!output_place_is_safe(root, path, diagnostics)) return false;
    if (file_replace(path, bytes, mode)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                   STR_ARG(path), strerror(errno));
    return false;
}
