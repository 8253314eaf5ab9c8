// What a front end says of a name that programs of its language know (Language.name_flags), where rules and facts
// do not say it.
#ifndef WEFT_FACTS_NAME_FLAG_H
#define WEFT_FACTS_NAME_FLAG_H

typedef enum NameFlag {
    // of functions:
    NAME_READS = 1 << 0,      // gives the attribute of an object that a text names: getattr
    NAME_SETS = 1 << 1,       // sets or removes it: setattr
    NAME_ASKS = 1 << 2,       // one of these, or somebody's own of them: getattr, rgetattr
    NAME_ASKS_LATER = 1 << 3, // makes a function that asks: attrgetter
    NAME_LOADS = 1 << 4,      // gives the module that a text names: importlib.import_module
    NAME_NAMES_OTHERS = 1 << 5, // a text that it is given names no function by itself: getattr, getLogger
    NAME_GATHERS = 1 << 6,    // runs what it is given, all at once: asyncio.gather
    NAME_STARTS = 1 << 7,     // the system calls it: main of C
    NAME_NEEDS_PLACE = 1 << 8, // means something only where it stands: super
    // of methods and attributes:
    NAME_GROWS = 1 << 9,      // adds behind what a list has: append
    NAME_LISTS = 1 << 10,     // gives the keys of a table: keys, items
    NAME_CALLED = 1 << 11,    // runs when the object is called: __call__
    NAME_OF_ANY = 1 << 12,    // any object may have it, and the language fills it: __name__
    // of variables:
    NAME_LASTS = 1 << 13,     // the process has it as long as it runs: os.environ
} NameFlag;

#endif
