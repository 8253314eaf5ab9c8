// Opens a database only to read its catalog.
#include "cli/data_live.h"

#include "base/path.h"
#include "cli/output.h"
#include "migrate/catalog.h"
#include "migrate/json_ids.h"
#include "migrate/session.h"

// A file that is named without a folder lies below the root; an address stays what it is.
static Str place_of(Arena *arena, Str root, Str name) {
    if (session_engine(name) != ENGINE_SQLITE || str_starts_with(name, STR("/"))) return name;
    return path_join(arena, root, name);
}

bool data_live_of_rules(Str root, const Rules *rules, Arena *arena, Str *name,
                        Diagnostics *diagnostics) {
    const DataRule *data = &rules->data;
    *name = data->database;
    if (name->length == 0) return true;
    if (data->has_engine && data->engine != ENGINE_SQLITE) {
        *name = arena_format(arena, "%s:///%.*s", engine_name(data->engine), STR_ARG(*name));
        return true;
    }
    *name = arena_copy(arena, path_join(arena, root, *name));
    if (path_stays_inside(root, *name)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E400, data->database_span,
                   "the database is not opened: it leads out of the tree, or nowhere");
    diagnostic_help(diagnostics, "name one that lies elsewhere with --database");
    return false;
}

static bool open_live(Database *database, Str root, Str name, DataEngine engine, Arena *arena,
                      Diagnostics *diagnostics) {
    bool has_scheme = str_find_str(name, STR("://")) >= 0;
    if (!has_scheme && engine != ENGINE_SQLITE)
        name = arena_format(arena, "%s:///%.*s", engine_name(engine), STR_ARG(name));
    engine = session_engine(name);
    Str place = place_of(arena, root, name);
    if (engine == ENGINE_SQLITE && !output_place_is_safe(root, place, diagnostics)) return false;
    return database_open(database, engine, place, diagnostics);
}

bool data_live_read(Str root, Str name, DataEngine engine, Schema *schema,
                    Diagnostics *diagnostics) {
    Database database;
    if (name.length == 0) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E660, SPAN_NONE, "no database is named");
        diagnostic_help(
            diagnostics,
            "name it with --database or in `data: database:`, or plan from the models with "
            "--no-database");
        return false;
    }
    if (!open_live(&database, root, name, engine, &schema->arena, diagnostics)) return false;
    bool good = catalog_read_counted(&database, schema, diagnostics);
    schema->engine = database.engine;
    schema->version = arena_copy(&schema->arena, database.version);
    database_close(&database);
    return good;
}

bool data_live_find_json(Str root, Str name, DataEngine engine, const Target *target, Diagnostics *diagnostics) {
    Arena arena = {0};
    Database database;
    bool good = open_live(&database, root, name, engine, &arena, diagnostics);
    if (good) {
        good = json_ids_find(&database, target, diagnostics);
        database_close(&database);
    }
    arena_release(&arena);
    return good;
}
