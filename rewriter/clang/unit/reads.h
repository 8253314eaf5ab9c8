// Private to unit/: what units are made of, and what decides that: the texts that they read, and which of the files that these
// ask for are there. Looked at once a run, however many units ask.
//
// A state is a digest. The same states mean that a compiler reads the same bytes: of each text, and for each name that it
// mentions, in which of the folders a file of that name is.
#ifndef WEFT_CLANG_UNIT_READS_H
#define WEFT_CLANG_UNIT_READS_H

#include "clang/unit/mention.h"
#include "source/source.h"

typedef struct Reads Reads;

typedef struct ReadFile {
    uint32_t index; // unlike that of any other
    Str path;       // as the compiler opens it, absolute
    FileId source;  // of the tree; none: it is outside, or left out
    bool there;
    Str text;
    Digest digest;
    Mentions mentions;
} ReadFile;

// SOURCES outlive it.
Reads *reads_open(const Sources *sources);
void reads_close(Reads *reads);

// The rest may be called by several threads at once. What they give lives as long as READS.
const ReadFile *reads_file(Reads *reads, Str path);
// TEXT in the place of what is at PATH, which READS know by no other way. The text is borrowed.
const ReadFile *reads_new_text(Reads *reads, Str path, FileId source, Str text);
// The number of a list of folders in which files are looked for; they are copied.
uint32_t reads_search(Reads *reads, const Str *folders, uint32_t count);
// Of a file, and of what it asks for.
Digest reads_state(Reads *reads, const ReadFile *file, uint32_t search);
// Of NAMES that something in FOLDER asks for.
Digest reads_lookup(Reads *reads, Str folder, const Str *names, uint32_t count, uint32_t search);
// None of the folders that were looked into has changed since READS were opened: what was seen there is what the compiler
// saw.
bool reads_are_settled(Reads *reads);

#endif
