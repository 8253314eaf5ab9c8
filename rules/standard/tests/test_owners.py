"""Whose the rooms of a platform are."""

from __future__ import annotations

import isolation
import pytest
from isolation import IsolationContext, Owners, RefusedId
from isolation.ambient import known_contexts


def test_the_first_room_with_an_owner_counts():
    owners = Owners("chat")
    owners.assign(7, "red")
    owners.assign("account", "blue", "clerk")
    assert owners.context(7, "account", chat=5) == IsolationContext("red", "default", "chat", "5")
    assert owners.context(None, 8, "account") == IsolationContext("blue", "clerk", "chat")


def test_who_is_assigned_is_known():
    Owners("chat").assign(7, "red")
    assert IsolationContext("red", "default") in known_contexts()


def test_nobody_s_room_is_the_default_tenant_s_but_not_in_strict_mode():
    owners = Owners("chat")
    owners.assign(7, "red")
    owners.forget(7)
    assert owners.context(7).tenant_id == "default"
    isolation.set_strict_isolation(True)
    with pytest.raises(isolation.MissingIsolationContext):
        owners.context(7)


def test_a_function_is_asked_about_rooms_that_nobody_assigned():
    owners, asked = Owners("chat"), []
    owners.assign(7, "red")
    owners.ask(lambda room: asked.append(room) or {"8": "blue"}.get(room))
    assert owners.context(7).tenant_id == "red"
    assert owners.context(9, 8).tenant_id == "blue"
    assert asked == ["9", "8"]


@pytest.mark.parametrize("tenant", ["*", "a b", "", "../x"])
def test_what_is_no_id_is_refused(tenant):
    owners = Owners("chat")
    with pytest.raises(RefusedId):
        owners.assign(7, tenant)
    owners.ask(lambda room: tenant)
    with pytest.raises(RefusedId):
        owners.context(7)


def test_a_framework_is_asked_where_nobody_set_a_context(monkeypatch):
    monkeypatch.setattr(isolation.ambient, "_askers", [])
    handled = [None]
    isolation.ask_for_context(lambda: handled[0])
    assert isolation.current_isolation_context().tenant_id == "default"
    handled[0] = IsolationContext("red", "default")
    assert isolation.current_isolation_context().tenant_id == "red"
    with isolation.isolation_scope(IsolationContext("blue", "default")):
        assert isolation.current_isolation_context().tenant_id == "blue"
