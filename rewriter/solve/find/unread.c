// Files of the tree whose code is not known, because they do not parse or cannot be decoded: their words are all
// there is to go by. Calls without a known target are no better in files that are left out. Comes in: bytes of
// the ones, calls of the others. Goes out: Solver.unread_file. Must take a word for a call, a
// comment's too: what is optional for nothing breaks nobody.
#include "solve/solver.h"

static void note_word(Solver *solver, uint32_t file, Name name, uint32_t at) {
    uint32_t known;
    if (!solver->unread_file[name.index]) solver->unread_file[name.index] = file;
    if (!map_get(&solver->unread_places, map_key(file, name.index), &known))
        map_put(&solver->unread_places, map_key(file, name.index), at + 1);
}

static void note_words(Solver *solver, uint32_t file, Str text) {
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        while (end < text.length && str_is_word_byte(text.data[end])) end++;
        Name name = end > at ? intern_find(solver->program->facts->names, str_slice(text, at, end)) : (Name){0};
        if (name.index) note_word(solver, file, name, (uint32_t)at);
        at = end > at ? end : at + 1;
    }
}

// A call in a file that is left out, whose target is unknown: any function of that name may be meant.
static void note_unresolved(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 0; i < program_unresolved_count(program); i++) {
        const UnresolvedCall *row = program_unresolved(program, i);
        const ModuleFact *module =
            program_module(program, program_call(program, row->call)->module);
        if (module->left_out && !solver->unread_file[row->name.index])
            solver->unread_file[row->name.index] = module->file.index;
    }
}

Str solver_unread_text(const SourceFile *file) {
    if (file->auxiliary && !file->left_out) return STR_NONE;
    if (file->kind == SOURCE_NAMES) return STR_NONE;
    if (file->kind == SOURCE_EMBEDDED)
        return file->state == SOURCE_UNPARSABLE ? file->code : STR_NONE;
    if (file->state == SOURCE_UNPARSABLE || (file->kind == SOURCE_WORDS && file->state == SOURCE_READ))
        return file->text;
    return file->state == SOURCE_UNDECODABLE ? file->raw : STR_NONE;
}

void solver_find_unread(Solver *solver) {
    const Sources *sources = solver->program->facts->sources;
    uint32_t names = intern_count(solver->program->facts->names) + 1;
    solver->unread_file = arena_array(solver->arena, uint32_t, names);
    for (uint32_t i = 1; i < sources->files.count; i++)
        note_words(solver, i, solver_unread_text(&sources->files.items[i]));
    note_unresolved(solver);
    solver->unread_maker = arena_array(solver->arena, uint32_t, program_function_count(solver->program));
    for (uint32_t i = 1; i < program_class_count(solver->program); i++) {
        const ClassFact *klass = program_class(solver->program, (ClassId){i});
        uint32_t *maker = &solver->unread_maker[klass->constructor.index];
        if (fact_is(klass->constructor) && *maker == 0) *maker = solver->unread_file[klass->name.index];
    }
}

uint32_t solver_unread_caller(const Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    return function->flags & FUNCTION_CONSTRUCTOR ? solver->unread_maker[id.index]
                                                  : solver->unread_file[function->name.index];
}

bool solver_unread_place(const Solver *solver, uint32_t file, Name name, Span *span) {
    uint32_t place;
    if (!map_get(&solver->unread_places, map_key(file, name.index), &place)) return false;
    uint32_t length = (uint32_t)program_name(solver->program, name).length;
    *span = (Span){{file}, place - 1, place - 1 + length};
    return true;
}
