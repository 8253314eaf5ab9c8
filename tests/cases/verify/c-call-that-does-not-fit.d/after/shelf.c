#include "shelf.h"
#include "made.h"

struct shelf *the_shelf;

int shelf_count(struct shelf *shelf)
{
	return shelf->count + MADE;
}
