// What the parts of weft that know SQLite share: its functions for checksums, and its online backup.
#ifndef WEFT_ENGINE_SQLITE_H
#define WEFT_ENGINE_SQLITE_H

#include <sqlite3.h>

#include "engine/driver.h"
#include "engine/page_sum.h"

// What a result code of SQLite, extended or not, means.
DatabaseFault sqlite_fault(int code);

// weft_hash(value, ...): 64 bits that depend on the types, the lengths and the bytes of all values.
// weft_checksum(value, ...): the sum of it over all rows, modulo 2^64.
void sqlite_hash_register(sqlite3 *connection);

// weft_values(value): all different values over all rows, a line each as value_to_word writes it.
void sqlite_values_register(sqlite3 *connection);

// Attaches the database file PATH, which weft itself wrote, as NAME. No other statement can attach one.
bool sqlite_attach(Database *database, Str path, Str name);
// In a transaction that has read: copies the whole database to the new file PATH in one step, which other connections may go on reading beside, and
// writing where there is a write-ahead log. It is not synced; *SUM is what SQLite gave for it. False with the fault;
// PATH may be there then.
bool sqlite_copy(Database *database, Str path, PageSum *sum);
// The other way: the pages of the database file PATH replace all of the open database, in one transaction. False with
// the fault; the database is as it was then.
bool sqlite_put_back(Database *database, Str path);

#endif
