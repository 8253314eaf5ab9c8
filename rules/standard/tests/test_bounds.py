"""Stores stay small, whoever names tenants; what is in them can be saved; the list of tenants stays."""

import copy
import pickle
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from isolation import (
    ANY,
    DEFAULT_CONTEXT,
    CircularAccess,
    IsolationContext,
    accessor as accessor_module,
    ambient,
    current_isolation_context,
    forget_context,
    isolated_accessor,
    isolation_scope,
    known_contexts,
    remember_context,
)


@pytest.fixture(autouse=True)
def no_accessors_of_other_tests(monkeypatch):
    monkeypatch.setattr(accessor_module, "_accessors", weakref.WeakSet())


def tenant(number):
    return IsolationContext(f"t{number}", "mai")


def store(**options):
    @isolated_accessor("tenant_id", "agent_id", **options)
    def get_isolated_store(isolation_context):
        return [isolation_context.tenant_id]

    return get_isolated_store


def owners(accessor):
    return sorted(kept[0] for kept in accessor.instances())


def test_the_one_that_was_not_used_longest_goes():
    accessor = store(max_contexts=3)
    for number in range(3):
        accessor(tenant(number))
    accessor(tenant(0))
    accessor(tenant(3))
    assert owners(accessor) == ["t0", "t2", "t3"]


def test_a_million_ids_make_no_more_objects_than_one_said(monkeypatch):
    monkeypatch.setattr(ambient, "MOST_KNOWN", 100)
    monkeypatch.setenv("WEFT_MAX_CONTEXTS", "50")
    accessor = store()
    first = accessor(DEFAULT_CONTEXT)
    remember_context(IsolationContext("announced", "mai"))
    for number in range(2000):
        with isolation_scope(tenant(number)):
            accessor(tenant(number))
    assert len(accessor.instances()) == 50
    assert accessor(DEFAULT_CONTEXT) is first  # what was there before there were tenants
    assert len(known_contexts()) == 101
    assert known_contexts()[0] == IsolationContext("announced", "mai")


@pytest.mark.parametrize("said", ["", "0", "-1", "many"])
def test_nonsense_in_the_environment_is_no_limit_lifted(monkeypatch, said):
    monkeypatch.setenv("WEFT_MAX_CONTEXTS", said)
    assert store()._most() == accessor_module.MOST_CONTEXTS


def test_by_age():
    accessor = store(max_age=0.05)
    accessor(tenant(0))
    time.sleep(0.1)
    accessor(tenant(1))
    assert owners(accessor) == ["t1"]


def test_a_hook_saves_in_the_context_of_what_goes():
    saved = []
    accessor = store(max_contexts=1, on_forget=lambda context, kept: saved.append((context, current_isolation_context(), kept)))
    accessor(tenant(0)).append("work")
    accessor(tenant(1))
    assert saved == [(tenant(0), tenant(0), ["t0", "work"])]


def test_who_asks_meanwhile_waits_for_the_hook():
    disk, entered, go_on = {}, threading.Event(), threading.Event()

    def save(context, kept):
        entered.set()
        go_on.wait(60)
        disk[context.tenant_id] = kept

    @isolated_accessor("tenant_id", on_forget=save)
    def get_isolated_saved(isolation_context):
        return disk.get(isolation_context.tenant_id, [])

    get_isolated_saved(tenant(0)).append("work")
    with ThreadPoolExecutor(2) as pool:
        forgetting = pool.submit(get_isolated_saved.forget, IsolationContext("t0", ANY))
        entered.wait(60)
        asking = pool.submit(get_isolated_saved, tenant(0))
        time.sleep(0.05)
        assert not asking.done()
        go_on.set()
        assert asking.result(60) == ["work"]
        assert forgetting.result(60) == 1


def test_a_hook_that_fails_is_told_and_nothing_piles_up(caplog):
    def fail(context, kept):
        raise OSError("disk full")

    accessor = store(max_contexts=1, on_forget=fail)
    for number in range(5):
        accessor(tenant(number))
    assert len(accessor.instances()) == 1
    assert "disk full" in caplog.text
    with pytest.raises(OSError, match="disk full"):
        forget_context(tenant(4))
    assert accessor.instances() == []


def test_a_hook_that_asks_for_what_goes_is_a_circle():
    accessor = store()
    accessor.on_forget = lambda context, kept: accessor(context)
    accessor(tenant(0))
    with pytest.raises(CircularAccess):
        accessor.forget(tenant(0))


def test_forgetting_a_tenant_everywhere():
    @isolated_accessor("tenant_id", "chat_stream_id")
    def get_isolated_chat(isolation_context):
        return [isolation_context.tenant_id]

    accessor = store()
    for number in (0, 1):
        remember_context(tenant(number))
        accessor(tenant(number))
        for chat in "ab":
            get_isolated_chat(tenant(number).with_chat_stream(chat))
    assert forget_context(IsolationContext("t0", ANY)) == 3
    assert owners(accessor) == ["t1"]
    assert owners(get_isolated_chat) == ["t1", "t1"]
    assert known_contexts() == (tenant(0), tenant(1))
    assert forget_context(IsolationContext("t0", ANY), known=True) == 0
    assert known_contexts() == (tenant(1),)
    assert forget_context(IsolationContext("t1", ANY, chat_stream_id="b")) == 1
    assert forget_context(tenant(1)) == 1  # what other agents share stays
    assert owners(get_isolated_chat) == ["t1"]


def test_many_threads_at_the_limit():
    accessor = store(max_contexts=5)
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda number: (number, accessor(tenant(number % 20))), range(2000)))
    assert all(kept == [f"t{number % 20}"] for number, kept in results)
    assert len(accessor.instances()) <= 5


@isolated_accessor("tenant_id")
def get_isolated_global(isolation_context):
    return []


def test_an_accessor_is_pickled_and_copied_as_a_function_is():
    assert pickle.loads(pickle.dumps(get_isolated_global)) is get_isolated_global
    assert copy.copy(get_isolated_global) is get_isolated_global is copy.deepcopy(get_isolated_global)
    with pytest.raises((pickle.PicklingError, AttributeError), match="locals"):
        pickle.dumps(store())
