"""Queries that forgot the context, found when they run.

    guard_queries(db)        # once, where the database is made

In strict mode a query of a model with tenant columns raises UnscopedQuery
unless it came through scoped(): it would see or change the rows of every
tenant. Otherwise it is only counted, so that a bot can run for a while before
strict mode is turned on:

    unscoped_queries()       # {"messages": 12}

Rows that were found in scope save, delete and follow their foreign keys as
they always did: what goes by the primary key of one row, or by a foreign key,
is let pass, and so is a new row that says whose it is.
"""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from .ambient import is_strict_isolation
from .database_query import COLUMNS, UnscopedQuery, columns_of

_counted: Counter[str] = Counter()
_lock = threading.Lock()


def guard_queries(database: Any) -> None:
    """Look at each query that `database`, of peewee, executes.

    A second time changes nothing.
    """
    if getattr(database, "_isolation_guarded", False):
        return
    execute = database.execute

    def guarded(query: Any, *args: Any, **kwargs: Any) -> Any:
        _look_at(query)
        return execute(query, *args, **kwargs)

    database.execute = guarded
    database._isolation_guarded = True


def unscoped_queries() -> dict[str, int]:
    """How many queries came without a context since the process began, by
    table.
    """
    with _lock:
        return dict(_counted)


def _look_at(query: Any) -> None:
    model = getattr(query, "model", None)
    if not columns_of(model) or hasattr(query, "_isolation_context"):
        return
    if _is_about_one_row(query, model):
        return
    name = model._meta.table_name
    with _lock:
        _counted[name] += 1
    if is_strict_isolation():
        remedy = f"ask scoped({model.__name__}, isolation_context)"
        raise UnscopedQuery(f"a query of {name} has no context: {remedy}")


def _is_about_one_row(query: Any, model: Any) -> bool:
    if hasattr(query, "_insert"):
        return _says_whose(query)
    parts = _parts(getattr(query, "_where", None))
    return any(_goes_by_key(part, model) for part in parts)


def _says_whose(query: Any) -> bool:
    """A row by itself that names its tenant: what save() of a row makes."""
    row = query._insert
    if not isinstance(row, dict):
        return False
    given = {getattr(key, "name", key): value for key, value in row.items()}
    own = [name for name in COLUMNS if name in columns_of(query.model)]
    return all(given.get(name) is not None for name in own)


def _parts(where: Any) -> list[Any]:
    """What a condition is made of, as far as all of it must hold."""
    if where is None:
        return []
    if getattr(where, "op", None) == "AND":
        return [*_parts(where.lhs), *_parts(where.rhs)]
    return [where]


def _goes_by_key(part: Any, model: Any) -> bool:
    field = getattr(part, "lhs", None)
    if getattr(part, "op", None) != "=":
        return False
    if getattr(field, "model", None) is not model:
        return False
    return field is model._meta.primary_key or hasattr(field, "rel_model")
