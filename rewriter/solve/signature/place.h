// Private to solve/signature/: places in lists of parameters and arguments.
#ifndef WEFT_SOLVE_SIGNATURE_PLACE_H
#define WEFT_SOLVE_SIGNATURE_PLACE_H

#include "solve/signature/spread.h"

// Where the parameter goes in FUNCTION: by POSITION, of request.h. NULL, or why it cannot stand there.
const char *place_in_function(const Spread *spread, FunctionId function, int32_t position, SignatureFunction *row);
// How many arguments by position come before the parameter that stands at index PLACE of FUNCTION, the receiver not
// counted.
uint32_t place_index(const Program *program, FunctionId function, uint32_t place);
// Some argument by position may go to it, or behind it, that has not been meant for it so far: a parameter by position, or
// all the rest of them, follows at PLACE of FUNCTION.
bool place_is_followed(const Program *program, FunctionId function, uint32_t place);

// What a call passes by position.
typedef struct Positional {
    uint32_t count;
    bool unpacks; // a list among them, or instead of them
} Positional;
// How many arguments of CALL go by position.
Positional place_positional(const Program *program, CallId call);
// Where the argument for the parameter with INDEX arguments before it stands in CALL. BY_NAME: it may be passed by name,
// which is done where those before it are, too. FOLLOWED: place_is_followed of it. NULL, or why it cannot be passed.
const char *place_in_call(const Spread *spread, CallId call, uint32_t index, bool by_name, bool followed,
                          SignatureCall *row);

#endif
