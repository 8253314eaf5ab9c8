// The functions that a request names. In: dotted names, ends of such names, or globs. Out: functions; a class stands
// for its constructor. A name that means nothing, or several things, is an E512 with what is near.
#include "program/name.h"
#include "solve/signature/spread.h"

enum { MOST_NAMED = 5, NEAR_DISTANCE = 3 };

typedef struct Candidate {
    Str name;
    FunctionId function;
    ClassId klass;
} Candidate;
typedef Vec(Candidate) Candidates;

static bool is_glob(Str name) { return str_find(name, '*') >= 0; }

static Str last_part(Str dotted) {
    return str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
}

// "store.load" of "app.store.load".
static bool ends_with_name(Str dotted, Str name) {
    if (!str_ends_with(dotted, name)) return false;
    size_t before = dotted.length - name.length;
    return before == 0 || dotted.data[before - 1] == '.';
}

// ---- candidates ----------------------------------------------------------------------------------
static bool is_meant(const Program *program, Str wanted, Str dotted, bool by_end) {
    if (is_glob(wanted)) return program_name_matches(program, wanted, dotted);
    return by_end ? ends_with_name(dotted, wanted) : program_is_named(program, wanted, dotted);
}

// A constructor is found by its class, and by its own name.
static void find_candidates(const Program *program, Str wanted, bool by_end, Candidates *found) {
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        Str name = program_name(program, function->qualified);
        if (name.length > 0 && is_meant(program, wanted, name, by_end))
            vec_add(found, ((Candidate){name, {i}, FACT_NONE(ClassId)}));
    }
    for (uint32_t i = 1; !is_glob(wanted) && i < program_class_count(program); i++) {
        Str name = program_name(program, program_class(program, (ClassId){i})->qualified);
        if (is_meant(program, wanted, name, by_end))
            vec_add(found, ((Candidate){name, FACT_NONE(FunctionId), {i}}));
    }
}

// By a name that an import made for it: app.load, of app.store.load.
static void find_re_exported(const Program *program, Str wanted, Candidates *found) {
    FunctionId function = program_find_function(program, wanted);
    ClassId klass = fact_is(function) ? FACT_NONE(ClassId) : program_find_class(program, wanted);
    if (fact_is(function) || fact_is(klass)) vec_add(found, ((Candidate){wanted, function, klass}));
}

static bool are_several(const Candidates *found) {
    for (uint32_t i = 1; i < found->count; i++)
        if (!str_equal(found->items[0].name, found->items[i].name)) return true;
    return false;
}

// ---- what is said ---------------------------------------------------------------------------------
static Str nearest(const Program *program, Str wanted) {
    Str best = STR_NONE;
    size_t least = NEAR_DISTANCE + 1;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        Str name = program_name(program, program_function(program, (FunctionId){i})->qualified);
        size_t distance = str_distance_within(last_part(wanted), last_part(name), least);
        if (name.length == 0 || distance >= least) continue;
        least = distance;
        best = name;
    }
    return best;
}

static bool refuse_unknown(Spread *spread, Str wanted) {
    Str near = nearest(spread->program, wanted);
    diagnostic_add(spread->diagnostics, DIAGNOSTIC_E512, SPAN_NONE, "no function of the tree is called '%.*s'",
                   STR_ARG(wanted));
    if (near.length > 0)
        diagnostic_help(spread->diagnostics, "did you mean '%.*s'?", STR_ARG(near));
    else
        diagnostic_help(spread->diagnostics,
                        "give its dotted name, the end of it (Store.load), or a glob (app.store.*)");
    return false;
}

static bool refuse_several(Spread *spread, Str wanted, const Candidates *found) {
    StrBuf names = {0};
    uint32_t shown = 0;
    for (uint32_t i = 0; i < found->count && shown < MOST_NAMED; i++) {
        if (i > 0 && str_equal(found->items[i].name, found->items[i - 1].name)) continue;
        strbuf_addf(&names, "%s%.*s", shown++ ? ", " : "", STR_ARG(found->items[i].name));
    }
    diagnostic_add(spread->diagnostics, DIAGNOSTIC_E512, SPAN_NONE, "'%.*s' may be several functions",
                   STR_ARG(wanted));
    diagnostic_help(spread->diagnostics, "name one of them in full, or all with a glob: %s", names.data);
    strbuf_release(&names);
    return false;
}

// ---- classes --------------------------------------------------------------------------------------
// Its statement alone says how an instance is made.
static const char *class_obstacle(const Program *program, const ClassFact *klass) {
    if (klass->flags & CLASS_DATA) return "its fields are its parameters; add a field to the class";
    const uint32_t made_otherwise = CLASS_ENUM | CLASS_TUPLE | CLASS_TYPED_DICT | CLASS_FOREIGN_BASE |
                                    CLASS_UNKNOWN_BASE | CLASS_EXCEPTION | CLASS_METACLASS;
    if ((klass->flags & made_otherwise) || fact_is(klass->creator))
        return "it has no constructor of its own, and something else than the tree makes its instances";
    if (spread_is_left_alone(program, klass->module)) return "its file is not edited";
    return NULL;
}

static bool add_class(Spread *spread, ClassId id) {
    const Program *program = spread->program;
    const ClassFact *klass = program_class(program, id);
    if (fact_is(klass->creator)) vec_add(&spread->targets, klass->creator);
    if (fact_is(klass->constructor)) vec_add(&spread->targets, klass->constructor);
    if (fact_is(klass->creator) || fact_is(klass->constructor)) return true;
    const char *obstacle = class_obstacle(program, klass);
    if (obstacle == NULL && spread->request->position != POSITION_KEYWORD)
        obstacle = "the constructor that is written for it takes the parameter by name; leave --position out";
    if (obstacle == NULL && spread->request->type.length == 0)
        obstacle = "the constructor that is written for it says the type; give it: --parameter 'NAME: TYPE'";
    if (obstacle == NULL && spread->request->action == SIGNATURE_ADD) {
        vec_add(&spread->plan->classes, id);
        return true;
    }
    Span span = {program_module_file(program, klass->module), klass->name_start, klass->name_end};
    diagnostic_add(spread->diagnostics, DIAGNOSTIC_E510, span, "the constructor of '%.*s' cannot change",
                   STR_ARG(program_name(program, klass->qualified)));
    diagnostic_note(spread->diagnostics, "%s", obstacle ? obstacle : "it has none");
    return false;
}

static bool add_target(Spread *spread, Str wanted) {
    Candidates found = {0};
    find_candidates(spread->program, wanted, false, &found);
    if (found.count == 0 && !is_glob(wanted)) find_re_exported(spread->program, wanted, &found);
    if (found.count == 0 && !is_glob(wanted)) find_candidates(spread->program, wanted, true, &found);
    bool good = true;
    if (found.count == 0)
        good = refuse_unknown(spread, wanted);
    else if (!is_glob(wanted) && are_several(&found))
        good = refuse_several(spread, wanted, &found);
    for (uint32_t i = 0; good && i < found.count; i++) {
        const Candidate *candidate = &found.items[i];
        const FunctionFact *function = program_function(spread->program, candidate->function);
        if (fact_is(candidate->klass))
            good = add_class(spread, candidate->klass);
        else if (function->flags & FUNCTION_CREATOR) // what makes the object hands on to its constructor
            good = add_class(spread, function->klass);
        else
            vec_add(&spread->targets, candidate->function);
    }
    vec_release(&found);
    return good;
}

bool spread_find_targets(Spread *spread) {
    bool good = true;
    for (uint32_t i = 0; i < spread->request->functions.count; i++)
        good = add_target(spread, spread->request->functions.items[i]) && good;
    return good;
}
