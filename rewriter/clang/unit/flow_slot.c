// In: declarations and types. Out: the slot that says which parameters such functions take.
#include "clang/unit/flow.h"

#ifdef WEFT_WITH_LIBCLANG
static const Place HARMLESS = {.kind = PLACE_HARMLESS}, UNKNOWN = {.kind = PLACE_UNKNOWN};

static bool is_function(CXType type) {
    type = libclang.getCanonicalType(type);
    return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto;
}

bool slot_is_function_type(CXType type) {
    type = libclang.getCanonicalType(type);
    return is_function(type) || (type.kind == CXType_Pointer && is_function(libclang.getPointeeType(type)));
}

static CXType without_arrays(CXType type) {
    while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
           type.kind == CXType_VariableArray)
        type = libclang.getArrayElementType(type);
    return type;
}

static Place place_of(Visit *visit, CXCursor declaration) {
    Place place = {.kind = PLACE_SLOT};
    return mark_place(visit, declaration, &place.file, &place.offset) ? place : UNKNOWN;
}

// The typedef that TYPE is, as it is written; the last of several, which has the list.
static bool find_typedef(CXType type, CXCursor *found) {
    bool any = false;
    for (int i = 0; i < 64; i++) { // a chain of types ends
        if (type.kind == CXType_Elaborated) type = libclang.Type_getNamedType(type);
        if (type.kind == CXType_Pointer) {
            CXType pointee = libclang.getPointeeType(type);
            if (pointee.kind == CXType_Elaborated) pointee = libclang.Type_getNamedType(pointee);
            if (pointee.kind != CXType_Typedef) return any;
            type = pointee;
        }
        if (type.kind != CXType_Typedef) return any;
        *found = libclang.getTypeDeclaration(type);
        any = true;
        type = libclang.getTypedefDeclUnderlyingType(*found);
    }
    return any;
}

Place slot_of_type(Visit *visit, CXType type) {
    CXCursor found;
    type = without_arrays(type);
    if (!slot_is_function_type(type)) return HARMLESS;
    return find_typedef(type, &found) ? place_of(visit, found) : UNKNOWN;
}

Place slot_of_declaration(Visit *visit, CXCursor declaration) {
    CXCursor found;
    CXType type = without_arrays(libclang.getCursorType(declaration));
    if (!slot_is_function_type(type)) return HARMLESS;
    return place_of(visit, find_typedef(type, &found) ? found : declaration);
}
#endif
