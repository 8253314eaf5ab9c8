#include "shelf.h"
#include "made.h"

struct shelf *the_shelf;

int shelf_count(void)
{
	return the_shelf->count + MADE;
}
