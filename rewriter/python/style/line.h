// Lines of a statement while it is laid out: which leaves each has, and where it may be broken further.
#ifndef WEFT_PYTHON_STYLE_LINE_H
#define WEFT_PYTHON_STYLE_LINE_H

#include "python/style/leaf.h"

enum { MOST_OPEN_WORDS = 16 };

typedef struct Line {
    Leaves leaves;
    Vec(uint8_t) breaks; // by leaf: the priority of a line end behind it, outside of all brackets of the line
    Leaves hidden;       // parentheses that were not written when they came into the line
    uint32_t level;      // of indentation, beyond that of the statement
    bool inside;         // stands between brackets
    bool must_split;     // at its commas, however short it is
    bool magic_comma;    // a comma at the end of a list keeps the list apart
    // How far it was read.
    uint32_t depth, open;
    uint8_t fors[MOST_OPEN_WORDS], lambdas[MOST_OPEN_WORDS];
    uint32_t for_count, lambda_count;
    bool begun; // some leaf was looked at
} Line;

typedef Vec(Line *) Lines;

// What lines are laid out for.
typedef struct Style {
    Arena *arena;
    uint32_t limit;  // columns of a line
    uint32_t indent; // columns of the statement's indentation
    uint32_t level;  // columns of one level
    bool plain_stars; // no comma follows what a star unpacks, or a star in a definition
    uint32_t budget; // steps that are left
    Lines made;      // all lines, to be released
} Style;

Line *line_new(Style *style, uint32_t level, bool inside);
void lines_release(Style *style);
// Puts LEAF at the end of LINE; MARK: looks at it for places to break at.
void line_append(Line *line, Leaf *leaf, bool mark);
// The same in a line whose comments need lines of their own: false when LEAF cannot stand there.
bool line_append_safely(Line *line, Leaf *leaf);

// Columns that it takes on one line, with its indentation and comments.
uint32_t line_width(const Style *style, const Line *line);
// Not longer than the limit, and no comment in it that needs a line of its own.
bool line_fits(const Style *style, const Line *line);
bool line_is_comment(const Line *line);
bool line_is_definition(const Line *line); // begins one of a function
bool line_has_comment_lines(const Line *line);
uint32_t line_count_equals(const Line *line); // leaves that are `=`
// Both would be written the same.
bool line_equals(const Line *line, const Line *other);
// Columns of a leaf in its line, with its comment where there is one.
uint32_t line_leaf_width(const Leaf *leaf, bool first);
// The highest priority of the line's breaks, not counting that behind its last leaf when NOT_LAST; and how often it occurs.
uint8_t line_highest_break(const Line *line, bool not_last, uint32_t *count);
// At most one comma, and none of a call or a definition, stands between the brackets.
bool line_holds_one(const Line *line, const Leaf *open, const Leaf *close);

#endif
