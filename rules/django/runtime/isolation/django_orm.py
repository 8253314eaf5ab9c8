"""Rows of a tenant on Django's models.

    tenant_column(Project, Check)  # at the end of models.py
    scoped(Project, isolation_context).objects.filter(name="x")

A model without the column `tenant_id` is used as it is. A row that nobody
scoped, one that a form or a relation makes, is the ambient tenant's.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, TypeVar, cast

from django.db import models

from .ambient import current_isolation_context
from .context import IsolationContext

S = TypeVar("S")
COLUMN = "tenant_id"
LENGTH = 128


def ambient_tenant() -> str:
    """The default of the column; migrations name it."""
    return current_isolation_context().tenant_id


def tenant_column(*tables: type[models.Model]) -> None:
    """Give `tables` the column, and make unique by tenant what is unique.

    `makemigrations` finds both.
    """
    for table in tables:
        meta = table._meta
        if any(field.name == COLUMN for field in meta.local_fields):
            continue
        alone = []
        for field in meta.local_fields:
            if field.unique and not field.primary_key:
                setattr(field, "_unique", False)
                field.__dict__.pop("unique", None)  # cached
                field.db_index = True
                alone.append((COLUMN, field.name))
        column: Any = models.CharField(
            max_length=LENGTH,
            default=ambient_tenant,
            db_index=True,
            editable=False,
        )
        table.add_to_class(COLUMN, column)
        together = [(COLUMN, *names) for names in meta.unique_together]
        meta.unique_together = (*together, *alone)
        meta.original_attrs["unique_together"] = meta.unique_together


def scoped(source: S, isolation_context: IsolationContext) -> S:
    """A model, or a shortcut that is given one, for rows of the tenant.

    What is no model with the column, a query say, stays as it is.
    """
    tenant = isolation_context.tenant_id
    given: Any = source
    if _has_column(given):
        return cast(S, _ScopedModel(given, tenant))
    if callable(given) and not isinstance(given, type):
        return cast(S, _ScopedShortcut(given, tenant))
    return source


def _has_column(source: object) -> bool:
    if not isinstance(source, type) or not issubclass(source, models.Model):
        return False
    meta = source._meta
    return any(field.attname == COLUMN for field in meta.concrete_fields)


class _ScopedModel:
    __slots__ = ("_model", "_tenant")

    def __init__(self, model: type[models.Model], tenant: str) -> None:
        self._model = model
        self._tenant = tenant

    def __call__(self, *args: Any, **kwargs: Any) -> models.Model:
        if not args:
            kwargs.setdefault(COLUMN, self._tenant)
        return self._model(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._model, name)
        if isinstance(value, models.Manager):
            return _scoped_manager(value, self._tenant)
        return value


class _ScopedShortcut:
    """get_object_or_404 and its like: the first argument is the model."""

    __slots__ = ("_shortcut", "_tenant")

    def __init__(self, shortcut: Any, tenant: str) -> None:
        self._shortcut = shortcut
        self._tenant = tenant

    def __call__(self, model: Any, *args: Any, **kwargs: Any) -> Any:
        if _has_column(model):
            model = _scoped_manager(model._default_manager, self._tenant)
        return self._shortcut(model, *args, **kwargs)


def _scoped_manager(manager: Any, tenant: str) -> Any:
    """A copy whose queries, also those of its own methods, are scoped."""
    kind = type(manager)

    class Scoped(kind):  # type: ignore[misc, valid-type]
        def get_queryset(self) -> Any:
            return _scoped_rows(super().get_queryset(), tenant)

    mine = copy.copy(manager)
    mine.__class__ = Scoped
    return mine


def _scoped_rows(rows: Any, tenant: str) -> Any:
    kind = type(rows)

    class Scoped(kind):  # type: ignore[misc, valid-type]
        def create(self, **kwargs: Any) -> Any:
            kwargs.setdefault(COLUMN, tenant)
            return super().create(**kwargs)

        def bulk_create(
            self,
            objs: Iterable[Any],
            *args: Any,
            **kwargs: Any,
        ) -> Any:
            mine = list(objs)
            for row in mine:
                setattr(row, COLUMN, tenant)
            return super().bulk_create(mine, *args, **kwargs)

    Scoped.__name__ = kind.__name__
    mine = rows._chain()
    mine.__class__ = Scoped
    return mine.filter(**{COLUMN: tenant})
