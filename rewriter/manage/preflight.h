// What is looked at before a migration begins: one answer for each question, with what to do where it is not yes.
#ifndef WEFT_MANAGE_PREFLIGHT_H
#define WEFT_MANAGE_PREFLIGHT_H

#include <stdio.h>

#include "base/list.h"
#include "engine/database.h"

typedef enum PreflightStatus {
    PREFLIGHT_PASS,
    PREFLIGHT_WARN,
    PREFLIGHT_FAIL,
    PREFLIGHT_UNKNOWN, // nobody could tell here, which is not pass
    PREFLIGHT_STATUS_COUNT
} PreflightStatus;

typedef struct PreflightCheck {
    const char *id; // "disk"
    PreflightStatus status;
    Str text;   // what was found
    Str remedy; // empty for PREFLIGHT_PASS
} PreflightCheck;

typedef struct Preflight {
    Arena arena;
    List(PreflightCheck) checks; // in the order of asking
} Preflight;

// Adds an answer; TEXT is printf-style. The texts are copied.
void preflight_add(Preflight *preflight, const char *id, PreflightStatus status, const char *remedy,
                   const char *text, ...) __attribute__((format(printf, 5, 6)));
uint32_t preflight_count(const Preflight *preflight, PreflightStatus status);
void preflight_write_text(const Preflight *preflight, StrBuf *out);
void preflight_write_json(const Preflight *preflight, FILE *out);
void preflight_release(Preflight *preflight);

// preflight_machine.c: memory and disk. BYTES: of the database, 0 without one; LINES: of the tree.
void preflight_memory(Preflight *preflight, uint64_t lines);
void preflight_disk(Preflight *preflight, Str folder, uint64_t bytes);
// Processes that have the file DATABASE, a real path, open, as far as this user may know.
void preflight_holders(Preflight *preflight, Str database);
// preflight_server.c, of DATABASE, which is open and one of a server: what this user may do in it, and who else is
// connected.
void preflight_rights(Preflight *preflight, Database *database);
void preflight_connections(Preflight *preflight, Database *database);
// Whether the programs are there that make a backup of ENGINE and try it.
void preflight_backup(Preflight *preflight, DataEngine engine);

#endif
