// The files of a project: found, read, decoded, with line tables. Comes before any parsing and
// knows no language beyond the declared encoding of a text file.
#ifndef WEFT_SOURCE_SOURCE_H
#define WEFT_SOURCE_SOURCE_H

#include <sys/types.h>
#include "base/arena.h"
#include "base/vec.h"
#include "source/cache.h"
#include "source/diagnostic.h"
#include "source/encoding.h"
#include "source/span.h"

typedef enum SourceState {
    SOURCE_READ,       // bytes and text are there
    SOURCE_UNREADABLE, // E101
    SOURCE_UNDECODABLE,// E102: the declared encoding does not fit, or is unknown
    SOURCE_TOO_LARGE,  // W103: over the limit, skipped
    SOURCE_UNPARSABLE, // E104: set by the front end; never edited
} SourceState;

// What a file is read for.
typedef enum SourceKind {
    SOURCE_CODE,     // what a front end reads
    SOURCE_EMBEDDED, // it has code in it: a notebook, a text with examples
    SOURCE_WORDS,    // each word may be a call: another language that calls this one
    SOURCE_NAMES,    // settings: dotted names may mean something in the tree
} SourceKind;

typedef struct SourceFile {
    Str path;      // relative to Sources.root (of hosted files to Sources.host), '/'-separated, unique
    Str raw;       // bytes on disk
    Str text;      // the same as UTF-8 without BOM; == raw where that is already so
    Encoding encoding;
    SourceState state;
    mode_t mode;
    Str newline;   // "\n", "\r\n" or "\r": the commonest in the file, "\n" when it has none
    bool auxiliary;// never edited: a rule file, which is rendered in messages only, or
    SourceKind kind;
    Str code;      // SOURCE_EMBEDDED: as long as the text, with nothing but the code in it; empty: it has none
    bool inner;    // SOURCE_EMBEDDED: code in the strings of a source, which has the same path
    bool left_out; // a source that the user or the rules leave out: what it calls is read
    bool hosted;   // below Sources.host, and left out
    bool compiled; // what says how sources are compiled has it; of no meaning where nothing was asked
    Vec(uint32_t) line_starts; // byte offset of each line's first byte in text
    Vec(uint32_t) characters;  // those before each 1024th byte; empty when every line is short
    Digest digest; // source_digest.h
    bool digested; // it is there
} SourceFile;

// A file as an editor has it; its path is relative to the root.
typedef struct SourceBuffer {
    Str path, text;
} SourceBuffer;

typedef struct SourceOptions {
    Str root;          // folder to work in (-C); "" means "."
    bool (*accepts)(Str path); // true for what some front end reads
    SourceKind (*beside)(Str path); // what else is read with `read_left_out`; NULL: nothing
    Vec(Str) paths;    // files or folders below root; none = all of root
    Vec(Str) include;  // globs; none = everything
    Vec(Str) exclude;  // globs
    Str host;           // a tree that this one is a plugin of: its files are read, and no more; empty: none
    bool read_left_out; // files that the globs leave out are read as well, and marked
    Str buffer_path;   // file whose text an editor has, below root or absolute; empty: none
    Str buffer;        // that text: it stands for the file on disk, which need not be there
    bool buffer_only;  // no other file is needed
    const SourceBuffer *buffers; // the texts of other files of the tree that editors have; borrowed
    uint32_t buffer_count;
    size_t size_limit; // bytes a file may have; 0 means 10 MiB
    unsigned threads;
} SourceOptions;

typedef struct Sources {
    Arena arena;
    Str root;               // real path of the root folder
    Str host;               // of the host's; empty: there is none
    Str built;              // of another version of this tree, where builds were made; empty: there is none
    Vec(SourceFile) files;  // [0] is unused; then sorted by path; auxiliary files come last, left out ones first
    bool unsorted;          // sources_add_memory was called out of path order
    Str buffer_path;        // of the file that SourceOptions.buffer stands for; empty: none
    bool edited;            // some texts are not those on disk
    uint32_t line_limit;   // characters that the project allows a line (project_style.h); 0: it says nothing
    uint32_t c_line_limit; // the same of C
    bool single_quotes; // it wants strings in these
    bool sorts_imports; // it wants imports in groups
    Cache *cache;       // where what is found in files is kept; NULL: nowhere. Borrowed
    struct FactsStore *facts; // where it is kept in memory (facts/store.h); NULL: nowhere. Borrowed
    const struct Shard *given; // facts that other runs have found (source/shard.h); NULL: none. Borrowed
    struct Shard *made;        // gets those that this run finds; NULL: nobody wants them. Borrowed
    struct FactsCounts *counts; // of how facts were had (facts/counts.h), and behind it of new texts; NULL: nobody asks. Borrowed
    Digest rules;       // of the texts of the rules whose patterns are looked for, for all these
} Sources;

// Finds, reads and decodes every file below the root that OPTIONS accept, honouring .gitignore
// (through libgit2, with or without a repository), skipping .git, __pycache__, node_modules and
// virtual environments (a folder with pyvenv.cfg). One entry per real path: links inside the root
// are followed once, out of the root never. Files that fail are kept with their state and, unless they are
// left out, reported; false only when the root or a named path does not exist (E100) or nothing could be listed.
bool sources_load(const SourceOptions *options, Sources *sources, Diagnostics *diagnostics);
void sources_release(Sources *sources);

// The row of a file, which must be there.
const SourceFile *source_file(const Sources *sources, FileId id);
// FileId of a path relative to the root, {0} when there is none. O(log n).
FileId sources_find(const Sources *sources, Str path);
// True when a source has that path, edited or left out. O(log n), and linear in those that are left out.
bool sources_has(const Sources *sources, Str path);
// Adds a file for messages only (rules, weft.yml) or for tests; PATH and BYTES are copied.
FileId sources_add_auxiliary(Sources *sources, Str path, Str bytes);
// Adds a tree file from memory (unit tests); decodes BYTES as sources_load would.
FileId sources_add_memory(Sources *sources, Str path, Str bytes, Diagnostics *diagnostics);

// 1-based line, and 1-based column in characters, of a byte offset.
typedef struct LineColumn {
    uint32_t line;
    uint32_t column;
} LineColumn;
// Both from 1, as people count; columns are characters.
LineColumn source_line_column(const SourceFile *file, uint32_t offset);
// Bytes of a 1-based line without its line end.
Str source_line(const SourceFile *file, uint32_t line);
// Offset of the first byte of the line that holds OFFSET / of its line end (or the end of the text).
uint32_t source_line_start(const SourceFile *file, uint32_t offset);
uint32_t source_line_end(const SourceFile *file, uint32_t offset);
// White space that the line of OFFSET starts with.
Str source_line_indent(const SourceFile *file, uint32_t offset);

#endif
