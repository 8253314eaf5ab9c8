// The scanner of the Python grammar, for files of any shape.
//
// Before each token the scanner of the package reads on to the next line of code, to know its indentation. At
// every comment of a run, and at every backslash that joins lines, it reads the rest of the run again, so that
// 24,000 comment lines took over ten seconds. Here the end of a run is looked for once, and the scanner is set
// down at its last line:
//
//     x = 1
//     # one        <- the scanner skips the "#": on to the end of "# three", whose line end it sees next
//     # two
//     # three
//     y = 2
//
// Must never change a token: what lies between is what the scanner skips without a trace.
#include <stdlib.h>
#include <string.h>

#include "lexer_place.h"

// The package takes its memory where the core does: without any left there is one end.
#define TREE_SITTER_REUSE_ALLOCATOR
#include "tree_sitter/alloc.h"
#define calloc ts_current_calloc
#define free ts_current_free

#define tree_sitter_python_external_scanner_create package_create
#define tree_sitter_python_external_scanner_destroy package_destroy
#define tree_sitter_python_external_scanner_serialize package_serialize
#define tree_sitter_python_external_scanner_deserialize package_deserialize
#define tree_sitter_python_external_scanner_scan package_scan
#include WEFT_PACKAGE_SCANNER
#undef tree_sitter_python_external_scanner_create
#undef tree_sitter_python_external_scanner_destroy
#undef tree_sitter_python_external_scanner_serialize
#undef tree_sitter_python_external_scanner_deserialize
#undef tree_sitter_python_external_scanner_scan

typedef void (*Advance)(TSLexer *, bool);

// Lines that are skipped as one: from START on, wherever one begins in it, to END.
typedef struct Run {
    uint32_t start;
    LexerPlace end;
} Run;

// One is made for each parse of a text.
typedef struct RunScanner {
    void *scanner;       // of the package
    Run comments, joins; // the newest ones
    Advance advance;     // of the core
    int32_t last;        // what was skipped before, but for '\r'
    bool line_ended;     // in this scan, so that indentation counts
} RunScanner;

// Who scans now, in this thread: an advance is told of its lexer only.
static _Thread_local RunScanner *scanning;

// ---- ends of runs ----------------------------------------------------------------------------------
static uint32_t skip_blanks(const char *text, uint32_t length, uint32_t at) {
    while (at < length && text[at] != '\0' && strchr(" \t\r\f\n", text[at])) at++;
    return at;
}

// From a "#": the line end after the last comment line that follows without any code between, or LENGTH.
static uint32_t comments_end(const char *text, uint32_t length) {
    uint32_t end = 0;
    for (uint32_t at = 0; at < length && text[at] == '#'; at = skip_blanks(text, length, at)) {
        const char *line_end = memchr(text + at, '\n', length - at);
        uint32_t stop = line_end ? (uint32_t)(line_end - text) : length;
        // A NUL ends a comment for the scanner, and there it must look for itself.
        const char *nul = memchr(text + at, '\0', stop - at);
        if (nul) return at == 0 ? (uint32_t)(nul - text) : end;
        at = end = stop;
    }
    return end;
}

// From a backslash: the line end after the last one of the lines that hold nothing else; 0 when it joins nothing.
static uint32_t joins_end(const char *text, uint32_t length) {
    uint32_t end = 0;
    for (uint32_t at = 0; at < length && text[at] == '\\';) {
        uint32_t line_end = at + 1;
        if (line_end < length && text[line_end] == '\r') line_end++;
        if (line_end >= length || text[line_end] != '\n') break;
        end = at + 1;
        at = line_end + 1;
        while (at < length && (text[at] == ' ' || text[at] == '\t')) at++;
    }
    return end;
}

static void move_to_end(TSLexer *lexer, Run *run, uint32_t (*find)(const char *, uint32_t)) {
    LexerPlace at = lexer_place(lexer);
    if (at.byte < run->start || at.byte >= run->end.byte) {
        uint32_t length;
        const char *text = lexer_rest(lexer, &length);
        *run = (Run){at.byte, at};
        length = find(text, length);
        for (uint32_t i = 0; i < length; i++) {
            run->end.row += text[i] == '\n';
            run->end.column = text[i] == '\n' ? 0 : run->end.column + 1;
        }
        run->end.byte += length;
    }
    if (run->end.byte > at.byte) lexer_move(lexer, run->end);
}

// ---- a scan ----------------------------------------------------------------------------------------
static void advance_over_runs(TSLexer *lexer, bool skips) {
    RunScanner *self = scanning;
    int32_t here = lexer->lookahead;
    if (skips && here == '#') {
        move_to_end(lexer, &self->comments, comments_end);
    } else if (skips && here == '\\' && !self->line_ended) {
        move_to_end(lexer, &self->joins, joins_end);
    }
    if (here == '\n' && self->last != '\\') self->line_ended = true;
    if (here != '\r') self->last = here;
    self->advance(lexer, skips);
}

bool tree_sitter_python_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
    RunScanner *self = payload;
    self->advance = lexer->advance;
    self->last = 0;
    self->line_ended = false;
    scanning = self;
    lexer->advance = advance_over_runs;
    bool found = package_scan(self->scanner, lexer, valid);
    lexer->advance = self->advance;
    return found;
}

// ---- its state -------------------------------------------------------------------------------------
void *tree_sitter_python_external_scanner_create(void) {
    RunScanner *self = ts_calloc(1, sizeof *self);
    self->scanner = package_create();
    return self;
}

void tree_sitter_python_external_scanner_destroy(void *payload) {
    package_destroy(((RunScanner *)payload)->scanner);
    ts_free(payload);
}

// The package writes indentations in pairs of bytes while there is room for one, so that the second may be one
// too many: half a thousand blocks inside each other are enough.
unsigned tree_sitter_python_external_scanner_serialize(void *payload, char *buffer) {
    char bytes[TREE_SITTER_SERIALIZATION_BUFFER_SIZE + 1];
    unsigned length = package_serialize(((RunScanner *)payload)->scanner, bytes);
    if (length > TREE_SITTER_SERIALIZATION_BUFFER_SIZE) length = TREE_SITTER_SERIALIZATION_BUFFER_SIZE;
    memcpy(buffer, bytes, length);
    return length;
}

// Before each token. As the package does it, but into the memory that is there, which the package gives back each time.
void tree_sitter_python_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
    Scanner *scanner = ((RunScanner *)payload)->scanner;
    array_clear(&scanner->delimiters);
    array_clear(&scanner->indents);
    array_push(&scanner->indents, 0);
    if (length == 0) return;
    scanner->inside_interpolated_string = buffer[0] != 0;
    unsigned at = 2, delimiters = (unsigned char)buffer[1];
    for (; at < 2 + delimiters; at++) array_push(&scanner->delimiters, *(const Delimiter *)&buffer[at]);
    for (; at + 1 < length; at += 2) {
        unsigned indent = (unsigned char)buffer[at] | (unsigned)(unsigned char)buffer[at + 1] << 8;
        array_push(&scanner->indents, (uint16_t)indent);
    }
}
