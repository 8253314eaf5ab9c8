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

static void note_name(void *data, Str text, bool base) {
    Reader *reader = data;
    Name name = intern_find(reader->solver->program->facts->names, text);
    if (!base) {
        reader->defined[name.index] = reader->file;
        return;
    }
    uint32_t klass = 0;
    map_get(&reader->classes, name.index, &klass);
    for (; klass; klass = reader->before[klass]) freeze_class(reader, (ClassId){klass});
}

// What words say is asked of each language that has classes here.
static void read_text(Reader *reader, Str text) {
    const Program *program = reader->solver->program;
    const Language *asked = NULL;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const Language *language = program_module(program, program_class(program, (ClassId){i})->module)->language;
        if (language == asked || !language->guess_names) continue;
        asked = language;
        language->guess_names(text, note_name, reader);
    }
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
        read_text(&reader, text);
    }
    map_release(&reader.classes);
    free(reader.before);
    free(reader.defined);
}
