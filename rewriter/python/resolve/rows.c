// Classes whose objects a library of tables makes for the rows that it reads. SQLAlchemy, SQLModel and Tortoise do so without
// their constructor: what it keeps in the object is not there then. peewee, Django and MongoEngine call it, with the columns.
// Comes in: the bodies and bases of classes. Goes out: CLASS_MADE_OUTSIDE, also of what inherits from such a class, and
// FUNCTION_FIXED_SIGNATURE of constructors that are called.
#include "base/bug.h"
#include "python/resolve/resolver.h"

static bool calls_constructor(Str dotted) {
    static const char *const BASES[] = {"peewee.Model", "django.db.models.Model", "django.db.models.base.Model",
                                        "mongoengine.Document", "mongoengine.DynamicDocument", "mongoengine.EmbeddedDocument"};
    for (size_t i = 0; i < sizeof BASES / sizeof *BASES; i++)
        if (str_is(dotted, BASES[i])) return true;
    return false;
}

static bool is_base_of_rows(Str dotted) {
    static const char *const BASES[] = {
        "sqlalchemy.orm.declarative_base", "sqlalchemy.ext.declarative.declarative_base", "sqlalchemy.orm.DeclarativeBase",
        "sqlalchemy.orm.DeclarativeBaseNoMeta", "sqlalchemy.ext.automap.automap_base", "sqlmodel.SQLModel",
        "sqlmodel.main.SQLModel", "tortoise.Model", "tortoise.models.Model"};
    for (size_t i = 0; i < sizeof BASES / sizeof *BASES; i++)
        if (str_is(dotted, BASES[i])) return true;
    return false;
}

static bool makes_column(const Facts *facts, ExprId value) {
    static const char *const MAKERS[] = {"Column", "mapped_column", "relationship"};
    const ExprFact *row = facts_expr(facts, value);
    if (row->kind != EXPR_CALL) return false;
    Str name = facts_name(facts, facts_expr(facts, row->base)->name);
    for (size_t i = 0; i < sizeof MAKERS / sizeof *MAKERS; i++)
        if (str_is(name, MAKERS[i])) return true;
    return false;
}

// class User(Base): __tablename__ = "users"; id = Column(...), whatever Base is
static bool has_columns(const Facts *facts, const ClassFact *klass) {
    for (SymbolId id = facts_scope(facts, klass->body)->first_symbol; fact_is(id); id = facts_symbol(facts, id)->next_in_scope) {
        if (str_is(facts_name(facts, facts_symbol(facts, id)->name), "__tablename__")) return true;
        BindingId binding = facts_symbol(facts, id)->first_binding;
        if (fact_is(binding) && makes_column(facts, facts_binding(facts, binding)->value)) return true;
    }
    return false;
}

// What the body or the bases of each class say: nothing, that it is a table, and that its library calls the constructor.
enum { TABLE = 1, CALLED = 2 };

static uint8_t *find_tables(const Facts *facts) {
    uint8_t *found = memory_alloc_zeroed(facts->classes.count + 1, sizeof *found);
    for (uint32_t i = 1; i < facts->classes.count; i++) found[i] = has_columns(facts, &facts->classes.items[i]) ? TABLE : 0;
    for (uint32_t i = 0; i < facts->base_names.count; i++) {
        const BaseName *base = &facts->base_names.items[i];
        Str dotted = facts_name(facts, base->dotted);
        if (is_base_of_rows(dotted)) found[base->klass.index] |= TABLE;
        if (calls_constructor(dotted)) found[base->klass.index] |= TABLE | CALLED;
    }
    return found;
}

void resolve_rows_of_tables(Resolver *resolver) {
    Facts *facts = resolver->facts;
    uint8_t *found = find_tables(facts);
    for (uint32_t i = 1; i < facts->classes.count; i++) {
        ClassFact *klass = &facts->classes.items[i];
        uint8_t marks = 0;
        for (uint32_t k = 0; k < klass->ancestor_count; k++)
            marks |= found[facts->ancestors.items[klass->first_ancestor + k].index];
        if (marks & TABLE) klass->flags |= CLASS_MADE_OUTSIDE;
        if (marks & CALLED) signature_fix(facts, klass->constructor);
    }
    free(found);
}
