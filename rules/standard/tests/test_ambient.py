import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, contextmanager
from functools import partial
from multiprocessing.pool import ThreadPool

import pytest
from isolation import (
    DEFAULT_CONTEXT,
    IsolationContext,
    ambient,
    MissingIsolationContext,
    copy_isolation,
    current_isolation_context,
    enter_isolation,
    isolation_scope,
    known_contexts,
    remember_context,
    set_strict_isolation,
    start_up_context,
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


def test_strict_mode_gives_no_default_tenant_at_start_up():
    assert start_up_context() is DEFAULT_CONTEXT
    set_strict_isolation(True)
    with pytest.raises(MissingIsolationContext):
        start_up_context()
    with isolation_scope(A):
        assert start_up_context() is A


def test_entering_in_a_pool_ends_with_the_job():
    def handle(context):
        def boundary():  # as generated code has it: a helper of the program enters
            return enter_isolation(context)

        boundary()
        with isolation_scope(B):
            pass
        return current_isolation_context()

    for pool in (ThreadPoolExecutor(1), ThreadPool(1)):
        with pool:
            run = pool.submit if isinstance(pool, ThreadPoolExecutor) else lambda f, *a: pool.apply_async(f, a)
            result = "result" if isinstance(pool, ThreadPoolExecutor) else "get"
            assert getattr(run(handle, A), result)() == A
            assert getattr(run(current_isolation_context), result)() is DEFAULT_CONTEXT
            assert getattr(run(lambda: current_isolation_context()), result)() is DEFAULT_CONTEXT
            assert getattr(run(handle, B), result)() == B
            assert getattr(run(lambda: copy_isolation(current_isolation_context)()), result)() is DEFAULT_CONTEXT


def test_entering_in_a_thread_lasts_as_long_as_the_thread():
    seen = []

    def work():
        enter_isolation(A)
        seen.append(current_isolation_context())

    def run():
        work()
        seen.append(current_isolation_context())

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert seen == [A, A]


def numbers_of(context, seen):
    with isolation_scope(context):
        for number in range(3):
            seen.append(current_isolation_context())
            yield number


def test_a_suspended_generator_does_not_change_its_caller():
    seen = []
    numbers = numbers_of(A, seen)
    for _ in numbers:
        assert current_isolation_context() is DEFAULT_CONTEXT
    with isolation_scope(B):
        for _ in numbers_of(A, seen):
            assert current_isolation_context() is B
    assert seen == [A] * 6
    assert ambient._bound == {}


def test_generators_that_take_turns_keep_their_own():
    seen_a, seen_b = [], []
    for _ in zip(numbers_of(A, seen_a), numbers_of(B, seen_b)):
        assert current_isolation_context() is DEFAULT_CONTEXT
    assert (seen_a, seen_b) == ([A] * 3, [B] * 3)


def test_scopes_inside_a_generator_nest():
    def outer():
        with isolation_scope(A):
            yield inner()
            yield current_isolation_context()

    def inner():
        with isolation_scope(B), ExitStack() as stack:
            stack.enter_context(isolation_scope(B))
            return current_isolation_context()

    assert list(outer()) == [B, A]
    assert current_isolation_context() is DEFAULT_CONTEXT


def test_an_abandoned_generator_leaves_nothing():
    numbers = numbers_of(A, [])
    next(numbers)
    del numbers
    gc.collect()
    assert ambient._bound == {}
    assert current_isolation_context() is DEFAULT_CONTEXT


def test_an_async_generator_does_not_change_its_caller():
    async def numbers():
        with isolation_scope(A):
            for _ in range(2):
                await asyncio.sleep(0)
                yield current_isolation_context()

    async def main():
        return [(own, current_isolation_context()) async for own in numbers()]

    assert asyncio.run(main()) == [(A, DEFAULT_CONTEXT)] * 2


def test_a_context_manager_made_of_a_generator_is_for_its_user():
    @contextmanager
    def request_scope():
        with isolation_scope(A):
            yield

    @asynccontextmanager
    async def session_scope():
        with isolation_scope(B):
            yield

    async def session():
        async with session_scope():
            return current_isolation_context()

    with request_scope():
        assert current_isolation_context() is A
    assert current_isolation_context() is DEFAULT_CONTEXT
    assert asyncio.run(session()) is B


@pytest.fixture
def in_a():
    with isolation_scope(A):
        yield


def test_a_fixture_is_for_its_test(in_a):
    assert current_isolation_context() is A


def test_a_scope_is_a_decorator_too():
    @isolation_scope(A)
    def work(depth):
        return [current_isolation_context(), *(work(depth - 1) if depth else [])]

    assert work(2) == [A] * 3
    assert current_isolation_context() is DEFAULT_CONTEXT
