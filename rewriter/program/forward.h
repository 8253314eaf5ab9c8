// Functions that run what is handed to them, as the rules say: asyncio.to_thread, a pool's submit.
#ifndef WEFT_PROGRAM_FORWARD_H
#define WEFT_PROGRAM_FORWARD_H

#include "program/program.h"

// The function value of the edge stands where a forwarder takes the function that it runs.
bool program_is_forward(const Program *program, const EdgeFact *edge);
// The rule by which a queue's own method, of which EDGE is, passes the context with the task; NULL when there is none.
const ForwarderRule *program_sender(const Program *program, const EdgeFact *edge);
// A forwarder of the tree calls its own parameter there.
bool program_is_inside_forwarder(const Program *program, const EdgeFact *edge);

#endif
