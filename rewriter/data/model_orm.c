// What object-relational mappers call things. A new one is a row here and, when its fields are calls with
// keywords, nothing else.
#include "data/model_internal.h"

static const OrmField peewee_fields[] = {
    {"TextField", TYPE_TEXT, "TEXT", 0},
    {"CharField", TYPE_TEXT, "VARCHAR(255)", 0},
    {"FixedCharField", TYPE_TEXT, "CHAR", 0},
    {"IntegerField", TYPE_INTEGER, "INTEGER", 0},
    {"BigIntegerField", TYPE_INTEGER, "INTEGER", 0},
    {"SmallIntegerField", TYPE_INTEGER, "INTEGER", 0},
    {"TimestampField", TYPE_INTEGER, "INTEGER", 0},
    {"IPField", TYPE_INTEGER, "BIGINT", 0},
    {"BitField", TYPE_INTEGER, "INTEGER", 0},
    {"BooleanField", TYPE_BOOLEAN, "INTEGER", 0},
    {"FloatField", TYPE_REAL, "REAL", 0},
    {"DoubleField", TYPE_REAL, "REAL", 0},
    {"DecimalField", TYPE_DECIMAL, "DECIMAL", 0},
    {"DateTimeField", TYPE_DATETIME, "DATETIME", 0},
    {"DateField", TYPE_DATE, "DATE", 0},
    {"TimeField", TYPE_TIME, "TIME", 0},
    {"BlobField", TYPE_BLOB, "BLOB", 0},
    {"UUIDField", TYPE_UUID, "TEXT", 0},
    {"BinaryUUIDField", TYPE_BLOB, "BLOB", 0},
    {"JSONField", TYPE_JSON, "JSON", 0},
    {"AutoField", TYPE_INTEGER, "INTEGER", FIELD_AUTO},
    {"BigAutoField", TYPE_INTEGER, "INTEGER", FIELD_AUTO},
    {"PrimaryKeyField", TYPE_INTEGER, "INTEGER", FIELD_AUTO},
    {"IdentityField", TYPE_INTEGER, "INTEGER", FIELD_AUTO},
    {"ForeignKeyField", TYPE_ANY, "", FIELD_REFERENCE},
    {"DeferredForeignKey", TYPE_ANY, "", FIELD_REFERENCE},
    {"ManyToManyField", TYPE_ANY, "", FIELD_NO_COLUMN},
};

static const OrmField tortoise_fields[] = {
    {"TextField", TYPE_TEXT, "TEXT", 0},
    {"CharField", TYPE_TEXT, "VARCHAR", 0},
    {"IntField", TYPE_INTEGER, "INT", 0},
    {"BigIntField", TYPE_INTEGER, "BIGINT", 0},
    {"SmallIntField", TYPE_INTEGER, "SMALLINT", 0},
    {"BooleanField", TYPE_BOOLEAN, "INT", 0},
    {"FloatField", TYPE_REAL, "REAL", 0},
    {"DecimalField", TYPE_DECIMAL, "VARCHAR(40)", 0},
    {"DatetimeField", TYPE_DATETIME, "TIMESTAMP", 0},
    {"DateField", TYPE_DATE, "DATE", 0},
    {"TimeField", TYPE_TIME, "TIME", 0},
    {"TimeDeltaField", TYPE_INTEGER, "BIGINT", 0},
    {"JSONField", TYPE_JSON, "JSON", 0},
    {"UUIDField", TYPE_UUID, "CHAR(36)", 0},
    {"BinaryField", TYPE_BLOB, "BLOB", 0},
    {"CharEnumField", TYPE_TEXT, "VARCHAR", 0},
    {"IntEnumField", TYPE_INTEGER, "SMALLINT", 0},
    {"ForeignKeyField", TYPE_ANY, "", FIELD_REFERENCE},
    {"OneToOneField", TYPE_ANY, "", FIELD_REFERENCE | FIELD_UNIQUE},
    {"ManyToManyField", TYPE_ANY, "", FIELD_NO_COLUMN},
};

static const OrmField django_fields[] = {
    {"TextField", TYPE_TEXT, "text", 0},
    {"CharField", TYPE_TEXT, "varchar", 0},
    {"SlugField", TYPE_TEXT, "varchar", 0},
    {"URLField", TYPE_TEXT, "varchar", 0},
    {"EmailField", TYPE_TEXT, "varchar", 0},
    {"FileField", TYPE_TEXT, "varchar", 0},
    {"FilePathField", TYPE_TEXT, "varchar", 0},
    {"ImageField", TYPE_TEXT, "varchar", 0},
    {"GenericIPAddressField", TYPE_TEXT, "char", 0},
    {"IntegerField", TYPE_INTEGER, "integer", 0},
    {"BigIntegerField", TYPE_INTEGER, "bigint", 0},
    {"SmallIntegerField", TYPE_INTEGER, "smallint", 0},
    {"PositiveIntegerField", TYPE_INTEGER, "integer unsigned", 0},
    {"PositiveBigIntegerField", TYPE_INTEGER, "bigint unsigned", 0},
    {"PositiveSmallIntegerField", TYPE_INTEGER, "smallint unsigned", 0},
    {"DurationField", TYPE_INTEGER, "bigint", 0},
    {"BooleanField", TYPE_BOOLEAN, "bool", 0},
    {"NullBooleanField", TYPE_BOOLEAN, "bool", 0},
    {"FloatField", TYPE_REAL, "real", 0},
    {"DecimalField", TYPE_DECIMAL, "decimal", 0},
    {"DateTimeField", TYPE_DATETIME, "datetime", 0},
    {"DateField", TYPE_DATE, "date", 0},
    {"TimeField", TYPE_TIME, "time", 0},
    {"JSONField", TYPE_JSON, "text", 0},
    {"UUIDField", TYPE_UUID, "char(32)", 0},
    {"BinaryField", TYPE_BLOB, "BLOB", 0},
    {"AutoField", TYPE_INTEGER, "integer", FIELD_AUTO},
    {"BigAutoField", TYPE_INTEGER, "integer", FIELD_AUTO},
    {"SmallAutoField", TYPE_INTEGER, "integer", FIELD_AUTO},
    {"ForeignKey", TYPE_ANY, "", FIELD_REFERENCE},
    {"OneToOneField", TYPE_ANY, "", FIELD_REFERENCE | FIELD_UNIQUE},
    {"ManyToManyField", TYPE_ANY, "", FIELD_NO_COLUMN},
    {"GenericForeignKey", TYPE_ANY, "", FIELD_NO_COLUMN},
};

// Types, not fields: sqlalchemy.String, sqlalchemy.types.JSON, sqlalchemy.dialects.postgresql.JSONB; and those
// of annotations.
static const OrmField mapped_types[] = {
    {"String", TYPE_TEXT, "VARCHAR", 0},
    {"Unicode", TYPE_TEXT, "VARCHAR", 0},
    {"VARCHAR", TYPE_TEXT, "VARCHAR", 0},
    {"Enum", TYPE_TEXT, "VARCHAR", 0},
    {"AutoString", TYPE_TEXT, "VARCHAR", 0},
    {"Text", TYPE_TEXT, "TEXT", 0},
    {"TEXT", TYPE_TEXT, "TEXT", 0},
    {"UnicodeText", TYPE_TEXT, "TEXT", 0},
    {"LONGTEXT", TYPE_TEXT, "TEXT", 0},
    {"Integer", TYPE_INTEGER, "INTEGER", 0},
    {"INTEGER", TYPE_INTEGER, "INTEGER", 0},
    {"BigInteger", TYPE_INTEGER, "BIGINT", 0},
    {"BIGINT", TYPE_INTEGER, "BIGINT", 0},
    {"SmallInteger", TYPE_INTEGER, "SMALLINT", 0},
    {"Boolean", TYPE_BOOLEAN, "BOOLEAN", 0},
    {"Float", TYPE_REAL, "FLOAT", 0},
    {"Double", TYPE_REAL, "DOUBLE", 0},
    {"Numeric", TYPE_DECIMAL, "NUMERIC", 0},
    {"DECIMAL", TYPE_DECIMAL, "DECIMAL", 0},
    {"DateTime", TYPE_DATETIME, "DATETIME", 0},
    {"TIMESTAMP", TYPE_DATETIME, "TIMESTAMP", 0},
    {"Date", TYPE_DATE, "DATE", 0},
    {"Time", TYPE_TIME, "TIME", 0},
    {"JSON", TYPE_JSON, "JSON", 0},
    {"JSONB", TYPE_JSON, "JSON", 0},
    {"Uuid", TYPE_UUID, "CHAR(32)", 0},
    {"UUID", TYPE_UUID, "CHAR(32)", 0},
    {"LargeBinary", TYPE_BLOB, "BLOB", 0},
    {"str", TYPE_TEXT, "VARCHAR", 0},
    {"int", TYPE_INTEGER, "INTEGER", 0},
    {"float", TYPE_REAL, "FLOAT", 0},
    {"bool", TYPE_BOOLEAN, "BOOLEAN", 0},
    {"bytes", TYPE_BLOB, "BLOB", 0},
    {"Decimal", TYPE_DECIMAL, "NUMERIC", 0},
    {"datetime", TYPE_DATETIME, "DATETIME", 0},
    {"date", TYPE_DATE, "DATE", 0},
    {"time", TYPE_TIME, "TIME", 0},
};

static const char *const peewee_bases[] = {"peewee.Model", NULL};
static const char *const tortoise_bases[] = {"tortoise.models.Model", "tortoise.Model", NULL};
static const char *const django_bases[] = {"django.db.models.Model", "django.db.models.base.Model",
                                           NULL};
static const char *const sqlalchemy_bases[] = {
    "sqlalchemy.orm.DeclarativeBase",           "sqlalchemy.orm.DeclarativeBaseNoMeta",
    "sqlalchemy.orm.declarative_base",          "sqlalchemy.ext.declarative.declarative_base",
    "sqlalchemy.orm.decl_api.declarative_base", NULL};
static const char *const sqlmodel_bases[] = {"sqlmodel.SQLModel", "sqlmodel.main.SQLModel", NULL};
static const char *const peewee_modules[] = {"peewee.", "playhouse.", NULL};
static const char *const tortoise_modules[] = {"tortoise.", NULL};
static const char *const django_modules[] = {"django.", NULL};
static const char *const any_module[] = {"", NULL}; // types of annotations are of anywhere
static const char *const peewee_table[] = {"table_name", "db_table", NULL};
static const char *const tortoise_table[] = {"table", NULL};
static const char *const django_table[] = {"db_table", NULL};
static const char *const mapped_table[] = {"__tablename__", NULL};

#define FIELDS(array) .fields = array, .field_count = sizeof(array) / sizeof *(array)

static const Orm orms[] = {
    {.name = "peewee",
     .bases = peewee_bases,
     .modules = peewee_modules,
     FIELDS(peewee_fields),
     .null = "null",
     .unique = "unique",
     .index = "index",
     .primary_key = "primary_key",
     .column = "column_name",
     .table = peewee_table,
     .meta = true,
     .implicit_id = true,
     .indexes_references = true},
    {.name = "tortoise",
     .bases = tortoise_bases,
     .modules = tortoise_modules,
     FIELDS(tortoise_fields),
     .null = "null",
     .unique = "unique",
     .index = "index",
     .primary_key = "pk",
     .column = "source_field",
     .table = tortoise_table,
     .together = "unique_together",
     .meta = true,
     .implicit_id = true},
    {.name = "django",
     .bases = django_bases,
     .modules = django_modules,
     FIELDS(django_fields),
     .null = "null",
     .unique = "unique",
     .index = "db_index",
     .primary_key = "primary_key",
     .column = "db_column",
     .table = django_table,
     .together = "unique_together",
     .meta = true,
     .implicit_id = true,
     .indexes_references = true},
    {.name = "sqlalchemy",
     .bases = sqlalchemy_bases,
     .style = STYLE_MAPPED,
     .modules = any_module,
     FIELDS(mapped_types),
     .null = "nullable",
     .unique = "unique",
     .index = "index",
     .primary_key = "primary_key",
     .column = "name",
     .table = mapped_table},
    {.name = "sqlmodel",
     .bases = sqlmodel_bases,
     .style = STYLE_MAPPED,
     .modules = any_module,
     FIELDS(mapped_types),
     .null = "nullable",
     .unique = "unique",
     .index = "index",
     .primary_key = "primary_key",
     .column = "name",
     .table = mapped_table},
};

const Orm *orm_all(uint32_t *count) {
    *count = sizeof orms / sizeof *orms;
    return orms;
}

static bool is_of(const Orm *orm, Str dotted) {
    for (const char *const *module = orm->modules; *module != NULL; module++)
        if (str_starts_with(dotted, str_from(*module))) return true;
    return false;
}

const OrmField *orm_field(const Orm *orm, Str dotted) {
    if (!is_of(orm, dotted)) return NULL;
    Str name = str_slice(dotted, (size_t)(str_find_last(dotted, '.') + 1), dotted.length);
    for (uint32_t i = 0; i < orm->field_count; i++)
        if (str_is(name, orm->fields[i].name)) return &orm->fields[i];
    return NULL;
}

bool orm_has_base(const Orm *orm, Str dotted) {
    for (const char *const *base = orm->bases; *base != NULL; base++)
        if (str_is(dotted, *base)) return true;
    return false;
}
