// Where a new import stands among those that a module begins with, in isort's order.
//
// In: the statements of the first block. Out: the one to stand beside. The order is the one that the block itself
// keeps: `import a` above `from a import b`, below it, or both by their modules; groups with a blank line between
// them. A block that keeps none has no such place, and new imports go behind it.
//
//     import os                      import os
//                                                           <- a group of its own, since no other is of the tree
//     from app.work import work      from app.iso import Ctx
//                                    from app.work import work
#include "python/syntax/joined.h"
#include "python/write/import.h"
#include "python/write/standard.h"

typedef enum OrderMode {
    ORDER_IMPORTS_FIRST,
    ORDER_FROM_FIRST,
    ORDER_MIXED,
    ORDER_COUNT
} OrderMode;

typedef struct OrderKey {
    bool is_from, relative;
    Str module;
} OrderKey;

typedef struct OrderRow {
    const ImportStatement *statement;
    OrderKey key;
    uint32_t group;
    bool in_tree;
} OrderRow;

typedef struct Order {
    Vec(OrderRow) rows;
    uint32_t groups;
    OrderMode mode;
} Order;

// ---- the block -----------------------------------------------------------------------------------

static bool in_block(const ImportEdit *edit, const ImportFact *head) {
    const ModuleFact *module = facts_module(edit->writing.facts, edit->writing.module);
    return head->at_top && !head->type_checking && !head->guarded &&
           head->statement_end <= module->imports_end;
}

static bool blank_between(const SourceFile *file, uint32_t from, uint32_t to) {
    for (uint32_t at = layout_next_line(file, from); at < to; at = layout_next_line(file, at))
        if (layout_line_is_blank(file, at)) return true;
    return false;
}

static OrderKey key_of(const ImportEdit *edit, const ImportFact *head) {
    Str text = edit->writing.file->text;
    bool is_from = head->kind != IMPORT_MODULE;
    return (OrderKey){.is_from = is_from,
                      .relative = head->level > 0,
                      .module = is_from ? str_slice(text, head->path_start, head->path_end)
                                        : str_slice(text, head->name_start, head->name_end)};
}

// False where a line holds two statements: no tool leaves that.
static bool read_block(const ImportEdit *edit, Order *order) {
    const SourceFile *file = edit->writing.file;
    uint32_t last = 0;
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        const ImportStatement *statement = &edit->statements.items[i];
        const ImportFact *head = import_head(statement);
        if (!in_block(edit, head)) continue;
        if (!layout_first_on_line(file, head->statement_start) ||
            facts_statement(edit->writing.facts, head->statement)->shares_line)
            return false;
        if (order->rows.count > 0 &&
            blank_between(file, joined_line_end(file, last), head->statement_start))
            order->groups++;
        vec_add(&order->rows, ((OrderRow){statement, key_of(edit, head), order->groups,
                                          fact_is(head->target) && head->level == 0}));
        last = head->statement_end;
    }
    order->groups++;
    return order->rows.count > 0;
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static int compare_modules(Str a, Str b) {
    for (size_t i = 0; i < a.length && i < b.length; i++) {
        char x = lower(a.data[i]), y = lower(b.data[i]);
        if (x != y) return x < y ? -1 : 1;
    }
    return a.length < b.length ? -1 : a.length > b.length;
}

// ---- names ---------------------------------------------------------------------------------------

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// 0 a constant, 1 a class, 2 anything else, by how it is written.
static int kind_of_name(Str name) {
    bool constant = name.length > 1, cased = false;
    for (size_t i = 0; i < name.length; i++) {
        constant = constant && !(name.data[i] >= 'a' && name.data[i] <= 'z');
        cased = cased || is_upper(name.data[i]);
    }
    if (constant && cased) return 0;
    return name.length > 0 && is_upper(name.data[0]) ? 1 : 2;
}

int import_compare_names(Str a, Str b) {
    Str first = a, second = b;
    ptrdiff_t alias = str_find_str(a, STR(" as "));
    if (alias >= 0) first = str_slice(a, 0, (size_t)alias);
    alias = str_find_str(b, STR(" as "));
    if (alias >= 0) second = str_slice(b, 0, (size_t)alias);
    int by_kind = kind_of_name(first) - kind_of_name(second);
    if (by_kind != 0) return by_kind;
    int by_name = compare_modules(first, second);
    return by_name != 0 ? by_name : str_compare(a, b);
}

// ---- the order -----------------------------------------------------------------------------------

static int compare_keys(OrderKey a, OrderKey b, OrderMode mode) {
    if (a.relative != b.relative) return a.relative ? 1 : -1;
    if (mode != ORDER_MIXED && a.is_from != b.is_from)
        return a.is_from == (mode == ORDER_IMPORTS_FIRST) ? 1 : -1;
    return a.relative ? 0
                      : compare_modules(a.module, b.module); // how dots sort is of no matter here
}

static bool is_sorted(const Order *order, OrderMode mode) {
    for (uint32_t i = 1; i < order->rows.count; i++) {
        const OrderRow *a = &order->rows.items[i - 1], *b = &order->rows.items[i];
        if (a->group == b->group && compare_keys(a->key, b->key, mode) > 0) return false;
    }
    return true;
}

static bool find_mode(Order *order) {
    for (int mode = 0; mode < ORDER_COUNT; mode++) {
        order->mode = (OrderMode)mode;
        if (is_sorted(order, order->mode)) return true;
    }
    return false;
}

// ---- the place -----------------------------------------------------------------------------------

static Str root_of(Str dotted) {
    Str part = dotted;
    str_split_next(&dotted, '.', &part);
    return part;
}

// That of the modules that come with the language; none: the number of groups.
static uint32_t find_standard_group(const Order *order) {
    for (uint32_t i = 0; i < order->rows.count; i++)
        if (!order->rows.items[i].key.relative && standard_has(order->rows.items[i].key.module))
            return order->rows.items[i].group;
    return order->groups;
}

// The group for MODULE: one with its package, else the last with something of the tree; none: the number of groups.
static uint32_t find_group(const Order *order, Str module) {
    uint32_t found = order->groups;
    if (standard_has(module)) return find_standard_group(order);
    for (uint32_t i = 0; i < order->rows.count; i++) {
        const OrderRow *row = &order->rows.items[i];
        if (row->key.relative) continue;
        if (str_equal(root_of(row->key.module), root_of(module))) return row->group;
        if (row->in_tree) found = row->group;
    }
    return found;
}

// A group of its own: above those of relative imports, which isort has last, else below all. A blank line is put there
// only where the block has groups already, or the project wants them.
static void stand_apart(const ImportEdit *edit, const Order *order, ImportSpot *spot) {
    bool apart = order->groups > 1 || edit->writing.facts->sources->sorts_imports;
    uint32_t first = order->rows.count;
    while (first > 0 && order->rows.items[first - 1].key.relative) first--;
    bool own_group =
        first < order->rows.count &&
        (first == 0 || order->rows.items[first - 1].group != order->rows.items[first].group);
    const OrderRow *row = &order->rows.items[own_group ? first : order->rows.count - 1];
    *spot = (ImportSpot){row->statement, !own_group, apart, false};
}

// A group of its own for a module that comes with the language: above all but `from __future__`.
static void stand_first(const ImportEdit *edit, const Order *order, ImportSpot *spot) {
    bool apart = order->groups > 1 || edit->writing.facts->sources->sorts_imports;
    bool future = str_is(order->rows.items[0].key.module, "__future__");
    *spot = (ImportSpot){order->rows.items[0].statement, future, apart, false};
}

// Whether the new import can have the place of a statement that goes.
static bool can_take(const ImportStatement *statement) {
    return statement->gone && statement->touched && import_head(statement)->kind == IMPORT_NAME;
}

static void stand_in_group(const Order *order, Str module, uint32_t group, ImportSpot *spot) {
    OrderKey key = {.is_from = true, .module = module};
    const OrderRow *before = NULL, *after = NULL;
    for (uint32_t i = 0; i < order->rows.count; i++) {
        const OrderRow *row = &order->rows.items[i];
        if (row->group != group) continue;
        if (compare_keys(row->key, key, order->mode) > 0) {
            after = row;
            break;
        }
        before = row;
    }
    if (before != NULL && can_take(before->statement))
        *spot = (ImportSpot){before->statement, false, false, true};
    else if (after != NULL && can_take(after->statement))
        *spot = (ImportSpot){after->statement, false, false, true};
    else
        *spot = (ImportSpot){before != NULL ? before->statement : after->statement, before != NULL,
                             false, false};
}

// The imports on the lines right above and below BESIDE, which are below the first block.
static void read_run(const ImportEdit *edit, const ImportStatement *beside, Order *order) {
    const SourceFile *file = edit->writing.file;
    uint32_t last = 0;
    bool found = false;
    for (uint32_t i = 0; i < edit->statements.count; i++) {
        const ImportStatement *statement = &edit->statements.items[i];
        const ImportFact *head = import_head(statement);
        bool follows = order->rows.count > 0 && layout_next_line(file, joined_line_end(file, last)) == head->statement_start;
        if (!follows && found) break;
        if (!follows) vec_clear(&order->rows);
        found |= statement == beside;
        vec_add(&order->rows, ((OrderRow){statement, key_of(edit, head), 0, false}));
        last = head->statement_end;
    }
    order->groups = 1;
}

bool import_order_find_near(const ImportEdit *edit, const ImportStatement *beside, Str module, ImportSpot *spot) {
    Order order = {0};
    read_run(edit, beside, &order);
    bool found = find_mode(&order);
    if (found) {
        stand_in_group(&order, module, 0, spot);
        found = !spot->takes && !spot->beside->gone;
    }
    vec_release(&order.rows);
    return found;
}

bool import_order_find(const ImportEdit *edit, Str module, ImportSpot *spot) {
    Order order = {0};
    bool found = read_block(edit, &order) && find_mode(&order);
    if (found) {
        uint32_t group = find_group(&order, module);
        if (group < order.groups)
            stand_in_group(&order, module, group, spot);
        else if (standard_has(module))
            stand_first(edit, &order, spot);
        else
            stand_apart(edit, &order, spot);
        // Beside a statement that goes there is no line to stand on.
        found = spot->takes || !spot->beside->gone;
    }
    vec_release(&order.rows);
    return found;
}
