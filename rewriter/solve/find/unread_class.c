// Classes in files whose code is not known. Comes in: their bytes. Goes out: Solver.frozen_family of the methods
// that such a class may override, Solver.frozen_class of what it inherits from.
//
//     class Mine(Bot):            Bot does not hold, for Mine may have a constructor of its own;
//         def answer(self):       and Bot.answer keeps its signature, for this one cannot change.
#include "base/bug.h"
#include "solve/solver.h"

typedef struct Reader {
    Solver *solver;
    Map classes;       // name -> the last class of that name
    uint32_t *before;  // by class: the one before with the same name
    uint32_t *defined; // by name: the last file with a function of that name
    uint32_t file;
} Reader;

typedef struct Word {
    size_t start, end;
} Word;

// The next word from AT on; empty at the end of TEXT.
static Word next_word(Str text, size_t at) {
    while (at < text.length && !str_is_word_byte(text.data[at])) at++;
    size_t end = at;
    while (end < text.length && str_is_word_byte(text.data[end])) end++;
    return (Word){at, end};
}

static Name name_of(const Reader *reader, Str text, Word word) {
    return intern_find(reader->solver->program->facts->names,
                       str_slice(text, word.start, word.end));
}

static void read_functions(Reader *reader, Str text) {
    for (Word word = next_word(text, 0); word.end > word.start;) {
        Word next = next_word(text, word.end);
        if (str_is(str_slice(text, word.start, word.end), "def"))
            reader->defined[name_of(reader, text, next).index] = reader->file;
        word = next;
    }
}

static void freeze_class(Reader *reader, ClassId id) {
    Solver *solver = reader->solver;
    const ClassFact *klass = program_class(solver->program, id);
    solver->frozen_class[id.index] = true;
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        ClassId ancestor = *program_ancestor(solver->program, klass->first_ancestor + i);
        for (RowList methods = program_methods(solver->program, ancestor); methods.at < methods.end;
             methods.at++) {
            const FunctionFact *method =
                program_function(solver->program, (FunctionId){*methods.at});
            bool own = method->flags & FUNCTION_CONSTRUCTOR; // is called by super() at most
            if (!own && reader->defined[method->name.index] == reader->file)
                solver->frozen_family[method->family] = true;
        }
    }
}

// `class Name(a.Base, key=word):` all words between the parentheses may be bases.
static void read_bases(Reader *reader, Str text, Word word) {
    word = next_word(text, word.end);
    size_t open = word.end;
    while (open < text.length && (text.data[open] == ' ' || text.data[open] == '\t')) open++;
    if (open >= text.length || text.data[open] != '(') return;
    ptrdiff_t length = str_find(str_slice(text, open, text.length), ')');
    Str list = str_slice(text, open, length < 0 ? text.length : open + (size_t)length);
    for (word = next_word(list, 0); word.end > word.start; word = next_word(list, word.end)) {
        uint32_t klass = 0;
        map_get(&reader->classes, name_of(reader, list, word).index, &klass);
        for (; klass; klass = reader->before[klass]) freeze_class(reader, (ClassId){klass});
    }
}

static void read_classes(Reader *reader, Str text) {
    for (Word word = next_word(text, 0); word.end > word.start; word = next_word(text, word.end))
        if (str_is(str_slice(text, word.start, word.end), "class")) read_bases(reader, text, word);
}

static void index_classes(Reader *reader) {
    const Program *program = reader->solver->program;
    uint32_t count = program_class_count(program);
    reader->before = memory_alloc_zeroed(count + 1, sizeof *reader->before);
    for (uint32_t i = 1; i < count; i++) {
        uint32_t name = program_class(program, (ClassId){i})->name.index;
        map_get(&reader->classes, name, &reader->before[i]);
        map_put(&reader->classes, name, i);
    }
    reader->defined =
        memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *reader->defined);
}

void solver_freeze_unread(Solver *solver) {
    const Sources *sources = solver->program->facts->sources;
    Reader reader = {.solver = solver};
    for (uint32_t i = 1; i < sources->files.count; i++) {
        Str text = solver_unread_text(&sources->files.items[i]);
        if (!text.length) continue;
        if (!reader.defined) index_classes(&reader);
        reader.file = i;
        read_functions(&reader, text);
        read_classes(&reader, text);
    }
    map_release(&reader.classes);
    free(reader.before);
    free(reader.defined);
}
