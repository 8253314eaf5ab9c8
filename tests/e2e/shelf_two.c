/* Two shelves in one process: do they stay apart? */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "shelf.h"

/* No part of the tree: it speaks to the interface as it is, which knows one shelf, and with AFTER to the one that is told. */
#ifdef AFTER
#define ASK(shelf, line, answer) command_run(shelf, line, answer, sizeof(answer))
#else
#define ASK(shelf, line, answer) ((void)(shelf), command_run(line, answer, sizeof(answer)))
#endif

int main(void)
{
	struct shelf *one = shelf_new(), *other = shelf_new();
	char answer[64];
	ASK(one, "set a 1", answer);
	ASK(other, "set a 2", answer);
	ASK(one, "get a", answer);
	puts(strcmp(answer, "1") == 0 ? "apart" : "mixed");
	shelf_free(one);
	shelf_free(other);
	return 0;
}
