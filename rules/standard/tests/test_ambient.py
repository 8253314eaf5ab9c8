import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from isolation import (
    DEFAULT_CONTEXT,
    IsolationContext,
    MissingIsolationContext,
    copy_isolation,
    current_isolation_context,
    enter_isolation,
    isolation_scope,
    known_contexts,
    remember_context,
    set_strict_isolation,
)

A = IsolationContext("a", "mai")
B = IsolationContext("b", "mai")


def test_default_outside_any_scope():
    assert current_isolation_context() is DEFAULT_CONTEXT


def test_scopes_nest_and_end_even_after_an_error():
    with isolation_scope(A) as entered:
        assert entered is A
        with pytest.raises(RuntimeError, match="boom"), isolation_scope(B):
            assert current_isolation_context() is B
            raise RuntimeError("boom")
        assert current_isolation_context() is A
    assert current_isolation_context() is DEFAULT_CONTEXT


def test_strict_mode_has_no_default():
    set_strict_isolation(True)
    with pytest.raises(MissingIsolationContext, match="isolation_scope"):
        current_isolation_context()
    with isolation_scope(A):
        assert current_isolation_context() is A


def test_strict_mode_by_environment(monkeypatch):
    monkeypatch.setenv("WEFT_STRICT_ISOLATION", "1")
    with pytest.raises(MissingIsolationContext):
        current_isolation_context()
    set_strict_isolation(False)
    assert current_isolation_context() is DEFAULT_CONTEXT


def test_concurrent_tasks_keep_their_own_context():
    async def handle(context):
        with isolation_scope(context):
            for _ in range(20):
                await asyncio.sleep(0)
                assert current_isolation_context() is context
            child = asyncio.create_task(read_later())
        return await child, await asyncio.to_thread(current_isolation_context)

    async def read_later():
        await asyncio.sleep(0)
        return current_isolation_context()

    async def main():
        return await asyncio.gather(handle(A), handle(B))

    assert asyncio.run(main()) == [(A, DEFAULT_CONTEXT), (B, DEFAULT_CONTEXT)]


def test_entering_lasts_as_long_as_the_task():
    async def handle():
        assert enter_isolation(A) is A
        await asyncio.sleep(0)
        return current_isolation_context()

    async def main():
        return await asyncio.create_task(handle()), current_isolation_context()

    assert asyncio.run(main()) == (A, DEFAULT_CONTEXT)


def test_threads_start_without_a_context_unless_it_is_copied():
    seen = []

    def note(tag):
        seen.append((tag, current_isolation_context()))

    with isolation_scope(A):
        for tag, function in (("plain", note), ("copied", copy_isolation(note)), ("partial", copy_isolation(partial(note)))):
            thread = threading.Thread(target=function, args=(tag,))
            thread.start()
            thread.join()
    assert seen == [("plain", DEFAULT_CONTEXT), ("copied", A), ("partial", A)]


def test_a_copy_may_run_many_times_at_once_and_leaves_the_pool_clean():
    with ThreadPoolExecutor(4) as pool:
        with isolation_scope(B):
            results = list(pool.map(copy_isolation(lambda _: current_isolation_context()), range(50)))
        after = list(pool.map(lambda _: current_isolation_context(), range(50)))
    assert set(results) == {B}
    assert set(after) == {DEFAULT_CONTEXT}


def test_a_copy_outside_a_scope_stays_strict():
    set_strict_isolation(True)
    with pytest.raises(MissingIsolationContext):
        copy_isolation(current_isolation_context)()


def test_known_contexts_are_tenants_not_chats():
    assert known_contexts() == ()
    with isolation_scope(B.with_chat_stream("c1")):
        pass
    enter_isolation(A)
    remember_context(B.with_platform("qq"))
    remember_context(IsolationContext("c", "*"))
    assert known_contexts() == (B, A)


def test_a_loop_over_tenants():
    remember_context(A)
    remember_context(B)
    visited = []
    for context in known_contexts():
        with isolation_scope(context):
            visited.append(current_isolation_context().tenant_id)
    assert visited == ["a", "b"]
