"""Rows of a tenant on Tortoise ORM.

    tenant_column(UserConsole, GoodsInfo)  # before Tortoise.init
    scoped(UserConsole, isolation_context).filter(gold__gt=10)

A model without the column `tenant_id` is used as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar, cast

from tortoise import fields, models

from .context import IsolationContext

S = TypeVar("S")
COLUMN = "tenant_id"
DEFAULT_TENANT = "default"
_MAKES = frozenset({"create", "get_or_create", "update_or_create"})
_MANY = frozenset({"bulk_create", "bulk_update"})


class ForeignRow(PermissionError):
    """A row of another tenant was to be saved."""


def tenant_column(*tables: type[models.Model]) -> None:
    """Give `tables` the column, and make unique by tenant what is unique.

    The tables of the database need the column and the new indexes, too.
    """
    for table in tables:
        meta = table._meta
        if COLUMN in meta.fields_map:
            continue
        fields_map = meta.fields_map.items()
        unique = [name for name, f in fields_map if f.unique and not f.pk]
        column: Any = fields.CharField(191, default=DEFAULT_TENANT)
        meta.add_field(COLUMN, column)
        for name in unique:
            meta.fields_map[name].unique = False
        together = tuple((COLUMN, *names) for names in meta.unique_together)
        alone = tuple((COLUMN, name) for name in unique)
        meta.unique_together = together + alone


def scoped(source: S, isolation_context: IsolationContext) -> S:
    """A model that asks for and makes rows of the tenant alone.

    A query is the tenant's already, and stays; so does anything else.
    """
    is_model = isinstance(source, type) and issubclass(source, models.Model)
    if not is_model or COLUMN not in cast(Any, source)._meta.fields_map:
        return source
    return cast(S, _Scoped(cast(Any, source), isolation_context.tenant_id))


class _Scoped:
    __slots__ = ("_model", "_tenant")

    def __init__(self, model: type[models.Model], tenant: str) -> None:
        self._model = model
        self._tenant = tenant

    def __call__(self, *args: Any, **kwargs: Any) -> models.Model:
        return self._model(*args, **{COLUMN: self._tenant, **kwargs})

    def __getattr__(self, name: str) -> Any:
        if name in _MAKES:
            return self._make(name)
        if name in _MANY:
            return self._make_many(name)
        rows = self._model.filter(**{COLUMN: self._tenant})
        if name not in dir(models.Model) or not hasattr(rows, name):
            return getattr(self._model, name)
        return self._ask(rows, name)

    def _ask(self, rows: Any, name: str) -> Any:
        def ask(*args: Any, using_db: Any = None, **kwargs: Any) -> Any:
            asked = rows if using_db is None else rows.using_db(using_db)
            return getattr(asked, name)(*args, **kwargs)

        return ask

    def _make(self, name: str) -> Any:
        def make(*args: Any, **kwargs: Any) -> Any:
            kwargs[COLUMN] = self._tenant
            return getattr(self._model, name)(*args, **kwargs)

        return make

    def _make_many(self, name: str) -> Any:
        def make(objects: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
            rows = list(objects)
            for row in rows:
                self._own(row)
            return getattr(self._model, name)(rows, *args, **kwargs)

        return make

    def _own(self, row: Any) -> None:
        """A new row becomes the tenant's; a foreign one stays out."""
        if not getattr(row, "_saved_in_db", False):
            setattr(row, COLUMN, self._tenant)
        elif getattr(row, COLUMN) != self._tenant:
            raise ForeignRow(f"{row!r} is not of {self._tenant!r}")
