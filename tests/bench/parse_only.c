// What parsing alone costs: every .py file below the given folders through the grammar, and nothing else done with it.
// In: `bench_parse_only [-j THREADS] FOLDER...`. Out: how many files and bytes. A peer of weft in tests/bench/peers.py,
// which is why it knows nothing of weft: memory is that of the C library, files are read one by one.
#include <fts.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>
#include <unistd.h>

const TSLanguage *tree_sitter_python(void);

enum { MOST_THREADS = 64 };

static char **paths;
static size_t path_count, path_space;
static atomic_size_t next_path, bytes_read;

static _Noreturn void give_up(const char *what) {
    perror(what);
    exit(1);
}

static void add_path(const char *path) {
    if (path_count == path_space) {
        path_space = path_space ? 2 * path_space : 1024;
        paths = realloc(paths, path_space * sizeof *paths);
        if (!paths) give_up("paths");
    }
    paths[path_count] = strdup(path);
    if (!paths[path_count++]) give_up(path);
}

// As weft goes through a tree: no hidden folders, no symbolic links.
static void find_files(char *const *folders) {
    FTS *walk = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!walk) give_up("fts_open");
    for (FTSENT *entry; (entry = fts_read(walk)) != NULL;) {
        if (entry->fts_info == FTS_D && entry->fts_level > 0 && entry->fts_name[0] == '.')
            fts_set(walk, entry, FTS_SKIP);
        const char *dot = strrchr(entry->fts_name, '.');
        if (entry->fts_info == FTS_F && dot && strcmp(dot, ".py") == 0) add_path(entry->fts_path);
    }
    fts_close(walk);
}

static void parse_file(TSParser *parser, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) give_up(path);
    long length = ftell(file);
    char *text = malloc((size_t)length + 1);
    if (length < 0 || !text) give_up(path);
    rewind(file);
    if (fread(text, 1, (size_t)length, file) != (size_t)length) give_up(path);
    fclose(file);
    ts_tree_delete(ts_parser_parse_string(parser, NULL, text, (uint32_t)length));
    free(text);
    atomic_fetch_add(&bytes_read, (size_t)length);
}

static void *work(void *unused) {
    TSParser *parser = ts_parser_new();
    if (!ts_parser_set_language(parser, tree_sitter_python())) give_up("the grammar");
    for (size_t i; (i = atomic_fetch_add(&next_path, 1)) < path_count;) parse_file(parser, paths[i]);
    ts_parser_delete(parser);
    return unused;
}

int main(int argc, char **argv) {
    int threads = 1;
    for (int option; (option = getopt(argc, argv, "j:")) != -1;) {
        if (option != 'j') return 2;
        threads = atoi(optarg);
    }
    if (threads < 1 || threads > MOST_THREADS || optind == argc) return 2;
    find_files(argv + optind);
    pthread_t started[MOST_THREADS];
    for (int i = 1; i < threads; i++)
        if (pthread_create(&started[i], NULL, work, NULL) != 0) give_up("a thread");
    work(NULL);
    for (int i = 1; i < threads; i++) pthread_join(started[i], NULL);
    printf("%zu files, %zu bytes\n", path_count, (size_t)atomic_load(&bytes_read));
    for (size_t i = 0; i < path_count; i++) free(paths[i]);
    free(paths);
    return 0;
}
