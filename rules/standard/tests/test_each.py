"""Start-up and background work is done for every tenant, those that come later included."""

import asyncio
import threading

import pytest
from isolation import (
    DEFAULT_CONTEXT,
    IsolationContext,
    current_isolation_context,
    for_each_context,
    in_each_context,
    isolation_scope,
    remember_context,
    set_strict_isolation,
)

ANN, BOB, EVE = (IsolationContext(tenant, "mai") for tenant in ("ann", "bob", "eve"))


@pytest.fixture
def seen():
    return []


def two_tenants():
    remember_context(ANN)
    remember_context(BOB)


def test_a_call_is_made_for_the_default_tenant_and_for_each_known_one_in_its_scope(seen):
    two_tenants()
    for_each_context(lambda context: seen.append((context, current_isolation_context())))
    assert seen == [(context, context) for context in (DEFAULT_CONTEXT, ANN, BOB)]


def test_without_tenants_it_is_made_once_as_before(seen):
    for_each_context(seen.append)
    assert seen == [DEFAULT_CONTEXT]


def test_it_is_made_for_a_tenant_that_comes_later_before_that_goes_on(seen):
    for_each_context(seen.append)
    with isolation_scope(EVE.with_chat_stream("c")):
        assert seen == [DEFAULT_CONTEXT, EVE]
    with isolation_scope(EVE):
        pass
    assert seen == [DEFAULT_CONTEXT, EVE]


def test_announcing_a_tenant_that_was_heard_of_does_nothing_again(seen):
    with isolation_scope(EVE):
        pass
    for_each_context(seen.append)
    remember_context(EVE)
    assert seen == [DEFAULT_CONTEXT, EVE]


def test_the_error_of_the_default_tenant_is_raised_and_others_have_their_turn(seen, caplog):
    two_tenants()

    def fail(whose):
        def work(context):
            if context == whose:
                raise ValueError(context.tenant_id)
            seen.append(context)

        return work

    for_each_context(fail(ANN))
    assert seen == [DEFAULT_CONTEXT, BOB] and "ann" in caplog.text
    with pytest.raises(ValueError, match=DEFAULT_CONTEXT.tenant_id):
        for_each_context(fail(DEFAULT_CONTEXT))


def test_what_it_returns_may_be_awaited_and_runs_in_the_scope_of_its_tenant(seen):
    two_tenants()

    async def work(context):
        await asyncio.sleep(0)
        seen.append((context, current_isolation_context()))

    async def main():
        await for_each_context(work)

    asyncio.run(main())
    assert sorted(seen, key=str) == sorted(((c, c) for c in (DEFAULT_CONTEXT, ANN, BOB)), key=str)


def test_only_so_many_run_at_a_time():
    from isolation import each

    for number in range(30):
        remember_context(IsolationContext(f"t{number}", "mai"))
    running = most = 0

    async def work(_):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    async def main():
        await for_each_context(work)

    asyncio.run(main())
    assert most == each.MOST_AT_ONCE


def test_a_task_is_started_for_a_tenant_that_comes_later_from_another_thread(seen):
    async def work(context):
        seen.append((context, current_isolation_context()))

    async def main():
        for_each_context(lambda context: asyncio.create_task(work(context)))
        thread = threading.Thread(target=remember_context, args=(EVE,))
        thread.start()
        await asyncio.to_thread(thread.join)
        await asyncio.sleep(0.01)

    asyncio.run(main())
    assert seen == [(DEFAULT_CONTEXT, DEFAULT_CONTEXT), (EVE, EVE)]


def test_a_coroutine_for_a_tenant_that_comes_when_the_loop_is_over_still_runs(seen):
    async def work(context):
        seen.append(context)

    async def main():
        await for_each_context(work)

    asyncio.run(main())
    remember_context(EVE)
    assert seen == [DEFAULT_CONTEXT, EVE]


def test_in_strict_mode_it_is_made_for_those_who_are_known(seen):
    two_tenants()
    set_strict_isolation(True)
    for_each_context(seen.append)
    assert seen == [ANN, BOB]


def test_a_decorated_function_runs_for_each_one_after_the_other(seen):
    two_tenants()

    @in_each_context
    def run(word):
        seen.append((word, current_isolation_context().tenant_id))
        return current_isolation_context().tenant_id

    assert run("x") == DEFAULT_CONTEXT.tenant_id
    assert seen == [("x", DEFAULT_CONTEXT.tenant_id), ("x", "ann"), ("x", "bob")]


def test_a_decorated_coroutine_function_stays_one(seen, caplog):
    two_tenants()

    class Task:
        @in_each_context
        async def run(self):
            if current_isolation_context() == ANN:
                raise ValueError("ann's")
            seen.append(current_isolation_context())

    assert asyncio.iscoroutinefunction(Task.run)
    asyncio.run(Task().run())
    assert seen == [DEFAULT_CONTEXT, BOB] and "ann's" in caplog.text


def test_what_runs_for_one_of_many_is_not_multiplied(seen):
    two_tenants()

    @in_each_context
    def base():
        seen.append(current_isolation_context().tenant_id)

    @in_each_context
    def override():
        base()
        for_each_context(lambda context: seen.append(context.tenant_id))

    override()
    assert seen == [DEFAULT_CONTEXT.tenant_id] * 2 + ["ann"] * 2 + ["bob"] * 2
    with isolation_scope(EVE):
        assert len(seen) == 6


def test_a_loop_that_comes_by_again_follows_once(seen):
    for _ in range(3):
        for_each_context(lambda context: seen.append(context.tenant_id))
    with isolation_scope(EVE):
        assert seen == [DEFAULT_CONTEXT.tenant_id] * 3 + ["eve"]


def test_the_same_code_for_other_objects_follows_for_each(seen):
    def start(name):
        for_each_context(lambda context: seen.append((name, context.tenant_id)))

    start("a")
    start("b")
    with isolation_scope(EVE):
        assert seen[2:] == [("a", "eve"), ("b", "eve")]


def test_a_generator_cannot_run_for_several():
    with pytest.raises(TypeError, match="numbers is a generator"):

        @in_each_context
        def numbers():
            yield 1
