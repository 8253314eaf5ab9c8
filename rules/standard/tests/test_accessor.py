import asyncio
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from isolation import accessor as accessor_module
from isolation import (
    CircularAccess,
    IsolationContext,
    current_isolation_context,
    isolated_accessor,
)

TENANTS = [IsolationContext(f"t{number}", "mai") for number in range(8)]
A, B = TENANTS[:2]


class Manager:
    def __init__(self, isolation_context):
        self.isolation_context = isolation_context


def manager_accessor(*dimensions):
    @isolated_accessor(*dimensions)
    def get_isolated_manager(isolation_context: IsolationContext) -> Manager:
        """One manager each."""
        return Manager(isolation_context)

    return get_isolated_manager


def within_seconds(action, seconds=60):
    """Run `action` in a thread of its own: a deadlock fails the test instead of hanging it."""
    outcome = Future()

    def run():
        try:
            outcome.set_result(action())
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return outcome.result(seconds)


def test_one_object_per_key():
    accessor = manager_accessor("tenant_id", "agent_id")
    assert accessor(A) is accessor(A.with_chat_stream("c1"))
    assert accessor(A) is accessor(isolation_context=A.with_platform("qq"))
    assert accessor(A) is not accessor(B)
    assert accessor(A) is not accessor(IsolationContext(A.tenant_id, "other"))
    assert len(accessor.instances()) == 3


def test_the_factory_does_not_see_the_callers_chat():
    manager = manager_accessor("tenant_id")(A.with_platform("qq").with_chat_stream("c1"))
    assert manager.isolation_context == IsolationContext(A.tenant_id, "*")


def test_the_factory_runs_in_its_own_context():
    @isolated_accessor("tenant_id", "agent_id")
    def get_isolated_ambient(isolation_context):
        return current_isolation_context()

    assert get_isolated_ambient(A.with_chat_stream("c1")) == A


def test_it_looks_like_the_factory():
    accessor = manager_accessor("tenant_id")
    assert accessor.__name__ == "get_isolated_manager"
    assert accessor.__doc__ == "One manager each."
    assert "tenant_id" in repr(accessor)


def test_none_is_an_object_like_any_other():
    calls = []

    @isolated_accessor("tenant_id")
    def get_isolated_nothing(isolation_context):
        calls.append(isolation_context)

    assert get_isolated_nothing(A) is None is get_isolated_nothing(A)
    assert len(calls) == 1


def test_mistakes_show_at_import():
    with pytest.raises(TypeError, match="name the dimensions"):
        isolated_accessor()
    with pytest.raises(TypeError, match="name the dimensions"):
        isolated_accessor(Manager)  # used without parentheses
    with pytest.raises(ValueError, match="unknown dimension 'tenant'"):
        isolated_accessor("tenant")(Manager)

    async def get_isolated_later(isolation_context):
        return None

    with pytest.raises(TypeError, match="async"):
        isolated_accessor("tenant_id")(get_isolated_later)


def test_a_failure_is_not_kept():
    attempts = []

    @isolated_accessor("tenant_id")
    def get_isolated_flaky(isolation_context):
        attempts.append(isolation_context)
        if len(attempts) == 1:
            raise OSError("disk")
        return Manager(isolation_context)

    with pytest.raises(OSError, match="disk"):
        get_isolated_flaky(A)
    assert get_isolated_flaky.instances() == []
    assert get_isolated_flaky(A) is get_isolated_flaky(A)


def test_clear():
    accessor = manager_accessor("tenant_id")
    before = accessor(A)
    accessor.clear()
    assert accessor.instances() == []
    assert accessor(A) is not before


def test_clear_during_a_build_keeps_nothing():
    @isolated_accessor("tenant_id")
    def get_isolated_cleared(isolation_context):
        get_isolated_cleared.clear()
        return Manager(isolation_context)

    get_isolated_cleared(A)
    assert get_isolated_cleared.instances() == []


def test_threads_share_one_build_per_key():
    built = []

    @isolated_accessor("tenant_id", "agent_id")
    def get_isolated_slow(isolation_context):
        built.append(isolation_context)
        time.sleep(0.01)
        return Manager(isolation_context)

    with ThreadPoolExecutor(32) as pool:
        contexts = [TENANTS[number % 8].with_chat_stream(f"c{number}") for number in range(400)]
        managers = list(pool.map(get_isolated_slow, contexts))
    assert len(built) == 8
    for context, manager in zip(contexts, managers):
        assert manager.isolation_context == context.project(("tenant_id", "agent_id"))


def test_threads_waiting_for_a_failure_try_themselves():
    attempts = []
    entered = threading.Event()

    @isolated_accessor("tenant_id")
    def get_isolated_flaky(isolation_context):
        attempts.append(threading.get_ident())
        if len(attempts) == 1:
            entered.set()
            end = time.monotonic() + 60
            while not accessor_module._waits and time.monotonic() < end:
                time.sleep(0.001)
            raise OSError("disk")
        return Manager(isolation_context)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(get_isolated_flaky, A)
        entered.wait(60)
        second = pool.submit(get_isolated_flaky, A)
        assert isinstance(first.exception(), OSError)
        assert isinstance(second.result(), Manager)
    assert len(set(attempts)) == 2


def test_different_keys_are_built_in_parallel():
    both = threading.Barrier(2, timeout=30)

    @isolated_accessor("tenant_id")
    def get_isolated_meeting(isolation_context):
        both.wait()
        return Manager(isolation_context)

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(get_isolated_meeting, [A, B]))) == 2


def test_tasks_share_one_build_per_key():
    accessor = manager_accessor("tenant_id")

    async def use(context):
        await asyncio.sleep(0)
        in_task = accessor(context)
        in_thread = await asyncio.to_thread(accessor, context)
        return in_task is in_thread

    async def main():
        return await asyncio.gather(*(use(TENANTS[number % 8]) for number in range(80)))

    assert all(asyncio.run(main()))
    assert len(accessor.instances()) == 8


def test_factories_may_use_other_accessors():
    inner = manager_accessor("tenant_id")

    @isolated_accessor("tenant_id", "agent_id")
    def get_isolated_outer(isolation_context):
        return inner(isolation_context), inner(B)

    own, other = get_isolated_outer(A)
    assert own is inner(A)
    assert other is inner(B)


def test_a_factory_may_use_its_own_accessor_for_another_key():
    @isolated_accessor("tenant_id", "agent_id")
    def get_isolated_agent(isolation_context):
        if isolation_context.agent_id == "main":
            return ["main"]
        return [*get_isolated_agent(IsolationContext(isolation_context.tenant_id, "main")), "helper"]

    assert get_isolated_agent(A) == ["main", "helper"]


def test_a_circle_is_named_instead_of_recursing():
    @isolated_accessor("tenant_id")
    def get_isolated_hen(isolation_context):
        return get_isolated_egg(isolation_context)

    @isolated_accessor("tenant_id")
    def get_isolated_egg(isolation_context):
        return get_isolated_hen(isolation_context)

    with pytest.raises(CircularAccess, match="get_isolated_hen"):
        get_isolated_hen(A)
    assert get_isolated_hen.instances() == get_isolated_egg.instances() == []


def test_threads_that_build_in_opposite_order_do_not_deadlock():
    """hen(A) needs egg(A), egg(B) needs hen(B): no circle, whatever the timing."""

    @isolated_accessor("tenant_id")
    def get_isolated_hen(isolation_context):
        time.sleep(0.001)
        return "hen", get_isolated_egg(isolation_context) if isolation_context.tenant_id in in_order else None

    @isolated_accessor("tenant_id")
    def get_isolated_egg(isolation_context):
        time.sleep(0.001)
        return "egg", get_isolated_hen(isolation_context) if isolation_context.tenant_id not in in_order else None

    in_order = {context.tenant_id for context in TENANTS[::2]}

    def hammer():
        with ThreadPoolExecutor(16) as pool:
            calls = [pool.submit(accessor, context) for context in TENANTS * 4 for accessor in (get_isolated_hen, get_isolated_egg)]
            for call in calls:
                call.result()

    within_seconds(hammer)
    assert len(get_isolated_hen.instances()) == len(get_isolated_egg.instances()) == 8


def test_a_thread_that_was_just_woken_is_not_waiting_any_more(monkeypatch):
    """The branch waits for the leaf and wakes up slowly; meanwhile the leaf's builder asks for the branch."""
    branch_started = threading.Event()
    wait = accessor_module._Build.wait

    def wake_up_slowly(build):
        build.ended.wait()
        time.sleep(0.1)
        wait(build)

    monkeypatch.setattr(accessor_module._Build, "wait", wake_up_slowly)

    @isolated_accessor("tenant_id")
    def get_isolated_branch(isolation_context):
        branch_started.set()
        return "branch with", get_isolated_leaf(isolation_context)

    @isolated_accessor("tenant_id")
    def get_isolated_leaf(isolation_context):
        branch_started.wait(5)
        time.sleep(0.05)
        return "leaf"

    def leaf_then_branch():
        return get_isolated_leaf(A), get_isolated_branch(A)

    def race():
        with ThreadPoolExecutor(2) as pool:
            second = pool.submit(leaf_then_branch)
            time.sleep(0.02)
            first = pool.submit(get_isolated_branch, A)
            return first.result(), second.result()

    branch = ("branch with", "leaf")
    assert within_seconds(race) == (branch, ("leaf", branch))


def test_a_circle_across_threads_raises_instead_of_deadlocking():
    """Both factories are inside before either asks for the other: the classical deadlock."""
    both_inside = threading.Barrier(2, timeout=30)
    errors = []

    def meet():
        try:
            both_inside.wait(0.5)
        except threading.BrokenBarrierError:
            pass

    @isolated_accessor("tenant_id")
    def get_isolated_hen(isolation_context):
        meet()
        return get_isolated_egg(isolation_context)

    @isolated_accessor("tenant_id")
    def get_isolated_egg(isolation_context):
        meet()
        return get_isolated_hen(isolation_context)

    def build(accessor):
        try:
            accessor(A)
        except CircularAccess as error:
            errors.append(error)

    def race():
        threads = [threading.Thread(target=build, args=(accessor,)) for accessor in (get_isolated_hen, get_isolated_egg)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    within_seconds(race)
    assert len(errors) == 2


def test_a_circle_that_one_thread_can_resolve_succeeds_in_the_other():
    """The egg does not need the hen once the first try has failed."""
    egg_started = threading.Event()
    hen_started = threading.Event()
    tries = []

    @isolated_accessor("tenant_id")
    def get_isolated_hen(isolation_context):
        hen_started.set()
        egg_started.wait(5)
        return "hen", get_isolated_egg(isolation_context)

    @isolated_accessor("tenant_id")
    def get_isolated_egg(isolation_context):
        tries.append(1)
        if len(tries) > 1:
            return "egg"
        egg_started.set()
        hen_started.wait(5)
        time.sleep(0.05)
        return "egg", get_isolated_hen(isolation_context)

    def race():
        with ThreadPoolExecutor(2) as pool:
            hen = pool.submit(get_isolated_hen, A)
            egg = pool.submit(get_isolated_egg, A)
            outcomes.extend([hen.exception(), egg.exception()])

    outcomes = []
    within_seconds(race)
    assert outcomes[0] is None
    assert isinstance(outcomes[1], CircularAccess)
    assert get_isolated_hen(A) == ("hen", "egg")
