"""Rows per tenant: a peewee model that sees and writes its context's rows
only.

`scoped(Messages, isolation_context)` stands where the model stood. What it
selects, updates and deletes is limited to the tenant's rows, joined models
included; what it inserts belongs to the tenant. Rows that it returns are
ordinary ones: their own save() and delete_instance() go by primary key.

A model takes part once it has the columns. Until then scoped() gives the model
back as it is, so the bot runs on its old tables; in strict mode that is an
error. tenant_columns() adds them to the classes:

    class Messages(BaseModel): ...
    tenant_columns(Messages, ...)  # before the tables are created

An existing table needs the columns and the indexes by a migration, which `weft
data` makes as tenant_columns() has them. Unique columns must become unique per
tenant: else REPLACE takes another tenant's row away. A primary key that is not
a number made by the database has to include the tenant by its content.

What belongs to nobody in particular is limited by what it belongs to: a back
reference and a foreign key by the row they start from, the rows between two
models of a many-to-many field not at all.

Nothing of peewee is imported before it is used. The queries themselves:
database_query.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import FunctionType, MethodType
from typing import Any, TypeVar, cast

from .ambient import is_strict_isolation
from .context import ANY, DEFAULT_CONTEXT, IsolationContext
from .database_query import (
    COLUMNS,
    ForeignRow,
    UnscopedQuery,
    columns_of,
    limit,
    limit_alias,
    limit_all,
    own_key,
)

M = TypeVar("M")

_shared: set[object] = set()


def _default_of(name: str) -> str | None:
    return None if is_strict_isolation() else getattr(DEFAULT_CONTEXT, name)


_DEFAULTS = {name: partial(_default_of, name) for name in COLUMNS}


class UnscopedModel(RuntimeError):
    """Strict mode: a model has no tenant column, so its rows cannot be told
    apart.
    """


def scoped(model: M, isolation_context: IsolationContext) -> M:
    """`model` as the tenant and agent of `isolation_context` see it.

    Also peewee's prefetch().

    What is no model, or a model that is scoped already, is given back as it
    is: a parameter may be either.
    """
    if isinstance(model, FunctionType):
        return cast(M, partial(_prefetch, model, isolation_context))
    if isinstance(model, _ScopedModel) or not hasattr(model, "_meta"):
        return model
    if not columns_of(model):
        if is_strict_isolation() and model not in _shared:
            missing = f"{model!r} has no column {COLUMNS[0]}"
            raise UnscopedModel(
                f"{missing}: add tenant_columns(), or share_rows()",
            )
        return model
    return cast(M, _ScopedModel(model, isolation_context))


def share_rows(*models: type) -> None:
    """Say that the rows of these models belong to all tenants: strict mode
    lets them pass, and tenant_columns() passes them over.
    """
    _shared.update(models)


def tenant_columns(*models: type) -> None:
    """Give models that lack them the columns tenant_id and agent_id, and make
    what is unique in a model unique per tenant and agent. A column of that
    name that is there already stays as it is.

    A model that share_rows() has named stays as it is, as its table does. A
    row that is made without a context belongs to the default tenant; in
    strict mode it has none, and the database refuses it.
    """
    from peewee import CharField

    for model in models:
        meta = cast(Any, model)._meta
        if model in _shared or COLUMNS[0] in meta.fields:
            continue
        indexes = []
        for names, unique in meta.indexes:
            indexes.append((_own_first(names) if unique else names, unique))
        for name, field in list(meta.fields.items()):
            if field.unique and not field.primary_key:
                field.unique, field.index = False, True
                indexes.append((_own_first((name,)), True))
        for name in COLUMNS:
            if name not in meta.fields:
                meta.add_field(
                    name,
                    CharField(
                        max_length=64,
                        index=True,
                        default=_DEFAULTS[name],
                    ),
                )
        meta.indexes = indexes


def _own_first(names: Iterable[str]) -> tuple[str, ...]:
    """The tenant's columns in front of others, none of them twice: (tenant_id,
    agent_id) of an agent.
    """
    names = tuple(names)
    return (*(name for name in COLUMNS if name not in names), *names)


def _prefetch(
    prefetch: Any,
    context: IsolationContext,
    query: Any,
    *subqueries: Any,
) -> Any:
    return prefetch(query, *limit_all(subqueries, context))


# ---- the model --------------------------------------------------------------
# These call select(), insert() and update() of the class they are called on:
# that is us.
_BUILT_ON_OTHERS = frozenset(
    """
    bulk_update delete_by_id filter get get_by_id get_or_create get_or_none
    replace replace_many set_by_id
    """.split(),
)


class _ScopedModel:
    """Has what the model has; its queries are those of one tenant."""

    __slots__ = ("_scoped", "_context")

    def __init__(self, model: Any, context: IsolationContext) -> None:
        self._scoped = model
        self._context = context

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._scoped, name)
        if name in _BUILT_ON_OTHERS and isinstance(value, MethodType):
            return MethodType(value.__func__, self)
        return value

    def __repr__(self) -> str:
        return f"<{self._scoped!r} of {self._context}>"

    # -- reading
    def select(self, *fields: Any) -> Any:
        return limit(self._scoped.select(*fields), self._context)

    def alias(self, *args: Any, **kwargs: Any) -> Any:
        return limit_alias(self._scoped.alias(*args, **kwargs), self._context)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.select())

    def __len__(self) -> int:
        return int(self.select().count())

    def __bool__(self) -> bool:
        return True

    def __contains__(self, key: Any) -> bool:
        found = self.get_or_none(self._scoped._meta.primary_key == key)
        return found is not None

    def __getitem__(self, key: Any) -> Any:
        return self.get_by_id(key)

    def raw(self, *_: Any) -> Any:
        raise UnscopedQuery(
            "a raw query has to name its tenant: call the model itself",
        )

    # -- changing
    def truncate_table(self, **_: Any) -> Any:
        raise UnscopedQuery(
            "emptying takes the rows of all: delete() takes a tenant's",
        )

    def __setitem__(self, key: Any, values: Any) -> None:
        self.set_by_id(key, values)

    def __delitem__(self, key: Any) -> None:
        self.delete_by_id(key)

    def update(self, data: Any = None, /, **values: Any) -> Any:
        self._check(data or {})
        self._check(values)
        return limit(self._scoped.update(data, **values), self._context)

    def delete(self) -> Any:
        return limit(self._scoped.delete(), self._context)

    # -- making rows
    def __call__(self, **values: Any) -> Any:
        row = self._scoped(**self._fill(values))
        row._pk_expr = partial(
            own_key,
            row,
            self._context,
        )  # a key that was said may be that of a foreign row
        return row

    def create(self, **values: Any) -> Any:
        return self._scoped.create(**self._fill(values))

    def insert(self, data: Any = None, /, **values: Any) -> Any:
        if data is not None and not isinstance(data, Mapping):
            return self.insert_many(data)
        return limit(
            self._scoped.insert(self._fill({**(data or {}), **values})),
            self._context,
        )

    def insert_many(
        self,
        rows: Iterable[Any],
        fields: Iterable[Any] | None = None,
    ) -> Any:
        if hasattr(rows, "__sql__"):
            return self.insert_from(rows, fields)
        if fields is None:
            return limit(
                self._scoped.insert_many(list(self._filled(rows))),
                self._context,
            )
        own = self._scoped._meta.fields
        known = [own[f] if isinstance(f, str) else f for f in fields]
        names = {field.name for field in known}
        missing = [own[name] for name in self._own() if name not in names]
        query = self._scoped.insert_many(
            list(self._extended(rows, known)),
            fields=known + missing,
        )
        return limit(query, self._context)

    def insert_from(self, *_: Any, **__: Any) -> Any:
        raise UnscopedQuery(
            "rows of a query are given no tenant: name the column in it",
        )

    def bulk_create(
        self,
        model_list: Iterable[Any],
        batch_size: int | None = None,
    ) -> Any:
        rows = list(model_list)
        for row in rows:
            for name, value in self._own().items():
                if getattr(row, name) == getattr(DEFAULT_CONTEXT, name):
                    setattr(row, name, None)  # not said
                self._check({name: getattr(row, name)})
                setattr(row, name, value)
        return self._scoped.bulk_create(rows, batch_size)

    def _own(self) -> dict[str, str]:
        names = columns_of(self._scoped)
        own = {name: getattr(self._context, name) for name in names}
        if ANY in own.values():
            raise UnscopedQuery(
                f"{self._context} does not say whose the row is",
            )
        return own

    def _check(self, values: Mapping[Any, Any]) -> None:
        for key, value in values.items():
            name = key if isinstance(key, str) else getattr(key, "name", "")
            if name in columns_of(self._scoped) and value not in (
                None,
                getattr(self._context, name),
            ):
                raise ForeignRow(
                    f"{name} {value!r} is written for {self._context}",
                )

    def _fill(self, values: Mapping[Any, Any]) -> dict[Any, Any]:
        self._check(values)
        kept = dict(values)
        for key in values:
            if getattr(key, "name", key) in COLUMNS:
                del kept[key]
        return {**kept, **self._own()}

    def _filled(self, rows: Iterable[Any]) -> Iterator[dict[Any, Any]]:
        for row in rows:
            if not isinstance(row, Mapping):
                raise UnscopedQuery(
                    "rows of tuples need insert_many(rows, fields=[...])",
                )
            yield self._fill(row)

    def _extended(
        self,
        rows: Iterable[Any],
        fields: list[Any],
    ) -> Iterator[Any]:
        own, names = self._own(), [field.name for field in fields]
        for row in rows:
            if isinstance(row, Mapping):
                yield self._fill(row)
                continue
            values = dict(zip(names, row, strict=True))
            self._check(values)
            yield tuple({**values, **own}.values())
