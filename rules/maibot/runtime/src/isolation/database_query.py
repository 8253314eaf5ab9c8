"""Queries of peewee, limited to the rows of one tenant and agent.

See database.py.

The condition is added when the SQL is made, so where(), orwhere() and filter()
cannot undo it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .context import ANY, IsolationContext

COLUMNS = ("tenant_id", "agent_id")


class ForeignRow(ValueError):
    """A row names another tenant or agent than the context it is written in,
    or is theirs already.
    """


class UnscopedQuery(TypeError):
    """A query that cannot be limited to the rows of one tenant."""


def columns_of(model: object) -> tuple[str, ...]:
    """The tenant's columns that a model or an alias of one has."""
    fields = getattr(getattr(model, "_meta", None), "fields", None)
    if not isinstance(fields, Mapping) or COLUMNS[0] not in fields:
        return ()
    return tuple(name for name in COLUMNS if name in fields)


def condition_of(source: Any, context: IsolationContext) -> Any:
    """`source.tenant_id == ... & source.agent_id == ...`; None for a source
    without the columns.
    """
    condition: Any = None
    for name in columns_of(source):
        value = getattr(context, name)
        if value == ANY:
            if name == COLUMNS[0]:
                raise UnscopedQuery(
                    f"{context} names no tenant, so it may see no rows",
                )
            continue
        part = getattr(source, name) == value
        condition = part if condition is None else condition & part
    return condition


def own_key(row: Any, context: IsolationContext) -> Any:
    """What save() and delete_instance() of a row that was made by hand find it
    by.
    """
    return type(row)._pk_expr(row) & condition_of(type(row), context)


def limit(query: Any, context: IsolationContext) -> Any:
    condition_of(
        query.model,
        context,
    )  # a context without a tenant fails here, not when the query runs
    query.__class__ = _mixed(
        _ScopedInsert if hasattr(query, "_on_conflict") else _ScopedQuery,
        type(query),
    )
    query._isolation_context = context
    query._isolation_conditions = ()
    return query


def limit_alias(alias: Any, context: IsolationContext) -> Any:
    alias.__dict__["_isolation_context"] = context
    object.__setattr__(alias, "__class__", _mixed(_ScopedAlias, type(alias)))
    return alias


def limit_all(
    subqueries: Iterable[Any],
    context: IsolationContext,
) -> Iterator[Any]:
    """What prefetch() is given: models become queries."""
    for given in subqueries:
        query, *target = given if isinstance(given, tuple) else (given,)
        if columns_of(query):
            query = limit(query.select(), context)
        yield (query, *target) if target else query


# ---- mixins -----------------------------------------------------------------
_classes: dict[tuple[type, type], type] = {}


def _mixed(mixin: type, base: type) -> type:
    """A class of `base` whose methods are those of `mixin` first; isinstance()
    holds for both.
    """
    if issubclass(base, mixin):
        return base
    made = _classes.get((mixin, base))
    if made is None:
        made = _classes[mixin, base] = type(
            f"Scoped{base.__name__}",
            (mixin, base),
            {},
        )
    return made


def _sources(query: Any) -> list[Any]:
    """The models that a query names without joining them; join() has seen to
    the others.
    """
    given = getattr(query, "_from_list", None)
    if given is None:
        given = (query.model, *(getattr(query, "_from", None) or ()))
    found: list[Any] = []
    for source in given:
        while hasattr(source, "join_type"):
            source = source.lhs
        if not any(source is other for other in found):
            found.append(source)
    return found


def _both(condition: Any, other: Any) -> Any:
    return condition if other is None else condition & other


def _name_of(field: Any) -> str:
    return field if isinstance(field, str) else getattr(field, "name", "")


class _ScopedQuery:
    model: Any
    clone: Callable[[], Any]
    _isolation_context: IsolationContext
    _isolation_conditions: tuple[Any, ...]

    def __sql__(self, ctx: Any) -> Any:
        query = self.clone()
        context = self._isolation_context
        conditions = [condition_of(s, context) for s in _sources(query)]
        for condition in (*conditions, *self._isolation_conditions):
            if condition is not None:
                query._where = _both(condition, query._where)
        return super(_ScopedQuery, query).__sql__(ctx)  # type: ignore[misc]

    def join(self, dest: Any, *args: Any, **kwargs: Any) -> Any:
        dest = getattr(dest, "_scoped", dest)
        query = super().join(dest, *args, **kwargs)  # type: ignore[misc]
        condition = condition_of(dest, self._isolation_context)
        if condition is None:
            return query
        made = query._from_list[-1]
        if "RIGHT" in made.join_type or "FULL" in made.join_type:
            raise UnscopedQuery(
                f"a {made.join_type} keeps rows of others: turn it around",
            )
        if made._on is None:
            query._isolation_conditions = (
                *query._isolation_conditions,
                condition,
            )
        else:
            made._on = made._on & condition
        return query

    def prefetch(self, *subqueries: Any) -> Any:
        limited = limit_all(subqueries, self._isolation_context)
        return super().prefetch(*limited)  # type: ignore[misc]


class _ScopedAlias:
    def select(self, *fields: Any) -> Any:
        query = super().select(*fields)  # type: ignore[misc]
        return limit(query, self.__dict__["_isolation_context"])


class _ScopedInsert:
    """New rows; conflicts are settled with rows of the same tenant only."""

    model: Any
    _isolation_context: IsolationContext
    _on_conflict: Any
    _insert: Any
    _columns: Any

    def on_conflict(self, *args: Any, **kwargs: Any) -> Any:
        query = super().on_conflict(*args, **kwargs)  # type: ignore[misc]
        conflict = query._on_conflict
        if conflict is None or not (conflict._update or conflict._preserve):
            return query
        target = conflict._conflict_target and self._unique_target(
            conflict._conflict_target,
        )
        if target:
            conflict._conflict_target = target
        # MySQL has neither, and no condition here.
        if target or conflict._conflict_constraint:
            own = condition_of(self.model, self._isolation_context)
            conflict._where = _both(own, conflict._where)
        return query

    def _unique_target(self, target: Iterable[Any]) -> list[Any]:
        """What tenant_columns() made of a unique index on `target`."""
        target = list(target)
        meta = self.model._meta
        names = tuple(map(_name_of, target))
        own = columns_of(self.model)
        for index in meta.indexes:
            fields, unique = index if isinstance(index, tuple) else ((), False)
            if not unique or COLUMNS[0] in names:
                continue
            if set(fields) == {*own, *names}:
                return [meta.fields[name] for name in fields]
        return target

    def _execute(self, database: Any) -> Any:
        self._refuse_foreign_keys()
        return super()._execute(database)  # type: ignore[misc]

    def _refuse_foreign_keys(self) -> None:
        """A row whose key was said would take the place of whatever row has
        that key.
        """
        conflict, key = self._on_conflict, self.model._meta.primary_key
        if conflict is None or conflict._where is not None:
            return
        if conflict._action == "IGNORE" or not key:
            return
        parts = getattr(key, "field_names", (key.name,))
        single = isinstance(self._insert, Mapping)
        for row in [self._insert] if single else self._insert:
            if not isinstance(row, Mapping):
                row = dict(zip(self._columns, row, strict=True))
            values = {_name_of(field): value for field, value in row.items()}
            if any(values.get(part) is None for part in parts):
                continue
            same = self.model.select()
            for part in parts:
                same = same.where(getattr(self.model, part) == values[part])
            if same.where(
                ~condition_of(self.model, self._isolation_context),
            ).exists():
                said = [values[part] for part in parts]
                raise ForeignRow(
                    f"the row {said} is not {self._isolation_context}'s",
                )
