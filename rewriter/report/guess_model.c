// Tables. In: the names that classes inherit from. Out: for each object-relational mapper one guess, with what
// a `query` rule for it would ask: all tables of the tree, and not one rule a table. Django's and those of Tortoise ORM
// have packs.
#include "report/guess_internal.h"

typedef struct Mapper {
    const char *name;
    const char *bases[4]; // dotted names outside the tree
    const char *yaml;     // of `model`
    const char *asks;     // the rest of `query`
} Mapper;

static const Mapper MAPPERS[] = {
    {"peewee",
     {"peewee.Model"},
     "peewee.Model",
     "methods: [__init__, select, get, get_or_none, get_by_id, get_or_create, create, insert, "
     "insert_many, update, delete]\n"
     "refuse_methods: [raw, truncate_table]\n"
     "calls: [{ target: peewee.prefetch, wrap: function }]"},
    {"SQLAlchemy",
     {"sqlalchemy.orm.DeclarativeBase", "sqlalchemy.orm.declarative_base",
      "sqlalchemy.ext.declarative.declarative_base"},
     "[sqlalchemy.orm.DeclarativeBase, sqlalchemy.orm.declarative_base, "
     "sqlalchemy.ext.declarative.declarative_base]",
     "methods: [__init__, query]\n"
     "calls:\n"
     "  - { target: [sqlalchemy.select, sqlalchemy.insert, sqlalchemy.update, sqlalchemy.delete], "
     "wrap: function }\n"
     "  - { target: [\"*.get\", \"*.merge\"], wrap: object, given: model }\n"
     "  - { target: \"*.query\", wrap: object, given: mention }\n"
     "refuse: [sqlalchemy.text]"},
    {"SQLModel",
     {"sqlmodel.SQLModel"},
     "sqlmodel.SQLModel",
     "methods: [__init__]\n"
     "calls:\n"
     "  - { target: [sqlmodel.select, sqlmodel.update, sqlmodel.delete], wrap: function }\n"
     "  - { target: \"*.get\", wrap: object, given: model }"},
};
enum { MAPPER_COUNT = sizeof MAPPERS / sizeof *MAPPERS, NO_MAPPER = MAPPER_COUNT };

static int mapper_of(Str base) {
    for (int i = 0; i < MAPPER_COUNT; i++)
        for (int k = 0; k < 4 && MAPPERS[i].bases[k] != NULL; k++)
            if (str_is(base, MAPPERS[i].bases[k])) return i;
    return NO_MAPPER;
}

// By class: which mapper it is a table of; the nearest base decides.
static uint8_t *find_mappers(const Guesser *guesser, Arena *arena) {
    const Program *program = guesser->program;
    uint32_t classes = program_class_count(program);
    uint8_t *own = (uint8_t *)arena_alloc(arena, classes + 1);
    memset(own, NO_MAPPER, classes + 1);
    for (uint32_t i = 0; i < program_base_name_count(program); i++) {
        const BaseName *row = program_base_name(program, i);
        int mapper = mapper_of(program_name(program, row->dotted));
        if (mapper != NO_MAPPER) own[row->klass.index] = (uint8_t)mapper;
    }
    uint8_t *all = (uint8_t *)arena_alloc(arena, classes + 1);
    memset(all, NO_MAPPER, classes + 1);
    for (uint32_t i = 1; i < classes; i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        for (uint32_t k = 0; k < klass->ancestor_count && all[i] == NO_MAPPER; k++)
            all[i] = own[program_ancestor(program, klass->first_ancestor + k)->index];
    }
    return all;
}

void guess_find_models(Guesser *guesser) {
    const Program *program = guesser->program;
    uint8_t *mappers = find_mappers(guesser, &guesser->scratch);
    GuessModels found[MAPPER_COUNT] = {{0}};
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        if (mappers[i] == NO_MAPPER || guesser->aside[klass->module.index]) continue;
        const Mapper *mapper = &MAPPERS[mappers[i]];
        GuessModels *guess = &found[mappers[i]];
        if (guess->classes++ == 0)
            *guess = (GuessModels){.mapper = mapper->name,
                                   .bases = mapper->yaml,
                                   .asks = mapper->asks,
                                   .klass = guess_name(guesser, klass->qualified),
                                   .place = guess_place(guesser, klass->module, klass->name_start),
                                   .classes = 1};
    }
    for (int i = 0; i < MAPPER_COUNT; i++)
        if (found[i].classes > 0) vec_add(&guesser->out->models, found[i]);
}
