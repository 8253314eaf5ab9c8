#ifndef SHELF_H
#define SHELF_H
#define SHELF_MAX 10
#define SHELF_OLD 1
enum mode { MODE_ONE, MODE_TWO };
struct shelf;
typedef struct book { int pages; } book_t;
typedef int (*visit_t)(void *data, const struct book *book);
#define shelf_each(s, b) for (;;)
extern int shelf_count;
int shelf_add(struct shelf *shelf, const char *title, int pages);
int shelf_remove(struct shelf *, const char *);
const char *shelf_name(const struct shelf *shelf);
void shelf_log(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));
int shelf_visit(struct shelf *shelf, visit_t visit, void *data);
void shelf_gone(void);
int _shelf_hidden(int a);
static inline int shelf_half(int n) { return n / 2; }
#endif
