"""Work that another process does gets the context of the message."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import Any

from isolation import IsolationContext, current_isolation_context, isolated_task, pack_context
from isolation.tasks import unpack_context

RED = IsolationContext("red", "bot", chat_stream_id="3")


def work(n: int, *, isolation_context: Any = None) -> tuple[int, Any, str]:
    return n, isolation_context, current_isolation_context().tenant_id


def test_a_packed_context_travels_as_json_and_is_ambient_for_the_work() -> None:
    sent = json.loads(json.dumps({"isolation_context": pack_context(RED)}))
    assert isolated_task(work)(1, **sent) == (1, RED, "red")
    assert isolated_task(work)(1, isolation_context=RED) == (1, RED, "red")


def test_without_a_context_nothing_changes() -> None:
    assert isolated_task(work)(2) == (2, None, "default")
    assert unpack_context({"isolation": {}, "more": 1}) is None
    assert unpack_context("red") is None


def test_a_coroutine_is_awaited_in_the_context() -> None:
    async def later(*, isolation_context: Any = None) -> str:
        await asyncio.sleep(0)
        return current_isolation_context().tenant_id

    task = isolated_task(later)
    assert inspect.iscoroutinefunction(task)
    assert asyncio.run(task(isolation_context=pack_context(RED))) == "red"
    assert task.__name__ == "later"
