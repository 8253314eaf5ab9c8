"""scoped(): two tenants in one table, on SQLite in memory, in the style that 1.4 and 2.0 share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy
from isolation import (
    ForeignRow,
    IsolationContext,
    UnscopedQuery,
    scoped,
    tenant_column,
)
from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    create_engine,
    delete,
    func,
    insert,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session, aliased, declarative_base, joinedload, relationship, selectinload

ACME, BYTE = IsolationContext("acme", "shop"), IsolationContext("byte", "shop")
Base: Any = declarative_base()
unsynchronized = {"synchronize_session": False}


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String, unique=True)
    orders = relationship("Order", back_populates="user")


class Order(Base):
    __tablename__ = "orders"

    id = Column(Integer, primary_key=True)
    text = Column(String)
    user_id = Column(ForeignKey("users.id"))
    user = relationship(User, back_populates="orders")


class Setting(Base):
    """Has no tenant."""

    __tablename__ = "settings"

    key = Column(String, primary_key=True)


tenant_column(User, Order)
tenant_column(User)  # has it


@pytest.fixture
def session() -> Iterator[Any]:
    engine = create_engine("sqlite://", future=True)
    Base.metadata.create_all(engine)
    with Session(engine, future=True) as session:
        for context in (ACME, BYTE):
            user = scoped(User, context)(name="ada")
            user.orders.append(scoped(Order, context)(text=context.tenant_id))
            session.add(user)
            session.flush()
        session.add(scoped(Order, BYTE)(text="cross", user_id=1))  # of the other tenant's user
        session.commit()
        yield session


def mine(*entities: Any) -> Any:
    return scoped(select, ACME)(*entities)


def theirs(*entities: Any) -> Any:
    return scoped(select, BYTE)(*entities)


def orders(session: Any) -> list[tuple[str, str]]:
    return sorted(map(tuple, session.execute(select(Order.tenant_id, Order.text))))


BEFORE = [("acme", "acme"), ("byte", "byte"), ("byte", "cross")]

other = aliased(Order)
SELECTS = {
    "model": (mine(Order.text), ["acme"]),
    "count": (mine(func.count(Order.id)), [1]),
    "count of a table": (mine(func.count()).select_from(Order), [1]),
    "join": (mine(Order.text).select_from(User).join(Order), ["acme"]),
    "join by relationship": (mine(Order.text).select_from(User).join(User.orders), ["acme"]),
    "join from": (mine(Order.text).join_from(User, Order), ["acme"]),
    "outer join that keeps the left": (
        mine(User.name).select_from(User).outerjoin(other, other.user_id == -User.id),
        ["ada"],
    ),
    "outer join": (mine(Order.text).select_from(User).outerjoin(Order), ["acme"]),
    "outer join from": (mine(Order.text).outerjoin_from(User, Order), ["acme"]),
    "count of a join": (mine(func.count(Order.id)).join(User), [1]),
    "two tables": (mine(Order.text).where(Order.user_id == User.id), ["acme"]),
    "alias": (mine(other.text), ["acme"]),
    "joined alias": (mine(other.text).select_from(User).join(other, other.user_id == User.id), ["acme"]),
    "outer joined alias": (mine(other.text).select_from(User).outerjoin(other, User.orders), ["acme"]),
    "outer joined alias on": (
        theirs(other.text).select_from(User).outerjoin(other, other.user_id == User.id),
        ["byte"],
    ),
    "alias of a relationship": (mine(other.text).select_from(User).join(User.orders.of_type(other)), ["acme"]),
    "subquery": (select(mine(Order.text).subquery().c.text), ["acme"]),
    "alias in a subquery": (select(mine(other.text).subquery().c.text), ["acme"]),
    "join in a subquery": (select(mine(Order.text).join(User).subquery().c.text), ["acme"]),
    "common table expression": (select(mine(Order.text).cte().c.text), ["acme"]),
    "in": (select(User.id).where(User.id.in_(mine(Order.user_id))), [1]),
    "in another's": (theirs(User.id).where(User.id.in_(mine(Order.user_id))), []),
    "equals": (select(User.id).where(User.id == mine(Order.user_id).scalar_subquery()), [1]),
    "exists": (select(User.id).where(mine(Order.id).where(Order.user_id == User.id).exists()), [1]),
    "scalar": (select(mine(func.count(Order.id)).scalar_subquery()), [1]),
    "union": (mine(Order.text).union_all(theirs(Order.text)), ["acme", "byte", "cross"]),
    "union function": (scoped(union_all, ACME)(mine(Order.text), mine(Order.text)), ["acme", "acme"]),
    "no tenant": (mine(Setting.key), []),
}


@pytest.mark.parametrize("name", SELECTS)
def test_select(session: Any, name: str) -> None:
    statement, rows = SELECTS[name]
    assert sorted(session.scalars(statement)) == rows


def test_a_connection_runs_it(session: Any) -> None:
    assert session.connection().execute(mine(Order.text)).all() == [("acme",)]


@pytest.mark.parametrize("options", [[], [selectinload(User.orders)], [joinedload(User.orders)]])
def test_relationships_follow(session: Any, options: Any) -> None:
    user = session.scalars(mine(User).options(*options)).unique().one()
    assert [order.text for order in user.orders] == ["acme"]


def test_what_cannot_be_limited() -> None:
    for make in (
        lambda: mine(Order.__table__),
        lambda: mine(User).join(Order.__table__),
        lambda: mine(User).join_from(Order.__table__, User),
        lambda: mine(func.count()).select_from(Order.__table__),
        lambda: mine(Order.text).select_from(User).outerjoin(Order).subquery(),
        lambda: mine(User).outerjoin(other),
        lambda: scoped(insert, ACME)(Order).from_select(["text"], select(Order.text)),
        lambda: scoped(insert, ACME)(Order).values([(1, "a")]),
    ):
        with pytest.raises(UnscopedQuery):
            make()


# ---- changing -----------------------------------------------------------------------------------
def test_update_and_delete(session: Any) -> None:
    assert session.execute(scoped(update, ACME)(Order).values(text="x")).rowcount == 1
    inner = scoped(update, ACME)(Order).where(Order.user_id.in_(mine(User.id))).values(text="y")
    assert session.execute(inner, execution_options=unsynchronized).rowcount == 1
    assert session.execute(scoped(delete, ACME)(Order)).rowcount == 1
    assert orders(session) == BEFORE[1:]
    with pytest.raises(ForeignRow):
        scoped(update, ACME)(Order).values(tenant_id="byte")


@pytest.mark.parametrize(
    "values, rows", [({"text": "n"}, None), ({Order.text: "n"}, None), ([{"text": "n"}], None), (None, [{"text": "n"}])]
)
def test_insert(session: Any, values: Any, rows: Any) -> None:
    statement = scoped(insert, ACME)(Order)
    session.execute(*([statement, rows] if rows else [statement.values(values)]))
    assert orders(session) == [BEFORE[0], ("acme", "n"), *BEFORE[1:]]


def test_insert_for_another_tenant(session: Any) -> None:
    for values in ({"tenant_id": "byte"}, [{"tenant_id": "byte"}], {Order.tenant_id: "byte"}):
        with pytest.raises(ForeignRow):
            scoped(insert, ACME)(Order).values(values)
    session.execute(scoped(insert, ACME)(Order), [{"text": "n", "tenant_id": "byte"}])
    assert orders(session) == [BEFORE[0], ("acme", "n"), *BEFORE[1:]]


@pytest.mark.filterwarnings("ignore:Class OnConflictDoUpdate")
def test_a_conflict_is_settled_with_an_own_row(session: Any) -> None:
    by_name = scoped(upsert, ACME)(User).values(name="ada")
    session.execute(by_name.on_conflict_do_update(index_elements=["name"], set_={"name": "eve"}))
    by_key = scoped(upsert, ACME)(User).values(id=2, name="x")
    session.execute(by_key.on_conflict_do_update(index_elements=[User.id], set_={"name": "eve"}))
    assert session.execute(select(User.tenant_id, User.name)).all() == [("acme", "eve"), ("byte", "ada")]


def test_a_row_of_another_tenant_is_refused() -> None:
    with pytest.raises(ForeignRow):
        scoped(User, ACME)(name="x", tenant_id="byte")
    assert scoped(User, ACME).name is User.name
    assert scoped(Setting, ACME) is Setting


# ---- sessions -----------------------------------------------------------------------------------
def test_get_and_merge(session: Any) -> None:
    own = scoped(session, ACME)
    assert own.get(User, 1).name == "ada"
    assert own.get(User, 2) is None
    assert own.get(User, 3) is None
    own.merge(User(id=1, name="new"))
    own.merge(User(name="added"))
    own.merge(Setting(key="k"))
    session.flush()
    assert session.scalars(mine(User.name).order_by(User.id)).all() == ["new", "added"]
    for row in (User(id=2, name="stolen"), User(name="x", tenant_id="byte")):
        with pytest.raises(ForeignRow):
            own.merge(row)


def test_get_and_merge_that_are_awaited(session: Any) -> None:
    class Later:
        def __getattr__(self, name: str) -> Any:
            async def later(*args: Any, **kwargs: Any) -> Any:
                return getattr(session, name)(*args, **kwargs)

            return later

        get_one = get = lambda self, *args: self.__getattr__("get")(*args)
        execute = None

    async def work(own: Any) -> None:
        assert (await own.get(User, 1)).name == (await own.get_one(User, 1)).name == "ada"
        assert await own.get(User, 2) is None
        assert (await own.merge(User(id=1, name="new"))).name == "new"
        for wrong in (own.get_one(User, 2), own.merge(User(id=2, name="stolen"))):
            with pytest.raises(ForeignRow):
                await wrong

    asyncio.run(work(scoped(Later(), ACME)))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_legacy_query(session: Any) -> None:
    own = scoped(session, ACME)
    assert [order.text for order in own.query(Order)] == ["acme"]
    assert own.query(Order).count() == 1
    assert own.query(User.name, func.count(Order.id)).join(Order).group_by(User.name).all() == [("ada", 1)]
    assert own.query(Order).get(2) is None
    assert own.query(Order).get(1).text == "acme"
    assert own.query(Order).update({"text": "x"}) == 1
    assert own.query(Order).filter(Order.id > 0).delete() == 1
    assert own.query(Setting).delete() == 0
    assert orders(session) == BEFORE[1:]
    with pytest.raises(ForeignRow):
        own.query(Order).update({"tenant_id": "byte"})


def test_in_bulk(session: Any) -> None:
    scoped(session, ACME).bulk_insert_mappings(Order, [{"text": "n"}])
    scoped(session, ACME).bulk_insert_mappings(Setting, [{"key": "k"}])
    assert orders(session) == [BEFORE[0], ("acme", "n"), *BEFORE[1:]]
    with pytest.raises(UnscopedQuery):
        scoped(session, ACME).bulk_update_mappings(Order, [{"id": 1, "text": "n"}])


def test_anything_else_stays() -> None:
    cache: dict[Any, Any] = {}
    assert scoped(cache, ACME) is cache
    assert scoped(sqlalchemy.insert, ACME)(Setting).values(key="k").compile().params == {"key": "k"}


def test_a_context_of_no_tenant() -> None:
    for asked in (select, User):
        with pytest.raises(UnscopedQuery):
            scoped(asked, ACME.project(["agent_id"]))
