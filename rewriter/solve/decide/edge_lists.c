// In: the edges of the program. Out: one chain of them for each function.
#include "solve/decide/edge_lists.h"

#include "base/bug.h"
#include "program/index.h"
#include "program/rows.h"

EdgeLists edge_lists_make(const Program *program) {
    EdgeLists lists = {
        memory_alloc_zeroed(program_function_count(program) + 1, sizeof *lists.first),
        memory_alloc_zeroed(program_edge_count(program) + 1, sizeof *lists.next)};
    for (uint32_t i = program_edge_count(program); i-- > 1;) {
        uint32_t caller = program_edge_caller(program, i).index;
        lists.next[i] = lists.first[caller];
        lists.first[caller] = i;
    }
    return lists;
}

void edge_lists_release(EdgeLists *lists) {
    free(lists->first);
    free(lists->next);
}
