struct table {
	void *private;
	void (*drop)(void *private, int key);
	int size;
};

static int dropped;

static void drop(void *private, int key)
{
	dropped += key + (private != 0);
}

static void each(struct table *table)
{
	for (int i = 0; i < table->size; i++)
		table->drop(table->private, i);
}

int main(void)
{
	struct table table = { 0, drop, 2 };

	each(&table);
	return dropped;
}
