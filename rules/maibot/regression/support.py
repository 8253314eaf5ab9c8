"""What a generated regression suite must know of MaiBot: where its data goes, and what a row is."""

import contextlib
import datetime
import os
import tempfile

import pytest


def prepare():
    """Nothing that the tests do may reach the data of the installation."""
    os.environ.setdefault("MAIBOT_DATA_DIR", tempfile.mkdtemp(prefix="maibot-"))


@contextlib.contextmanager
def database(model):
    """An empty table for MODEL, in memory, with the columns that tell tenants apart."""
    import peewee

    _add_columns(model)
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


# ---- a database that was migrated ------------------------------------------------------------------
@contextlib.contextmanager
def opened(model, path):
    """The table of MODEL in the database at PATH, to be read."""
    import peewee

    if not _columns(path, model._meta.table_name):
        pytest.skip(f"the database has no table {model._meta.table_name}")
    _add_columns(model)
    base = peewee.SqliteDatabase(f"file:{path}?mode=ro", uri=True)
    with base.bind_ctx([model], bind_refs=False, bind_backrefs=False):
        try:
            yield
        finally:
            base.close()


def keys(scoped):
    """Of the rows that it sees."""
    return [row[0] for row in scoped.select(scoped._meta.primary_key).tuples().iterator()]


def owners(model):
    """A context for each tenant and agent that some row has."""
    from src.isolation import IsolationContext

    found = model.select(model.tenant_id, model.agent_id).distinct().tuples()
    return [IsolationContext(tenant_id=tenant, agent_id=agent) for tenant, agent in found]


def _add_columns(model):
    from src.isolation import tenant_columns

    tenant_columns(model)
    if "tenant_id" not in model._meta.fields:
        pytest.skip(f"the rows of {model.__name__} are everybody's")


def _columns(path, table):
    peewee = _peewee()
    base = peewee.SqliteDatabase(f"file:{path}?mode=ro", uri=True)
    try:
        return base.get_columns(table)
    finally:
        base.close()


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
