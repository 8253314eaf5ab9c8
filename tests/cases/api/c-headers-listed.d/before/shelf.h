void other(int a);
void shelf_sort(int (*compare)(const void *a, const void *b), void *data);
__attribute__((nonnull)) static inline unsigned long shelf_size(const char *restrict name) { return name[0]; }
int shelf_print(const char *format, ...);
void shelf_old(a, b);
int shelf_many(int a1, int a2, int a3, int a4, int a5, int a6, int a7, int a8, int a9);
