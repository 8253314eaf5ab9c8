#include <made/limits.h>
#include "include/own.h"

int main(void)
{
	return shelf_count(the_shelf) + LIMIT;
}
