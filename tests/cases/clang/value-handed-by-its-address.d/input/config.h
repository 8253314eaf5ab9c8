struct config {
	int port;
	int flags;
};
extern struct config *config;

#define CLEAR(p) ((p) = 0)
#define RENEW(p, size) do { CLEAR(p); allocate((void **)&(p), size); } while (0)
#define PORT(p) ((p)->port)

void load(struct config **into);
void allocate(void **into, unsigned long size);
void read_number(int *into);
