// Where the values of functions go. In: the tree of a unit. Out: which declarations are of one kind, since a value of
// one gets into the other; which calls go through a pointer; and what nobody follows: casts, calls of what is outside
// of the tree, fields that are not named.
#include "clang/unit/flow.h"

#include <stdlib.h>

#ifdef WEFT_WITH_LIBCLANG
static const Place HARMLESS = {.kind = PLACE_HARMLESS}, UNKNOWN = {.kind = PLACE_UNKNOWN},
                   CALLED = {.kind = PLACE_CALLED};

typedef Vec(CXCursor) Cursors;

static enum CXChildVisitResult add_child(CXCursor cursor, CXCursor parent, CXClientData data) {
    (void)parent;
    Cursors *children = data;
    vec_add(children, cursor);
    return CXChildVisit_Continue;
}

static void read_children(CXCursor cursor, Cursors *children) {
    libclang.visitChildren(cursor, add_child, children);
}

static void walk_all(Visit *visit, const Cursors *children, Place place) {
    for (uint32_t i = 0; i < children->count; i++) flow_walk(visit, children->items[i], place);
}

// ---- slots -----------------------------------------------------------------------------------------
static void add_flow(Visit *visit, FlowFactKind kind, FileId file, uint32_t offset, const Place *slot) {
    vec_add(visit->flows, ((FlowFact){kind, file, offset, slot->file, slot->offset}));
}

static void fix_slot(Visit *visit, const Place *slot) {
    if (slot->kind == PLACE_SLOT)
        vec_add(visit->marks, ((MarkFact){.kind = MARK_FIXED, .file = slot->file, .offset = slot->offset}));
}

static void join_slots(Visit *visit, const Place *a, const Place *b) {
    if (a->kind == PLACE_SLOT && b->kind == PLACE_SLOT) {
        if (a->file.index != b->file.index || a->offset != b->offset)
            add_flow(visit, FLOW_FACT_JOINS, a->file, a->offset, b);
    } else if (a->kind != PLACE_HARMLESS && b->kind != PLACE_HARMLESS) {
        fix_slot(visit, a);
        fix_slot(visit, b);
    }
}

void flow_join_declarations(Visit *visit, CXCursor function) {
    CXCursor first = libclang.getCanonicalCursor(function);
    int count = libclang.Cursor_getNumArguments(function);
    for (int i = 0; i < count && i < libclang.Cursor_getNumArguments(first); i++) {
        Place here = slot_of_declaration(visit, libclang.Cursor_getArgument(function, (unsigned)i));
        Place there = slot_of_declaration(visit, libclang.Cursor_getArgument(first, (unsigned)i));
        join_slots(visit, &here, &there);
    }
}

// ---- names -----------------------------------------------------------------------------------------
static void walk_function(Visit *visit, CXCursor cursor, CXCursor function, const Place *place) {
    FileId file;
    uint32_t offset;
    bool follows = place->kind == PLACE_CALLED || place->kind == PLACE_HARMLESS;
    if (place->kind == PLACE_SLOT) {
        follows = mark_place(visit, function, &file, &offset);
        if (follows)
            add_flow(visit, FLOW_FACT_JOINS, file, offset, place);
        else
            fix_slot(visit, place); // it may hold what is outside of the tree
    }
    if (!mark_name(visit, cursor, function, follows ? MARK_FUNCTION : MARK_ESCAPES)) mark_fixed(visit, function);
}

static void walk_slot(Visit *visit, CXCursor cursor, CXCursor declaration, const Place *place) {
    Place slot = slot_of_declaration(visit, declaration);
    FileId file;
    uint32_t offset;
    if (slot.kind == PLACE_HARMLESS || place->kind == PLACE_HARMLESS) return;
    if (place->kind == PLACE_CALLED && slot.kind == PLACE_SLOT) {
        if (parse_place(visit->parsed, libclang.getCursorLocation(cursor), &file, &offset))
            add_flow(visit, FLOW_FACT_CALLS, file, offset, &slot);
        else
            fix_slot(visit, &slot);
    } else {
        join_slots(visit, &slot, place);
    }
}

static void walk_name(Visit *visit, CXCursor cursor, Place place) {
    CXCursor meant = libclang.getCursorReferenced(cursor);
    if (libclang.Cursor_isNull(meant)) return;
    if ((int)meant.kind == CXCursor_FunctionDecl) {
        walk_function(visit, cursor, meant, &place);
        return;
    }
    mark_name(visit, cursor, meant, MARK_OTHER);
    walk_slot(visit, cursor, meant, &place);
}

// ---- expressions -----------------------------------------------------------------------------------
// A number, or nothing: no function. What is deeper than MOST may be one.
static bool is_null_within(CXCursor cursor, uint32_t most) {
    Cursors children = {0};
    if (most == 0) return false;
    read_children(cursor, &children);
    bool null = (int)cursor.kind == CXCursor_IntegerLiteral || (int)cursor.kind == CXCursor_GNUNullExpr;
    for (uint32_t i = 0; !null && i < children.count; i++)
        null = (int)children.items[i].kind != CXCursor_TypeRef && is_null_within(children.items[i], most - 1);
    vec_release(&children);
    return null;
}

static bool is_null(CXCursor cursor) { return is_null_within(cursor, 16); }

// The slot that the assigned expression is.
static Place slot_of_expression(Visit *visit, CXCursor cursor) {
    if ((int)cursor.kind == CXCursor_DeclRefExpr || (int)cursor.kind == CXCursor_MemberRefExpr) {
        CXCursor meant = libclang.getCursorReferenced(cursor);
        return libclang.Cursor_isNull(meant) ? UNKNOWN : slot_of_declaration(visit, meant);
    }
    Cursors children = {0};
    read_children(cursor, &children);
    bool inner = (int)cursor.kind == CXCursor_ParenExpr || (int)cursor.kind == CXCursor_UnexposedExpr ||
                 (int)cursor.kind == CXCursor_ArraySubscriptExpr;
    Place place = UNKNOWN;
    if (inner && children.count > 0)
        place = slot_of_expression(visit, children.items[0]);
    else if (!slot_is_function_type(libclang.getCursorType(cursor)))
        place = HARMLESS;
    vec_release(&children);
    return place;
}

// The place of an argument of a call through the pointer CALLEE, whose type says what it takes.
static Place slot_of_argument(Visit *visit, CXCursor callee, unsigned index) {
    CXType type = libclang.getCursorType(callee);
    for (int i = 0; i < 64; i++) {
        if (type.kind == CXType_Elaborated)
            type = libclang.Type_getNamedType(type);
        else if (type.kind == CXType_Typedef)
            type = libclang.getTypedefDeclUnderlyingType(libclang.getTypeDeclaration(type));
        else if (type.kind == CXType_Pointer)
            type = libclang.getPointeeType(type);
        else
            break;
    }
    CXType argument = libclang.getArgType(type, index);
    return argument.kind == CXType_Invalid ? UNKNOWN : slot_of_type(visit, argument);
}

static void walk_call(Visit *visit, CXCursor cursor, Place place) {
    Cursors children = {0};
    read_children(cursor, &children);
    CXCursor callee = libclang.getCursorReferenced(cursor);
    bool named = !libclang.Cursor_isNull(callee) && (int)callee.kind == CXCursor_FunctionDecl;
    Place result = slot_of_type(visit, libclang.getCursorType(cursor));
    join_slots(visit, &result, &place);
    int declared = named ? libclang.Cursor_getNumArguments(callee) : 0;
    if (children.count > 0) flow_walk(visit, children.items[0], CALLED);
    for (uint32_t i = 1; i < children.count; i++) {
        Place slot = UNKNOWN;
        if (named && (int)i - 1 < declared)
            slot = slot_of_declaration(visit, libclang.Cursor_getArgument(callee, i - 1));
        else if (!named)
            slot = slot_of_argument(visit, children.items[0], i - 1);
        flow_walk(visit, children.items[i], slot.kind == PLACE_HARMLESS ? UNKNOWN : slot);
    }
    vec_release(&children);
}

static void walk_binary(Visit *visit, const Cursors *children, enum CXBinaryOperatorKind kind, Place place) {
    Place right = HARMLESS;
    if (kind == CXBinaryOperator_Assign && children->count == 2) {
        right = slot_of_expression(visit, children->items[0]);
        join_slots(visit, &right, &place); // a = b = c
        if (right.kind == PLACE_HARMLESS) right = UNKNOWN;
    }
    if (kind == CXBinaryOperator_Comma) right = place;
    for (uint32_t i = 0; i < children->count; i++)
        flow_walk(visit, children->items[i], i + 1 == children->count ? right : HARMLESS);
}

// &f and *f are f; the address of a pointer is another thing.
static void walk_unary(Visit *visit, CXCursor cursor, const Cursors *children, Place place) {
    enum CXUnaryOperatorKind kind = libclang.getCursorUnaryOperatorKind(cursor);
    bool same = slot_is_function_type(libclang.getCursorType(cursor));
    Place inner = HARMLESS;
    if (kind == CXUnaryOperator_AddrOf) inner = same ? place : UNKNOWN;
    if (kind == CXUnaryOperator_Deref) {
        bool pointer = children->count > 0 && slot_is_function_type(libclang.getCursorType(children->items[0]));
        inner = pointer ? place : HARMLESS;
        if (!pointer && same) fix_slot(visit, &place); // what a pointer to a pointer points to
    }
    walk_all(visit, children, inner);
}

static void walk_cast(Visit *visit, CXCursor cursor, const Cursors *children, Place place) {
    if (!is_null(cursor)) fix_slot(visit, &place);
    walk_all(visit, children, UNKNOWN);
}

// ---- initialisers ----------------------------------------------------------------------------------
static enum CXVisitorResult add_field(CXCursor cursor, CXClientData data) {
    Cursors *fields = data;
    vec_add(fields, cursor);
    return CXVisit_Continue;
}

static void walk_initializer(Visit *visit, CXCursor cursor, CXType type, Place place);

static void walk_value(Visit *visit, CXCursor value, CXType type, Place slot) {
    if ((int)value.kind == CXCursor_InitListExpr)
        walk_initializer(visit, value, type, slot);
    else
        flow_walk(visit, value, slot.kind == PLACE_HARMLESS ? UNKNOWN : slot);
}

// `.field = value`: the field, and the value; false for a value alone.
static bool read_designated(CXCursor cursor, CXCursor *field, CXCursor *value) {
    Cursors children = {0};
    read_children(cursor, &children);
    bool found = children.count >= 2 && (int)children.items[0].kind == CXCursor_MemberRef;
    if (found) {
        *value = *vec_last(&children);
        for (uint32_t i = 0; i < children.count; i++)
            if ((int)children.items[i].kind == CXCursor_MemberRef)
                *field = libclang.getCursorReferenced(children.items[i]);
    }
    vec_release(&children);
    return found;
}

static uint32_t index_of_field(const Cursors *fields, CXCursor field) {
    uint32_t i = 0;
    while (i < fields->count && !libclang.equalCursors(fields->items[i], field)) i++;
    return i;
}

// A value without braces that a structure or an array is begun with: which field it is nobody counts here.
static bool elides_braces(CXCursor field, CXCursor value) {
    CXType type = libclang.getCanonicalType(libclang.getCursorType(field));
    bool holds = type.kind == CXType_Record || type.kind == CXType_ConstantArray;
    CXType own = libclang.getCanonicalType(libclang.getCursorType(value));
    return holds && (int)value.kind != CXCursor_InitListExpr && own.kind != type.kind &&
           (int)value.kind != CXCursor_StringLiteral;
}

static void walk_record(Visit *visit, const Cursors *children, CXType type) {
    Cursors fields = {0};
    libclang.Type_visitFields(libclang.getCanonicalType(type), add_field, &fields);
    uint32_t next = 0;
    bool lost = false;
    for (uint32_t i = 0; i < children->count; i++) {
        CXCursor field, value;
        if (read_designated(children->items[i], &field, &value)) {
            next = index_of_field(&fields, field) + 1;
            walk_value(visit, value, libclang.getCursorType(field), slot_of_declaration(visit, field));
            continue;
        }
        value = children->items[i];
        lost = lost || next >= fields.count || elides_braces(fields.items[next], value);
        if (lost)
            flow_walk(visit, value, UNKNOWN);
        else
            walk_value(visit, value, libclang.getCursorType(fields.items[next]),
                       slot_of_declaration(visit, fields.items[next]));
        next++;
    }
    vec_release(&fields);
}

static void walk_initializer(Visit *visit, CXCursor cursor, CXType type, Place place) {
    Cursors children = {0};
    read_children(cursor, &children);
    CXType canonical = libclang.getCanonicalType(type);
    if (canonical.kind == CXType_Record) {
        walk_record(visit, &children, type);
    } else {
        CXType element = libclang.getArrayElementType(type);
        Place slot = element.kind == CXType_Invalid ? UNKNOWN : slot_of_type(visit, element);
        if (slot.kind == PLACE_UNKNOWN) slot = place; // its own declaration says the type
        for (uint32_t i = 0; i < children.count; i++) walk_value(visit, children.items[i], element, slot);
    }
    vec_release(&children);
}

// ---- declarations ----------------------------------------------------------------------------------
static void walk_variable(Visit *visit, CXCursor cursor, const Cursors *children) {
    mark_name(visit, cursor, cursor, MARK_OTHER);
    CXType type = libclang.getCursorType(cursor);
    Place slot = slot_of_declaration(visit, cursor);
    for (uint32_t i = 0; i < children->count; i++) {
        int kind = (int)children->items[i].kind;
        bool value = i + 1 == children->count && kind >= CXCursor_FirstExpr && kind <= CXCursor_LastExpr;
        if (value)
            walk_value(visit, children->items[i], type, slot);
        else
            flow_walk(visit, children->items[i], UNKNOWN);
    }
}

static void walk_declared_function(Visit *visit, CXCursor cursor, const Cursors *children) {
    Place outer = visit->result;
    if (!mark_name(visit, cursor, cursor, MARK_DECLARED)) mark_fixed(visit, cursor);
    flow_join_declarations(visit, cursor);
    for (uint32_t i = 0; i < children->count; i++)
        if ((int)children->items[i].kind >= CXCursor_FirstAttr && (int)children->items[i].kind <= CXCursor_LastAttr)
            flow_read_attribute(visit, cursor, children->items[i]);
    visit->result = slot_of_type(visit, libclang.getCursorResultType(cursor));
    walk_all(visit, children, HARMLESS);
    visit->result = outer;
}

// ---- the walk --------------------------------------------------------------------------------------
static void walk_inner(Visit *visit, CXCursor cursor, const Cursors *children, Place place) {
    int kind = (int)cursor.kind;
    bool statement = kind >= CXCursor_FirstStmt && kind <= CXCursor_LastStmt;
    switch (kind) {
    case CXCursor_ParenExpr:
    case CXCursor_UnexposedExpr: walk_all(visit, children, place); return;
    case CXCursor_UnaryOperator: walk_unary(visit, cursor, children, place); return;
    case CXCursor_BinaryOperator:
        walk_binary(visit, children, libclang.getCursorBinaryOperatorKind(cursor), place);
        return;
    case CXCursor_CStyleCastExpr: walk_cast(visit, cursor, children, place); return;
    case CXCursor_InitListExpr: walk_initializer(visit, cursor, libclang.getCursorType(cursor), place); return;
    case CXCursor_FunctionDecl: walk_declared_function(visit, cursor, children); return;
    case CXCursor_VarDecl: walk_variable(visit, cursor, children); return;
    case CXCursor_ReturnStmt:
        walk_all(visit, children, visit->result.kind == PLACE_HARMLESS ? UNKNOWN : visit->result);
        return;
    case CXCursor_ArraySubscriptExpr:
    case CXCursor_ConditionalOperator:
        for (uint32_t i = 0; i < children->count; i++) {
            bool passes = (kind == CXCursor_ArraySubscriptExpr) == (i == 0);
            flow_walk(visit, children->items[i], passes ? place : HARMLESS);
        }
        return;
    default: break;
    }
    if (place.kind == PLACE_SLOT && !statement && !is_null(cursor)) fix_slot(visit, &place);
    bool harmless = (statement && kind != CXCursor_GCCAsmStmt) || kind == CXCursor_UnaryExpr ||
                    kind == CXCursor_CompoundAssignOperator || kind == CXCursor_MemberRefExpr;
    walk_all(visit, children, harmless ? HARMLESS : UNKNOWN);
}

static void walk_one(Visit *visit, CXCursor cursor, Place place) {
    Cursors children = {0};
    switch ((int)cursor.kind) {
    case CXCursor_CallExpr: walk_call(visit, cursor, place); return;
    case CXCursor_DeclRefExpr: walk_name(visit, cursor, place); return;
    case CXCursor_MemberRefExpr:
        walk_name(visit, cursor, place);
        place = HARMLESS;
        break;
    case CXCursor_ParmDecl:
    case CXCursor_FieldDecl:
    case CXCursor_EnumConstantDecl:
    case CXCursor_TypedefDecl:
    case CXCursor_StructDecl:
    case CXCursor_TypeRef:
        mark_name(visit, cursor, libclang.getCursorReferenced(cursor), MARK_OTHER);
        place = HARMLESS;
        break;
    default: break;
    }
    read_children(cursor, &children);
    walk_inner(visit, cursor, &children, place);
    vec_release(&children);
}

// No deeper than a thread's stack of 8 MB has room for: `1+1+...` is as deep as it is long.
void flow_walk(Visit *visit, CXCursor cursor, Place place) {
    enum { DEEPEST = 2000 };
    if (visit->depth >= DEEPEST) {
        visit->too_deep = true;
        return;
    }
    visit->depth++;
    walk_one(visit, cursor, place);
    visit->depth--;
}
#endif
