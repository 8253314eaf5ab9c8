// Rules for a tree that has none: what `data:` could say of its models, for a person to correct.
//
//     class Message(Model):                       # app/models.py:9
//         chat = ForeignKeyField(Chat)      ->    - model: app.models.Message
//                                                   keys: [tenant_id]
//                                                   from: { table: chat, on: chat_id = id, take: [tenant_id] }
//
// Every row gets the one tenant of before; a row that refers to another one is of whom that is, so that the rules
// stay right when `owners:` gives the rows of one table to several tenants. Nothing of it runs before
// `weft data apply`.
#ifndef WEFT_DATA_PROPOSE_H
#define WEFT_DATA_PROPOSE_H

#include "program/program.h"

// Appends a `data:` section with an entry for each table of the models; nothing where the program has none. The text
// loads. Returns the number of tables.
uint32_t propose_data_rules(const Program *program, StrBuf *out);

#endif
