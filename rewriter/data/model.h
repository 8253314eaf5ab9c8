// The schema that the code expects, from its models: peewee, SQLAlchemy and SQLModel, Tortoise, Django.
//
//     class Messages(BaseModel):                       CREATE TABLE messages (
//         message_id = TextField(index=True)             id INTEGER PRIMARY KEY,
//         text = TextField(null=True)            ->      message_id TEXT NOT NULL,     and an index
//                                                        text TEXT)
//
// What only running the code could tell is left open: KNOWN_NOT, TYPE_ANY, SchemaTable.incomplete.
#ifndef WEFT_DATA_MODEL_H
#define WEFT_DATA_MODEL_H

#include "data/schema.h"
#include "program/program.h"
#include "source/diagnostic.h"

// Fills SCHEMA, whose engine is set, with a table for each model of PROGRAM; sorted. Names that are computed
// are taken for the first that the code mentions, and said in W621. Two models of one table are W621, too: the
// first counts.
void models_read(const Program *program, Schema *schema, Diagnostics *diagnostics);

// Whether the program changes the schema by itself where it runs: W622 for text that drops columns or tables,
// at its place. Returns the number of such places.
uint32_t models_find_policing(const Program *program, Diagnostics *diagnostics);

#endif
