// Memory of the parser and its trees: blocks out of chunks that belong to the thread. A block that is freed waits for
// one of its size; all of them go at once when the last tree of the thread goes.
#ifndef WEFT_PYTHON_TREE_MEMORY_H
#define WEFT_PYTHON_TREE_MEMORY_H

// Makes tree-sitter take its memory here. Once, before anything is parsed.
void tree_memory_install(void);
// Forgets all blocks of the calling thread, and keeps some chunks for the next ones.
void tree_memory_reset(void);
// Gives the chunks of the calling thread back, too.
void tree_memory_release(void);

#endif
