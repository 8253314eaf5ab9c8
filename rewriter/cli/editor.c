// The user's editor. In: a text. Out: the same after a person changed it. The temporary file is gone
// afterwards; nothing else is written.
#include "cli/editor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

static const char *editor_command(void) {
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0') return value;
    }
    return "vi";
}

static bool run_editor(Arena *arena, const char *path) {
    const char *command = editor_command();
    // As git does it: the value is a command for the shell, and the file its argument.
    const char *line = arena_format(arena, "%s \"$@\"", command).data;
    pid_t child = fork();
    if (child < 0) return false;
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", line, command, path, (char *)NULL);
        _exit(127);
    }
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return false;
    errno = EINTR;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool write_text(int file, Str text) {
    FILE *stream = fdopen(file, "wb");
    if (stream == NULL) {
        close(file);
        return false;
    }
    bool good = fwrite(text.data, 1, text.length, stream) == text.length;
    return fclose(stream) == 0 && good;
}

bool editor_change(Arena *arena, Str suffix, Str text, Str *changed) {
    const char *folder = getenv("TMPDIR");
    if (folder == NULL || folder[0] == '\0') folder = "/tmp";
    Str path = arena_format(arena, "%s/weft-XXXXXX%.*s", folder, STR_ARG(suffix));
    char *name = arena_alloc(arena, path.length + 1); // mkstemps writes to it
    memcpy(name, path.data, path.length);
    int file = mkstemps(name, (int)suffix.length);
    if (file < 0) return false;
    bool good = write_text(file, text) && run_editor(arena, name) &&
                file_read(arena, str_from(name), 0, changed, NULL) == FILE_OK;
    int error = errno;
    unlink(name);
    errno = error;
    return good;
}
