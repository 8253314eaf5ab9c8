"""Rows per tenant: what SQLAlchemy is asked, so that it sees and writes its
context's rows only.

`scoped(x, isolation_context)` stands where x stood:

    # also update, delete, insert
    scoped(select, isolation_context)(User).join(Order)
    # also merge, query; AsyncSession
    scoped(session, isolation_context).get(User, 1)
    # a new row
    scoped(User, isolation_context)(name="Ada")

A SELECT is limited by loader criteria, which follow into joins and the lazy
loads of the rows that it finds; where they do not reach (subqueries, unions,
aliases that are joined) by conditions. Sessions are the callers' own: a
statement is scoped, whoever runs it.

A model takes part once it has the column. tenant_column() adds it, and makes
what is unique in a model unique per tenant; an existing table needs both by a
migration. Tables that are named without their model (User.__table__) cannot be
limited and raise UnscopedQuery.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from inspect import isawaitable, isroutine
from typing import Any, TypeVar, cast

from sqlalchemy import (
    Column,
    Index,
    String,
    Table,
    UniqueConstraint,
    inspect,
    literal,
)
from sqlalchemy.orm import mapperlib, with_loader_criteria
from sqlalchemy.sql.expression import CompoundSelect, Join

from .ambient import default_context
from .context import ANY, IsolationContext

T = TypeVar("T")

COLUMN = "tenant_id"


class ForeignRow(ValueError):
    """A row names another tenant than the context it is written in, or is
    theirs already.
    """


class UnscopedQuery(TypeError):
    """A query that cannot be limited to the rows of one tenant."""


def scoped(asked: T, isolation_context: IsolationContext) -> T:
    """`asked` as the tenant of `isolation_context` may use it: a model, a
    statement function, a session.
    """
    if isolation_context.tenant_id == ANY:
        raise UnscopedQuery(
            f"{isolation_context} names no tenant, so it may see no rows",
        )
    if isinstance(asked, type):
        if not _has_column(asked):
            return asked
        return cast(T, _ScopedModel(asked, isolation_context))
    if isroutine(asked):
        return cast(T, partial(_statement, asked, isolation_context))
    if hasattr(asked, "execute") and hasattr(asked, "get"):
        return cast(T, _ScopedSession(asked, isolation_context))
    return asked


def tenant_column(*models: Any) -> None:
    """Give models that lack it the column tenant_id; call it before the tables
    are created.

    A row that is made without a context belongs to the default tenant; in
    strict mode that is an error.
    """
    for model in models:
        if _has_column(model):
            continue
        setattr(
            model,
            COLUMN,
            Column(
                String(64),
                nullable=False,
                index=True,
                default=lambda: default_context().tenant_id,
            ),
        )
        table = model.__table__
        own = table.c[COLUMN]
        for constraint in list(table.constraints):
            if not isinstance(constraint, UniqueConstraint):
                continue
            table.constraints.discard(constraint)
            columns = [own, *constraint.columns]
            UniqueConstraint(*columns, name=constraint.name)
        for index in [index for index in table.indexes if index.unique]:
            table.indexes.discard(index)
            Index(index.name, own, *index.columns, unique=True)


def _has_column(model: Any) -> bool:
    mapper = inspect(model, raiseerr=False)
    is_mapper = bool(getattr(mapper, "is_mapper", False))
    return is_mapper and COLUMN in mapper.columns


def _criteria(context: IsolationContext) -> list[Any]:
    """Loader options for every model that has the column."""
    models = []
    for registry in mapperlib._all_registries():
        models += [mapper.class_ for mapper in registry.mappers]
    models = [model for model in models if _has_column(model)]
    roots = sorted(
        (m for m in models if not any(_has_column(b) for b in m.__mro__[1:])),
        key=lambda m: m.__name__,
    )
    tenant_id = context.tenant_id
    return [
        with_loader_criteria(
            m,
            lambda model: model.tenant_id == tenant_id,
            include_aliases=True,
        )
        for m in roots
    ]


# ---- rows -------------------------------------------------------------------
def _check(values: Mapping[Any, Any], context: IsolationContext) -> None:
    for key, value in values.items():
        if getattr(key, "key", key) == COLUMN and value not in (
            None,
            context.tenant_id,
        ):
            raise ForeignRow(f"{COLUMN} {value!r} is written for {context}")


def _fill(
    values: Mapping[Any, Any],
    context: IsolationContext,
) -> dict[Any, Any]:
    _check(values, context)
    kept = dict(values)
    for key in values:
        if getattr(key, "key", key) == COLUMN:
            del kept[key]
    return {**kept, COLUMN: context.tenant_id}


class _ScopedModel:
    """Has what the model has; the rows it makes are the tenant's."""

    def __init__(self, model: Any, context: IsolationContext) -> None:
        self._scoped = model
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scoped, name)

    def __call__(self, *args: Any, **values: Any) -> Any:
        row = self._scoped(*args, **values)
        _check({COLUMN: getattr(row, COLUMN)}, self._context)
        setattr(row, COLUMN, self._context.tenant_id)
        return row


# ---- statements -------------------------------------------------------------
_classes: dict[tuple[type, type], type] = {}


def _mixed(mixin: type, statement: Any, context: IsolationContext) -> Any:
    """`statement` with the methods of `mixin` first; isinstance() holds for
    both.
    """
    base = type(statement)
    made = _classes.get((mixin, base))
    if made is None:
        made = _classes[mixin, base] = type(
            f"Scoped{base.__name__}",
            (mixin, base),
            {"inherit_cache": True},
        )
    statement.__class__ = made
    statement._isolation_context = context
    return statement


def _keys(index: Any) -> set[str]:
    return {column.key for column in getattr(index, "columns", ())}


def _refuse_tables(sources: Iterable[Any]) -> None:
    for source in sources:
        if isinstance(source, Table) and COLUMN in source.c:
            raise UnscopedQuery(
                f"the table {source.name} stands for no model: name that",
            )


def _statement(
    function: Callable[..., Any],
    context: IsolationContext,
    *args: Any,
    **kwargs: Any,
) -> Any:
    _refuse_tables(args)
    statement = function(*map(_baked, args), **kwargs)
    if isinstance(statement, CompoundSelect):
        return statement
    if statement.is_select:
        return _mixed(
            _ScopedSelect,
            statement.options(*_criteria(context)),
            context,
        )
    if COLUMN not in statement.table.c:
        return statement
    if statement.is_insert:
        return _mixed(_ScopedInsert, statement, context).values()
    entity = args[0] if hasattr(args[0], COLUMN) else statement.table.c
    return _mixed(
        _ScopedChange,
        statement.where(getattr(entity, COLUMN) == context.tenant_id),
        context,
    )


def _conditions(
    source: Any,
    context: IsolationContext,
    outer: bool = False,
) -> list[Any]:
    """What limits the tables of a FROM clause.

    The other side of an outer join cannot be, from outside.
    """
    if isinstance(source, Join):
        return [
            *_conditions(source.left, context, outer or source.full),
            *_conditions(
                source.right,
                context,
                outer or source.full or source.isouter,
            ),
        ]
    table = getattr(source, "element", source)
    if not isinstance(table, Table) or COLUMN not in table.c:
        return []
    if outer:
        what = f"{table.name} is outer joined in a subquery"
        raise UnscopedQuery(f"{what}: make it a subquery of its own")
    return [source.c[COLUMN] == context.tenant_id]


def _baked(statement: Any) -> Any:
    """`statement` with its conditions in it: loader criteria of what is inside
    another statement do nothing.
    """
    if not isinstance(statement, _ScopedSelect):
        return statement
    select: Any = statement
    conditions = []
    for source in select.get_final_froms():
        conditions += _conditions(source, select._isolation_context)
    return select.where(*conditions) if conditions else select


def _inside(name: str) -> Callable[..., Any]:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return getattr(super(_ScopedSelect, _baked(self)), name)(
            *map(_baked, args),
            **kwargs,
        )

    return method


class _ScopedSelect:
    _isolation_context: IsolationContext

    def select_from(self, *sources: Any) -> Any:
        bare: Any = super(_ScopedSelect, self._named(sources))
        return bare.select_from(*sources)

    def join(
        self,
        target: Any,
        onclause: Any = None,
        *,
        isouter: bool = False,
        full: bool = False,
    ) -> Any:
        query, onclause = self._joinable(target, onclause, isouter or full)
        bare: Any = super(_ScopedSelect, query)
        return bare.join(target, onclause, isouter=isouter, full=full)

    def join_from(
        self,
        from_: Any,
        target: Any,
        onclause: Any = None,
        *,
        isouter: bool = False,
        full: bool = False,
    ) -> Any:
        query, onclause = self._named([from_])._joinable(
            target,
            onclause,
            isouter or full,
        )
        bare: Any = super(_ScopedSelect, query)
        return bare.join_from(
            from_,
            target,
            onclause,
            isouter=isouter,
            full=full,
        )

    def _named(self, sources: Iterable[Any]) -> Any:
        """Loader criteria do not reach the left side of a join that no column
        is of: it is limited here.
        """
        _refuse_tables(sources)
        query: Any = self
        tenant = self._isolation_context.tenant_id
        for source in sources:
            if not hasattr(inspect(source, raiseerr=False), "mapper"):
                continue
            if hasattr(source, COLUMN):
                query = query.where(getattr(source, COLUMN) == tenant)
        return query

    def _joinable(
        self,
        target: Any,
        onclause: Any,
        outer: bool,
    ) -> tuple[Any, Any]:
        """Loader criteria do not reach an alias that is joined: it is limited
        here.
        """
        _refuse_tables([target])
        query: Any = self
        if not getattr(
            inspect(target, raiseerr=False),
            "is_aliased_class",
            False,
        ) or not hasattr(target, COLUMN):
            return query, onclause
        mine = getattr(target, COLUMN) == self._isolation_context.tenant_id
        if not outer:
            return query.where(mine), onclause
        if onclause is None:
            raise UnscopedQuery(
                "an alias that is outer joined needs its ON clause",
            )
        if hasattr(onclause, "and_"):
            return query, onclause.and_(mine)
        return query, onclause & mine

    subquery = _inside("subquery")
    cte = _inside("cte")
    lateral = _inside("lateral")
    scalar_subquery = _inside("scalar_subquery")
    exists = _inside("exists")
    union = _inside("union")
    union_all = _inside("union_all")
    intersect = _inside("intersect")
    intersect_all = _inside("intersect_all")
    except_ = _inside("except_")
    except_all = _inside("except_all")


class _ScopedChange:
    """UPDATE and DELETE."""

    _isolation_context: IsolationContext

    def values(self, *args: Any, **kwargs: Any) -> Any:
        for values in (*args, kwargs):
            _check(dict(values), self._isolation_context)
        return super().values(*args, **kwargs)  # type: ignore[misc]


class _ScopedInsert:
    """The tenant is a value of the statement, whatever its rows say."""

    table: Any
    _isolation_context: IsolationContext

    def values(self, *args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], (list, tuple)):
            return self._many(args[0])
        values = {**(args[0] if args else {}), **kwargs}
        own = {
            COLUMN: literal(self._isolation_context.tenant_id).concat(""),
        }  # a mere value yields to execute()'s
        filled = {**_fill(values, self._isolation_context), **own}
        return super().values(filled)  # type: ignore[misc]

    def _many(self, rows: Iterable[Any]) -> Any:
        if any(not isinstance(row, Mapping) for row in rows):
            raise UnscopedQuery(
                "rows that are tuples name no columns: values([{...}, ...])",
            )
        bare = self._generate()  # type: ignore[attr-defined]
        # What values() put there first does not mix with several rows.
        bare._values = None
        filled = [_fill(row, self._isolation_context) for row in rows]
        return super(_ScopedInsert, bare).values(filled)  # type: ignore[misc]

    def from_select(self, *_: Any, **__: Any) -> Any:
        raise UnscopedQuery(
            "rows of a query are given no tenant: name the column in it",
        )

    def on_conflict_do_update(self, *args: Any, **kwargs: Any) -> Any:
        own = self.table.c[COLUMN]
        elements = kwargs.get("index_elements") or ()
        names = {getattr(name, "key", name) for name in elements}
        found = [*self.table.constraints, *self.table.indexes]
        unique = [_keys(c) for c in found if getattr(c, "unique", True)]
        if {COLUMN, *names} in unique:
            kwargs["index_elements"] = [COLUMN, *kwargs["index_elements"]]
        where = kwargs.get("where")
        mine = own == self._isolation_context.tenant_id
        kwargs["where"] = mine if where is None else mine & where
        bare: Any = super()
        return bare.on_conflict_do_update(*args, **kwargs)


# ---- sessions ---------------------------------------------------------------
class _ScopedSession:
    """Has everything that the session has; what it finds by key and merges is
    the tenant's.
    """

    def __init__(self, session: Any, context: IsolationContext) -> None:
        self._scoped = session
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scoped, name)

    def get(self, entity: Any, ident: Any, **kwargs: Any) -> Any:
        return _then(
            self._scoped.get(entity, ident, **kwargs),
            self._own_or_none,
        )

    def get_one(self, entity: Any, ident: Any, **kwargs: Any) -> Any:
        return _then(self._scoped.get_one(entity, ident, **kwargs), self._own)

    def merge(self, instance: Any, **kwargs: Any) -> Any:
        if not _has_column(type(instance)):
            return self._scoped.merge(instance, **kwargs)
        self._own(instance)
        setattr(instance, COLUMN, self._context.tenant_id)
        key = inspect(type(instance)).primary_key_from_instance(instance)
        if None in key:
            return self._scoped.merge(instance, **kwargs)
        known = self._scoped.get(type(instance), tuple(key))

        def merge(row: Any) -> Any:
            self._own(row)
            return self._scoped.merge(instance, **kwargs)

        return _then(known, merge)

    def query(self, *entities: Any, **kwargs: Any) -> Any:
        _refuse_tables(entities)
        query = self._scoped.query(*entities, **kwargs).options(
            *_criteria(self._context),
        )
        return _mixed(_ScopedQuery, query, self._context)

    def bulk_insert_mappings(
        self,
        mapper: Any,
        mappings: Iterable[Any],
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        if _has_column(mapper):
            mappings = [_fill(row, self._context) for row in mappings]
        return self._scoped.bulk_insert_mappings(
            mapper,
            mappings,
            *args,
            **kwargs,
        )

    def bulk_update_mappings(self, *_: Any, **__: Any) -> Any:
        raise UnscopedQuery(
            "a key may be anybody's: update(Model).where(...) is limited",
        )

    def _own(self, row: Any) -> Any:
        """`row`, unless it is another tenant's."""
        if row is not None and getattr(row, COLUMN, None) not in (
            None,
            self._context.tenant_id,
        ):
            raise ForeignRow(f"{row!r} is not {self._context}'s")
        return row

    def _own_or_none(self, row: Any) -> Any:
        own = self._context.tenant_id
        return row if getattr(row, COLUMN, own) == own else None


def _then(result: Any, read: Callable[[Any], Any]) -> Any:
    """read(result), for a session and for one whose results are awaited."""
    if not isawaitable(result):
        return read(result)

    async def later(result: Awaitable[Any]) -> Any:
        value = read(await result)
        return await value if isawaitable(value) else value

    return later(result)


class _ScopedQuery:
    """The legacy Query.

    Loader criteria do not reach its update() and delete(), nor what get()
    knows already.
    """

    _isolation_context: IsolationContext

    def get(self, ident: Any) -> Any:
        row = super().get(ident)  # type: ignore[misc]
        own = self._isolation_context.tenant_id
        return row if getattr(row, COLUMN, own) == own else None

    def update(self, values: Any, *args: Any, **kwargs: Any) -> Any:
        _check(dict(values), self._isolation_context)
        bare: Any = super(_ScopedQuery, self._limited())
        return bare.update(values, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        bare: Any = super(_ScopedQuery, self._limited())
        return bare.delete(*args, **kwargs)

    def _limited(self) -> Any:
        query: Any = self
        entity = query.column_descriptions[0]["entity"]
        return (
            query.filter(
                getattr(entity, COLUMN) == self._isolation_context.tenant_id,
            )
            if _has_column(entity)
            else query
        )
