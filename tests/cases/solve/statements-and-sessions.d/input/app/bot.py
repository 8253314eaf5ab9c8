from typing import Type

import sqlalchemy as sa
from sqlalchemy import func, text
from sqlalchemy import select as pick

from app import models
from app.models import Base, Order
from app.models import User as Person

pick_again = pick


async def on_message(raw, session, make):
    statements(session)
    by_key(session, raw)
    await later(session, make)
    raw_sql(session)


def statements(session):
    query = pick(Person).where(Person.id.in_(sa.select(Order.id)))
    session.execute(sa.update(models.User).values(id=1))
    return session.scalars(query), session.scalar(pick_again(func.count()).select_from(Order))


def by_key(session, raw):
    settings = {"size": 1}
    settings.get("size", raw.get(raw))
    row = Person(id=raw)
    session.add(row)
    session.merge(row)
    return session.get(models.User, raw), session.query(func.count(Order.id)), session.query(raw)


async def later(session, make):
    found = await session.get(Person, 1)
    with make() as own:
        own.add(Order(id=found.id))
    return make().get(Person, 2)


def any_table(session, table: Type[Base], other: type):
    return session.get(table, 1), session.get(other, 1)


def raw_sql(session):
    return session.execute(text("SELECT 1"))
