// The files that an editor has open, with what it has not saved.
#ifndef WEFT_CLI_LSP_DOCUMENT_H
#define WEFT_CLI_LSP_DOCUMENT_H

#include <jansson.h>

#include "source/source.h"

typedef struct Document {
    char *uri;    // as the editor spells it
    char *path;   // absolute; NULL: it is no file
    StrBuf text;
    json_int_t version;
} Document;

typedef struct Documents {
    Vec(Document) list;
} Documents;

void documents_release(Documents *documents);
// NULL when the editor has not opened it.
Document *documents_find(Documents *documents, const char *uri);
// didOpen, didChange and didClose, with their parameters. Nothing happens when these are not as they should be.
void documents_open(Documents *documents, const json_t *parameters);
void documents_change(Documents *documents, const json_t *parameters);
void documents_close(Documents *documents, const json_t *parameters);

// The absolute path of a file: URI, to be freed; NULL when it is another one.
char *uri_path(const char *uri);
// The URI of the file PATH below ROOT, to be freed.
char *uri_of(Str root, Str path);
// PATH seen from ROOT, both absolute; false when it is not below.
bool path_below(Str root, const char *path, Str *below);

#endif
