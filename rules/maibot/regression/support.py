"""What a generated regression suite must know of MaiBot: where its data goes, and what a row is."""

import contextlib
import datetime
import os
import tempfile


def prepare():
    """Nothing that the tests do may reach the data of the installation."""
    os.environ.setdefault("MAIBOT_DATA_DIR", tempfile.mkdtemp(prefix="maibot-"))


@contextlib.contextmanager
def database(model):
    """An empty table for MODEL, in memory, with the columns that tell tenants apart."""
    import peewee

    from src.isolation import tenant_columns

    tenant_columns(model)
    memory = peewee.SqliteDatabase(":memory:")
    with memory.bind_ctx([model], bind_refs=False, bind_backrefs=False):
        memory.create_tables([model])
        try:
            yield
        finally:
            memory.close()


def write(model, scoped):
    """One row, with made-up values where the model asks for some."""
    values = {}
    for field in model._meta.sorted_fields:
        given = field.default is not None or field.null or field.name in ("tenant_id", "agent_id")
        if not given and not isinstance(field, _peewee().AutoField):
            values[field.name] = _value(field)
    scoped.create(**values)


def count(scoped):
    return scoped.select().count()


def _peewee():
    import peewee

    return peewee


def _value(field):
    peewee = _peewee()
    kinds = (
        (peewee.BooleanField, True),
        ((peewee.IntegerField, peewee.ForeignKeyField), 1),
        ((peewee.FloatField, peewee.DecimalField), 1.0),
        (peewee.DateTimeField, datetime.datetime(2020, 1, 1)),
        (peewee.DateField, datetime.date(2020, 1, 1)),
        (peewee.TimeField, datetime.time(0, 0)),
        (peewee.BlobField, b"x"),
    )
    return next((value for kind, value in kinds if isinstance(field, kind)), "x")
