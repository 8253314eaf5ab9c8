"""Headers of requests: whose they count, and what no header can say."""

import asyncio

import pytest
from isolation import DEFAULT_CONTEXT, IsolationContext, IsolationMiddleware, context_from_request, known_contexts

A = IsolationContext("a", "mai")
TENANT, AGENT = (b"x-tenant-id", b"a"), (b"x-agent-id", b"mai")


def request(*headers, client=("10.0.0.7", 4000), proxies=("10.0.0.7",), kind="http"):
    """What the application saw, or the status that it was spared."""
    seen, sent = [], []

    async def application(scope, receive, send):
        await asyncio.sleep(0)
        seen.append(context_from_request())

    async def send(message):
        sent.append(message.get("status") or message.get("code"))

    scope = {"type": kind, "headers": list(headers), "client": client}
    asyncio.run(IsolationMiddleware(application, proxies)(scope, send, send))
    return seen[0] if seen else sent[0]


@pytest.mark.parametrize(
    ("client", "proxies"),
    [
        (("10.0.0.7", 4000), ["10.0.0.7"]),
        (("10.0.3.7", 4000), ["192.168.0.1", "10.0.0.0/16"]),
        (("::ffff:10.0.0.7", 4000), ["10.0.0.7"]),
        (("fd00::7", 4000), ["fd00::/8"]),
        (("testclient", 50000), ["testclient"]),
        (None, ["unix"]),
    ],
)
def test_the_headers_of_a_trusted_proxy_count(client, proxies):
    assert request(TENANT, AGENT, client=client, proxies=proxies) == A
    assert request(TENANT, AGENT, client=client, proxies=proxies, kind="websocket") == A


@pytest.mark.parametrize(
    ("client", "proxies"),
    [
        (("10.0.0.8", 4000), ["10.0.0.7"]),
        (("10.0.0.7", 4000), []),
        (("10.0.0.7", 4000), None),
        (("", 0), [""]),
        (("unix", 0), []),
        (None, ["10.0.0.7"]),
        (("10.0.0.7.example.org", 4000), ["10.0.0.7"]),
    ],
)
def test_those_of_strangers_do_not(client, proxies):
    assert request(TENANT, AGENT, client=client, proxies=proxies) == DEFAULT_CONTEXT
    assert request((b"x-tenant-id", b"*"), client=client, proxies=proxies) == DEFAULT_CONTEXT
    assert known_contexts() == ()


def test_proxies_from_the_environment(monkeypatch):
    monkeypatch.setenv("WEFT_TRUSTED_PROXIES", " 10.0.0.0/24 , 192.168.1.1,")
    assert request(TENANT, AGENT, proxies=None) == A
    assert request(TENANT, AGENT, proxies=None, client=("10.0.1.7", 1)) == DEFAULT_CONTEXT


@pytest.mark.parametrize("proxies", [["*"], ["10.0.0.1/24"], ["10.*"]])
def test_settings_that_trust_too_many_are_mistakes(proxies):
    with pytest.raises(ValueError):
        IsolationMiddleware(None, proxies)
    with pytest.raises(TypeError):
        IsolationMiddleware(None, "10.0.0.7")


@pytest.mark.parametrize("value", [b"*", b"a*", b"?", b"[ab]", b"%", b"a/b", b"..", b"a b", b"a\x00", b"\xff", b"\xe2\x80\xae", b"x" * 129])
@pytest.mark.parametrize("name", [b"x-tenant-id", b"x-agent-id"])
def test_a_pattern_is_no_id(name, value):
    headers = {b"x-tenant-id": b"a", b"x-agent-id": b"mai", name: value}
    assert request(*headers.items()) == 400
    assert request(*headers.items(), kind="websocket") == 1008
    assert known_contexts() == ()


def test_a_header_that_is_there_twice_is_refused():
    assert request(TENANT, (b"X-Tenant-Id", b"b")) == 400
    assert request(TENANT, AGENT, (b"X-AGENT-ID", b"mai")) == 400


def test_ids_are_utf_8_and_may_be_absent():
    assert request((b"x-tenant-id", "租户".encode())) == IsolationContext("租户", "default")
    assert request((b"X-Tenant-Id", b" a ")) == IsolationContext("a", "default")
    assert request(AGENT) == request((b"x-tenant-id", b" ")) == DEFAULT_CONTEXT
    assert request(TENANT, kind="lifespan") == DEFAULT_CONTEXT
