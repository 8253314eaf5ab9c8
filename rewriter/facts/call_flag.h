// What a front end says of a call (CallFact.flags). See facts.h.
#ifndef WEFT_FACTS_CALL_FLAG_H
#define WEFT_FACTS_CALL_FLAG_H

typedef enum CallFlag {
    CALL_AWAITED = 1 << 0,
    CALL_GENERATOR_ARGUMENT = 1 << 1, // f(x for x in y): the call's parentheses are the generator's
    CALL_STATEMENT = 1 << 2,          // the whole statement
    // filled by resolution, of calls that run nothing of the tree:
    CALL_FILLS = 1 << 3,      // the receiver keeps the arguments: list.append(x)
    CALL_GIVES_PART = 1 << 4, // the result is part of the receiver: dict.get(key)
    CALL_KEEPS = 1 << 5,      // the result keeps the arguments: partial(f, x), Thread(target=f)
    CALL_REGISTERS = 1 << 6,  // kept for as long as the process runs: atexit.register(f)
    CALL_SETS_ATTRIBUTE = 1 << 7, // the first argument keeps the third: setattr(x, "name", value)
    CALL_GIVES_GLOBALS = 1 << 8,  // the result is the names of a module: globals()
    CALL_EMPTIES = 1 << 9,        // takes something out of the receiver: list.remove(x)
    CALL_OPENS = 1 << 10,         // the result is the file that the first argument names, to write to
    CALL_WRITES = 1 << 11,        // the arguments go to the file that the receiver is: f.write(x); with
                                  // CALL_OPENS, that it names: path.write_text(x)
    CALL_WRITES_TO = 1 << 12,     // the first argument goes to the file that the second one is: json.dump(x, f)
    CALL_LOOKS = 1 << 13,         // only a question about the arguments: callable(x)
    CALL_HANDS_FILLER = 1 << 14,  // an argument is a method that fills what it belongs to: call_soon(list.append, x)
    CALL_CHANGES = 1 << 15,       // a file or folder is written, made, moved or removed, of which the path is...
    CALL_PATH_FIRST = 1 << 16,    // ...the first argument
    CALL_PATH_SECOND = 1 << 17,   // ...the second one
    CALL_PATH_RECEIVER = 1 << 18, // ...the receiver
    CALL_REMOVES = 1 << 19,       // with CALL_CHANGES: what was there is gone
    CALL_PATH_ONLY = 1 << 20,     // with CALL_CHANGES: if that is known to be a path at all, image.save(x)
    CALL_JOINS = 1 << 21,         // the result is a path made of the arguments, which it begins with
    CALL_JOINS_RECEIVER = 1 << 22,// the same, of the receiver and then the arguments
    CALL_SAME = 1 << 23,          // the result is the same for as long as the process runs: os.getcwd()
    CALL_UNIQUE = 1 << 24,        // the result is another one each time: uuid4()
    CALL_SHORTENS = 1 << 25,      // the result is what the first argument, a path, begins with: os.path.dirname(x)
    CALL_ASKS_PATH = 1 << 26,     // the first argument is a path: os.listdir(x)
    CALL_PATH_THIRD = 1 << 28,    // with CALL_CHANGES: the path is the third argument
    CALL_PRINTS = 1 << 27,        // the arguments go to the file that is the argument `file`
    CALL_FILLS_ARGUMENT = 1 << 29,// an argument keeps those behind it: heappush(heap, x), list.append(rows, x)
    CALL_SIFTS = 1 << 30,         // what is in the arguments is in the result: sorted(x), zip(x, y), copy(x)
    CALL_CHOOSES = CALL_EMPTIES | CALL_LOOKS, // the arguments say what goes out of the receiver, or in which order: set.discard(x)
} CallFlag;

#endif
