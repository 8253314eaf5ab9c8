"""Rows of two tenants and two agents through sessions."""

from __future__ import annotations

import pytest
from conftest import Messages, Online
from sqlalchemy import delete, func, insert, select, update
from src.isolation import (
    ANY,
    ForeignRow,
    IsolationContext,
    UnscopedModel,
    UnscopedQuery,
    set_strict_isolation,
    share_rows,
    tenant_session,
)

RED = IsolationContext("red", "one")
BLUE = IsolationContext("blue", "one")
OTHER = IsolationContext("red", "two")
pytestmark = pytest.mark.usefixtures("database")


def add(context, *texts):
    with tenant_session(context) as session:
        rows = [Messages(text=text) for text in texts]
        session.add_all(rows)
    return [row.id for row in rows]


def texts(context):
    with tenant_session(context) as session:
        return sorted(session.execute(select(Messages.text)).scalars())


def test_rows_belong_to_who_wrote_them():
    add(RED, "a", "b")
    add(BLUE, "a")
    add(OTHER, "c")
    assert (texts(RED), texts(BLUE), texts(OTHER)) == (["a", "b"], ["a"], ["c"])


def test_counts_and_subqueries_are_limited():
    add(RED, "a", "b")
    add(BLUE, "c")
    with tenant_session(RED) as session:
        assert session.execute(select(func.count()).select_from(Messages)).scalar() == 2
        inner = select(Messages.id).where(Messages.text == "c").scalar_subquery()
        assert session.execute(select(Messages.text).where(Messages.id == inner)).all() == []


def test_updates_and_deletes_leave_others_alone():
    add(RED, "a")
    add(BLUE, "b")
    with tenant_session(RED) as session:
        session.execute(update(Messages).values(text="new"), execution_options={"synchronize_session": False})
    assert (texts(RED), texts(BLUE)) == (["new"], ["b"])
    with tenant_session(BLUE) as session:
        session.execute(delete(Messages), execution_options={"synchronize_session": False})
    assert (texts(RED), texts(BLUE)) == (["new"], [])


def test_a_row_by_its_key_is_ones_own():
    (own,) = add(RED, "a")
    (foreign,) = add(BLUE, "b")
    with tenant_session(RED) as session:
        assert session.get(Messages, own).text == "a"
    with tenant_session(RED) as session:
        try:
            assert session.get(Messages, foreign) is None
        except ForeignRow:
            pass


def test_a_row_of_another_is_not_written():
    with pytest.raises(ForeignRow), tenant_session(RED) as session:
        session.add(Messages(text="a", tenant_id="blue"))
    with tenant_session(BLUE) as session:
        row = Messages(text="b")
        session.add(row)
    row.text = "stolen"
    with pytest.raises(ForeignRow), tenant_session(RED) as session:
        session.add(row)
    assert texts(BLUE) == ["b"]


def test_rows_that_are_no_objects():
    with tenant_session(RED) as session:
        session.execute(insert(Messages).values(text="a"))
    assert (texts(RED), texts(BLUE)) == (["a"], [])


def test_a_context_for_nobody_sees_nothing():
    with pytest.raises(UnscopedQuery), tenant_session(IsolationContext(ANY, ANY)):
        pass


def test_strict_mode_names_models_without_columns():
    set_strict_isolation(True)
    with pytest.raises(UnscopedModel), tenant_session(RED) as session:
        session.execute(select(Online.id)).all()
    share_rows(Online)
    with tenant_session(RED) as session:
        assert session.execute(select(Online.id)).all() == []
