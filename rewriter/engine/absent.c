// Drivers of engines whose headers were not there when this weft was built. In: an attempt to connect. Out: what to
// do about it.
#include "engine/driver.h"

#define ABSENT(engine, library, package)                                                           \
    static bool open_##engine(Database *database) {                                                \
        return driver_fail(database, DATABASE_REFUSED,                                             \
                           "this weft was built without " library " (package " package             \
                           "): install it, and build weft again");                                 \
    }                                                                                              \
    const Driver driver_##engine = {.open = open_##engine}

#ifdef WEFT_WITHOUT_POSTGRESQL
ABSENT(postgresql, "libpq", "libpq-dev");
#endif
#ifdef WEFT_WITHOUT_MARIADB
ABSENT(mariadb, "libmariadb", "libmariadb-dev");
#endif
