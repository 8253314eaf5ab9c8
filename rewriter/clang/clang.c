// The table of the front end for C.
#include "clang/clang.h"

#include "base/path.h"
#include "clang/extract/extract.h"
#include "clang/extract/type.h"
#include "clang/resolve/field.h"
#include "clang/resolve/resolve.h"
#include "clang/unit/database.h"
#include "clang/unit/judge.h"
#include "clang/unit/library.h"
#include "clang/unit/mark.h"
#include "clang/write/write.h"

static bool accepts(Str path) {
    Str extension = path_extension(path_basename(path));
    return str_is(extension, "c") || str_is(extension, "h");
}

// C++ and assembler may call what C defines, and so may what C is made from: they are read for the names in them.
static SourceKind beside(Str path) {
    static const char *const extensions[] = {"cc", "cpp", "cxx", "C", "hh", "hpp", "hxx", "S", "s",
                                             "y",  "yy",  "l",   "ll", "re", "rl", "gperf", "inc", "def", "m", "mm"};
    Str extension = path_extension(path_basename(path));
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (str_is(extension, extensions[i])) return SOURCE_WORDS;
    return SOURCE_CODE;
}

static void compile(Facts *facts, const CompileInput *input, Diagnostics *diagnostics) {
    if (clang_library_load(diagnostics) &&
        database_read(input->databases, input->database_count, facts, diagnostics))
        marks_read(facts, input->threads, diagnostics);
}

// Whoever says something of the databases says it when they are compiled.
static bool digest_compiled(const Sources *sources, const CompileInput *input, Digest *digest) {
    Facts facts;
    Diagnostics unheard = {0};
    facts_init(&facts, sources);
    bool known = clang_library_load(&unheard) &&
                 database_read(input->databases, input->database_count, &facts, &unheard) && marks_digest(&facts, digest);
    facts_release(&facts);
    diagnostics_release(&unheard);
    return known;
}

// What the headers declare is known to the judge alone.
static bool is_builtin(Str name) {
    (void)name;
    return true;
}

static uint32_t name_flags(Str name) { return str_is(name, "main") ? NAME_STARTS : 0; }

static bool is_nothing(Str text) { return str_is(text, "NULL") || str_is(text, "0"); }

const Language language_c = {
    .name = "c",
    .traits = {.named_arguments = false,
               .optional_parameters = false,
               .typed_parameters = true,
               .typed_locals = true,
               .one_namespace = true},
    .by_rule = true,
    .facts_by_text = true,
    .accepts = accepts,
    .beside = beside,
    .extract = clang_extract,
    .add_compiled = database_add_sources,
    .digest_compiled = digest_compiled,
    .compile = compile,
    .judge = judge_texts,
    .resolve = clang_resolve,
    .find_field = field_find,
    .parameter_type = type_of_parameter,
    .result_type = type_of_result,
    .names_type = type_is_named,
    .count_errors = clang_count_errors,
    .is_builtin = is_builtin,
    .name_flags = name_flags,
    .is_nothing = is_nothing,
    .writer = &clang_writer,
};
