#ifndef SHELF_H
#define SHELF_H
#define SHELF_MAX 10
enum mode { MODE_ONE };
struct shelf;
struct context;
typedef struct book { int pages; } book_t;
typedef int (*visit_t)(struct context *ctx, void *data, const struct book *book);
#define shelf_each(ctx, s, b) for (;;)
extern int shelf_count;
int shelf_add(struct context *ctx, struct shelf *shelf,
              const char *heading, long pages);
extern int shelf_remove(struct shelf *from, const char *title, int flags);
char *shelf_name(const struct shelf *shelf);
void shelf_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
int shelf_visit(struct shelf *shelf, void *data, visit_t visit);
int _shelf_hidden(long a);
static inline int shelf_half(int whole) { return whole / 2; }
#endif
