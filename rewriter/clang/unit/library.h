// libclang, loaded when C is asked for and not linked: it brings all of LLVM, some 150 MB, and the rest of weft
// does without. A program that was built where its headers are missing has none.
#ifndef WEFT_CLANG_UNIT_LIBRARY_H
#define WEFT_CLANG_UNIT_LIBRARY_H

#include "source/diagnostic.h"

#ifdef WEFT_WITH_LIBCLANG
#include <clang-c/Index.h>

#define CLANG_FUNCTIONS(X)                                                                         \
    X(createIndex)                                                                                 \
    X(disposeIndex)                                                                                \
    X(parseTranslationUnit2)                                                                       \
    X(disposeTranslationUnit)                                                                      \
    X(getTranslationUnitCursor)                                                                    \
    X(visitChildren)                                                                               \
    X(getCursorLocation)                                                                           \
    X(getCursorReferenced)                                                                  \
    X(getCursorType)                                                                        \
    X(getCursorResultType)                                                                  \
    X(getCanonicalCursor)                                                                   \
    X(getCanonicalType)                                                                     \
    X(getPointeeType)                                                                       \
    X(getTypeDeclaration)                                                                   \
    X(getTypedefDeclUnderlyingType)                                                         \
    X(Type_getNamedType)                                                                    \
    X(Type_visitFields)                                                                     \
    X(getArrayElementType)                                                                  \
    X(getArgType)                                                                           \
    X(Cursor_getNumArguments)                                                               \
    X(Cursor_getArgument)                                                                   \
    X(getCursorUnaryOperatorKind)                                                           \
    X(getCursorBinaryOperatorKind)                                                          \
    X(equalCursors)                                                                         \
    X(getCursorSpelling)                                                                           \
    X(Cursor_getStorageClass)                                                                      \
    X(Cursor_hasVarDeclGlobalStorage)                                                              \
    X(Cursor_isNull)                                                                               \
    X(getFileLocation)                                                                             \
    X(getSpellingLocation)                                                                         \
    X(getFileName)                                                                                 \
    X(File_tryGetRealPathName)                                                                     \
    X(getInclusions)                                                                               \
    X(getFileContents)                                                                             \
    X(getClangVersion)                                                                             \
    X(getNumDiagnostics)                                                                           \
    X(getDiagnostic)                                                                               \
    X(disposeDiagnostic)                                                                           \
    X(getDiagnosticSeverity)                                                                       \
    X(getDiagnosticSpelling)                                                                       \
    X(getDiagnosticLocation)                                                                       \
    X(getCString)                                                                                  \
    X(disposeString)

typedef struct ClangLibrary {
#define X(name) __typeof__(clang_##name) *name;
    CLANG_FUNCTIONS(X)
#undef X
} ClangLibrary;

// After clang_library_load.
extern ClangLibrary libclang;
#endif

// Loads the library that $WEFT_LIBCLANG names, else that of LLVM 19 or newer, once. False with a diagnostic when
// there is none.
bool clang_library_load(Diagnostics *diagnostics);

#endif
