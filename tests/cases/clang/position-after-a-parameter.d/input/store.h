#ifndef STORE_H
#define STORE_H
#define EXTERN(type) extern type

typedef enum {
    HASH_SHORT = 1, // the only one so far
    HASH_LONG,
} hash_t;
enum { SIZE_SHORT = 20, SIZE_LONG = 32 };
typedef struct stream stream;
struct stream {
    int size;
    hash_t hash;
};

EXTERN(int) store_hash(char *out, const char *data, int kind);
EXTERN(int) store_file(char *, const char *, int kind, int flags);
int store_link(char *out, const char *path);
int store_known(char *out, hash_t hash, int kind);
int stream_size(stream *from);
int hash_size(hash_t hash);
#endif
