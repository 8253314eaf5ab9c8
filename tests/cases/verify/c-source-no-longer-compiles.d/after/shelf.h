struct shelf {
	int count;
};
extern struct shelf *the_shelf;
int shelf_count(struct shelf *shelf);
