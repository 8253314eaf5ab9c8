"""Rows per tenant: a session of the database that sees and writes its context's rows only.

`with tenant_session(isolation_context) as session:` stands where `with get_db_session() as session:` stood. What the
session selects, updates and deletes through models is limited to the rows of the tenant and agent; rows that are
added to it belong to them. A row that is found by its key and belongs to somebody else raises ForeignRow.

A model takes part once it has the columns. Until then its rows are used as they are, so the bot runs on its old
tables; in strict mode that is an error. tenant_columns() adds them to the classes:

    from src.common.database.database_model import Messages
    tenant_columns(Messages, ...)        # before initialize_database() creates the tables

An existing table needs the columns and the indexes by a migration. What is asked in SQL, or of a table that
stands for no model, is not seen here.

Nothing of the bot or of SQLAlchemy is imported before it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from .ambient import current_isolation_context, is_strict_isolation, isolation_scope
from .context import ANY, IsolationContext

if TYPE_CHECKING:
    from sqlmodel import Session  # pyright: ignore[reportMissingImports]

COLUMNS = ("tenant_id", "agent_id")
_KEY = "isolation_context"

_shared: set[object] = set()
_listened: set[object] = set()


class ForeignRow(ValueError):
    """A row belongs to another tenant or agent than the context that it is read or written in."""


class UnscopedQuery(TypeError):
    """A query that cannot be limited to the rows of one tenant."""


class UnscopedModel(RuntimeError):
    """Strict mode: a model has no tenant column, so its rows cannot be told apart."""


@contextmanager
def tenant_session(isolation_context: IsolationContext, auto_commit: bool = True) -> Iterator[Session]:
    """A session of the bot's database, for the rows of `isolation_context`."""
    from src.common.database.database import get_db_session  # pyright: ignore[reportMissingImports]

    if isolation_context.tenant_id == ANY:
        raise UnscopedQuery(f"{isolation_context} names no tenant, so it may see no rows")
    with isolation_scope(isolation_context), get_db_session(auto_commit=auto_commit) as session:
        _listen(type(session))
        session.info[_KEY] = isolation_context
        yield session


def share_rows(*models: type) -> None:
    """Say that the rows of these models belong to all tenants: strict mode lets them pass."""
    _shared.update(models)


def tenant_columns(*models: Any) -> None:
    """Give models that lack them the columns tenant_id and agent_id, and make what is unique in a model unique per
    tenant and agent. A row that is made outside of tenant_session() belongs to the ambient context.
    """
    from sqlalchemy import Column, Index, String, UniqueConstraint

    for model in models:
        if _columns_of(model):
            continue
        for name in COLUMNS:
            setattr(model, name, Column(name, String(64), nullable=False, index=True, default=_default_of(name)))
        table = model.__table__
        own = [table.c[name] for name in COLUMNS]
        for constraint in [c for c in table.constraints if isinstance(c, UniqueConstraint)]:
            table.constraints.discard(constraint)
            UniqueConstraint(*own, *constraint.columns, name=constraint.name)
        for index in [index for index in table.indexes if index.unique]:
            table.indexes.discard(index)
            Index(index.name, *own, *index.columns, unique=True)


def _default_of(name: str) -> Any:
    return lambda: getattr(current_isolation_context(), name)


def _columns_of(model: Any) -> tuple[str, ...]:
    from sqlalchemy import inspect

    mapper = inspect(model, raiseerr=False)
    if not getattr(mapper, "is_mapper", False) or COLUMNS[0] not in mapper.columns:
        return ()
    return tuple(name for name in COLUMNS if name in mapper.columns)


# ---- what a session does -------------------------------------------------------------------------
def _listen(session_class: type) -> None:
    from sqlalchemy import event

    if session_class in _listened:
        return
    _listened.add(session_class)
    event.listen(session_class, "do_orm_execute", _limit)
    event.listen(session_class, "before_flush", _fill)
    event.listen(session_class, "loaded_as_persistent", _refuse_foreign)


def _limit(state: Any) -> None:
    context = state.session.info.get(_KEY)
    if context is None:
        return
    _check_models(_models_in(state))
    if state.is_insert:
        _check_insert(state, context)
    elif state.is_select or state.is_update or state.is_delete:
        state.statement = state.statement.options(*_criteria(context))


def _models_in(state: Any) -> list[Any]:
    return [mapper.class_ for mapper in getattr(state, "all_mappers", ())]


def _check_models(models: Iterable[Any]) -> None:
    for model in models:
        if is_strict_isolation() and not _columns_of(model) and model not in _shared:
            raise UnscopedModel(f"{model!r} has no column {COLUMNS[0]}: add tenant_columns(), or share_rows()")


def _own(model: Any, context: IsolationContext) -> dict[str, str]:
    own = {name: getattr(context, name) for name in _columns_of(model)}
    if ANY in own.values():
        raise UnscopedQuery(f"{context} does not say whose the row is")
    return own


def _check_insert(state: Any, context: IsolationContext) -> None:
    """Rows that are inserted without objects get the columns by their default, which is the ambient context."""
    own = {key: value for model in _models_in(state) for key, value in _own(model, context).items()}
    if own and state.statement.select is not None:
        raise UnscopedQuery("rows that come from a query cannot be given a tenant: name the columns in it")
    rows = state.parameters if isinstance(state.parameters, list) else [state.parameters or {}]
    for row in rows:
        _check_values(row, own)


def _criteria(context: IsolationContext) -> list[Any]:
    """Loader options for every model that has the columns; they follow into joins and lazy loads."""
    from sqlalchemy.orm import mapperlib, with_loader_criteria

    mappers = [mapper for registry in cast(Any, mapperlib)._all_registries() for mapper in registry.mappers]
    models = sorted({m.class_ for m in mappers if _columns_of(m.class_)}, key=lambda model: model.__name__)
    return [with_loader_criteria(model, _condition(model, context), include_aliases=True) for model in models]


def _condition(model: Any, context: IsolationContext) -> Any:
    """tenant_id = ... AND agent_id = ...; a context for all agents of a tenant is limited by the tenant alone."""
    from sqlalchemy import and_

    values = {name: getattr(context, name) for name in _columns_of(model)}
    return and_(*(getattr(model, name) == value for name, value in values.items() if value != ANY))


def _check_values(values: Any, own: dict[str, str]) -> None:
    for name, value in own.items():
        if values.get(name) not in (None, value):
            raise ForeignRow(f"{name} {values.get(name)!r} is written for {value!r}")


def _fill(session: Any, flush_context: Any, instances: Any) -> None:
    """Rows that are new belong to the context, whatever made them; those that are changed have to."""
    from sqlalchemy.orm.attributes import set_attribute

    context = session.info.get(_KEY)
    if context is None:
        return
    for row in session.new:
        _check_models([type(row)])
        own = _own(type(row), context)
        _check_values({name: getattr(row, name, None) for name in own}, own)
        for name, value in own.items():
            set_attribute(row, name, value)
    for row in [*session.dirty, *session.deleted]:
        _refuse_foreign(session, row)


def _refuse_foreign(session: Any, row: Any) -> None:
    context = session.info.get(_KEY)
    if context is None:
        return
    for name in _columns_of(type(row)):
        value, wanted = getattr(row, name), getattr(context, name)
        if wanted != ANY and value not in (None, wanted):
            raise ForeignRow(f"a row of {name} {value!r} is used in {context}")
