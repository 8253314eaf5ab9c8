import threading

import pytest
from isolation import (
    DEFAULT_CONTEXT,
    IsolationContext,
    MissingIsolationContext,
    RefusedId,
    command_context,
    current_isolation_context,
    isolation_scope,
    set_strict_isolation,
)

NAMED = IsolationContext("t1", "mai")


@pytest.fixture
def named(monkeypatch):
    monkeypatch.setenv("WEFT_TENANT_ID", "t1")
    monkeypatch.setenv("WEFT_AGENT_ID", "mai")


def test_the_environment_names_the_tenant(named):
    assert command_context() == NAMED
    assert current_isolation_context() == NAMED


def test_a_thread_of_the_program_has_the_same_tenant(named):
    command_context()
    found = []
    thread = threading.Thread(target=lambda: found.append(command_context()))
    thread.start()
    thread.join()
    assert found == [NAMED]


def test_the_agent_may_be_left_out(monkeypatch):
    monkeypatch.setenv("WEFT_TENANT_ID", "t1")
    assert command_context() == IsolationContext("t1", DEFAULT_CONTEXT.agent_id)


def test_nobody_named_is_the_default_tenant():
    assert command_context() is DEFAULT_CONTEXT


def test_strict_mode_takes_a_name(named):
    set_strict_isolation(True)
    assert command_context() == NAMED


def test_strict_mode_refuses_the_default():
    set_strict_isolation(True)
    with pytest.raises(MissingIsolationContext):
        command_context()


def test_a_pattern_is_no_tenant(monkeypatch):
    monkeypatch.setenv("WEFT_TENANT_ID", "*")
    with pytest.raises(RefusedId):
        command_context()


def test_who_calls_it_inside_a_scope_keeps_that_tenant(named):
    other = IsolationContext("t2", "mai")
    with isolation_scope(other):
        assert command_context() is other
