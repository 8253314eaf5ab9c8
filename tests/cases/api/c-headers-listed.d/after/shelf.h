void other(long a);
void shelf_sort(int (*compare)(const void *a, const void *b, void *data), void *data);
unsigned long
shelf_size(const char *called);
int shelf_print(const char *format);
int shelf_many(int a1, int a2, int a4, int a5, int a6, int a7, int a8, int a9);
