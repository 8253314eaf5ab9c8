import asyncio

import pytest
from src.isolation import (
    DEFAULT_CONTEXT,
    IsolationContext,
    IsolationMiddleware,
    MissingIsolationContext,
    RefusedId,
    background_context,
    context_from_message,
    context_from_request,
    current_isolation_context,
    enter_message_context,
    isolation_scope,
    known_contexts,
    set_strict_isolation,
    start_up_context,
)

A = IsolationContext("a", "mai")


def message(additional_config=None, platform="qq"):
    return {"message_info": {"platform": platform, "additional_config": additional_config}, "raw_message": "hi"}


@pytest.mark.parametrize(
    ("message_data", "expected"),
    [
        (message({"tenant_id": "a", "agent_id": "mai"}), A.with_platform("qq")),
        (message({"tenant_id": 42}), IsolationContext("42", "default", "qq")),
        (message({"tenant_id": " ", "agent_id": True}), DEFAULT_CONTEXT.with_platform("qq")),
        (message({"at_bot": True}, platform=None), DEFAULT_CONTEXT),
        (message(None), DEFAULT_CONTEXT.with_platform("qq")),
        (message("not a mapping"), DEFAULT_CONTEXT.with_platform("qq")),
        ({"message_info": None}, DEFAULT_CONTEXT),
        ({}, DEFAULT_CONTEXT),
    ],
)
def test_messages(message_data, expected):
    assert context_from_message(message_data) == expected
    assert current_isolation_context() is DEFAULT_CONTEXT


def test_entering_a_message_makes_it_ambient_for_its_task():
    async def handle(message_data):
        context = enter_message_context(message_data)
        await asyncio.sleep(0)
        return context == current_isolation_context()

    async def main():
        return await asyncio.gather(*(handle(message({"tenant_id": tenant})) for tenant in "abc"))

    assert asyncio.run(main()) == [True, True, True]
    assert [context.tenant_id for context in known_contexts()] == ["a", "b", "c"]


def test_the_other_origins_follow_the_ambient_context():
    assert context_from_request() == background_context() == start_up_context() == DEFAULT_CONTEXT
    with isolation_scope(A):
        assert context_from_request() == background_context() == A
        assert start_up_context() == DEFAULT_CONTEXT


def test_strict_origins():
    set_strict_isolation(True)
    for origin in (context_from_request, background_context):
        with pytest.raises(MissingIsolationContext):
            origin()
    for origin in (start_up_context, lambda: context_from_message(message({"agent_id": "mai"}))):
        with pytest.raises(MissingIsolationContext):
            origin()
    assert context_from_message(message({"tenant_id": "a"})).tenant_id == "a"
    with isolation_scope(A):
        assert start_up_context() == A


@pytest.mark.parametrize("name", ["tenant_id", "agent_id"])
@pytest.mark.parametrize("value", ["*", "a*", "a b", "../a", "a\nb", "x" * 129, "%"])
def test_a_message_cannot_name_a_pattern(name, value):
    with pytest.raises(RefusedId):
        context_from_message(message({"tenant_id": "a", "agent_id": "mai", name: value}))


def request(*headers, kind="http"):
    """What the application below the middleware saw."""
    seen = []

    async def application(scope, receive, send):
        await asyncio.sleep(0)
        seen.append(current_isolation_context())

    async def nothing(*_):
        return {}

    scope = {"type": kind, "headers": list(headers), "client": ("10.0.0.7", 4000)}
    asyncio.run(IsolationMiddleware(application, ["10.0.0.7"])(scope, nothing, nothing))
    assert current_isolation_context() is DEFAULT_CONTEXT
    return seen[0]


def test_middleware():
    assert request((b"x-tenant-id", b"a"), (b"x-agent-id", b"mai")) == A
    assert request((b"X-Tenant-Id", b" a ")) == IsolationContext("a", "default")
    assert request((b"x-tenant-id", b"a"), kind="websocket").tenant_id == "a"


def test_middleware_without_a_tenant():
    assert request() == request((b"x-agent-id", b"mai")) == request((b"x-tenant-id", b"")) == DEFAULT_CONTEXT
    assert request((b"x-tenant-id", b"a"), kind="lifespan") == DEFAULT_CONTEXT


def test_middleware_in_fastapi():
    fastapi = pytest.importorskip("fastapi")
    testclient = pytest.importorskip("fastapi.testclient")
    app = fastapi.FastAPI()
    app.add_middleware(IsolationMiddleware, trusted_proxies=["testclient"])

    @app.get("/async")
    async def in_loop():
        return str(context_from_request())

    @app.get("/sync")
    def in_thread_pool():
        return str(context_from_request())

    client = testclient.TestClient(app)
    for path in ("/async", "/sync"):
        assert client.get(path, headers={"X-Tenant-Id": "a", "X-Agent-Id": "mai"}).json() == "a/mai"
        assert client.get(path).json() == "default/default"
