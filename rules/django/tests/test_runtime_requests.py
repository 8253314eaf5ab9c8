"""Who a request is for."""

from __future__ import annotations

import asyncio

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from isolation import current_isolation_context
from isolation.django_requests import IsolationMiddleware, context_of, hosts


def answer(request):
    assert context_of(request) == current_isolation_context()
    return HttpResponse(current_isolation_context().tenant_id)


def ask(host="x.example", proxy="10.0.0.7", **headers):
    request = RequestFactory().get("/", HTTP_HOST=host, REMOTE_ADDR=proxy, **headers)
    return IsolationMiddleware(answer)(request)


def test_a_proxy_names_the_tenant():
    assert ask(HTTP_X_TENANT_ID="red").content == b"red"
    assert ask().content == b"default"


def test_a_stranger_names_nobody():
    assert ask(proxy="10.0.0.8", HTTP_X_TENANT_ID="red").content == b"default"


def test_the_host_names_the_tenant_unless_the_proxy_does():
    hosts.assign("red.example", "red")
    assert ask("red.example").content == b"red"
    assert ask("red.example", HTTP_X_TENANT_ID="blue").content == b"blue"
    assert ask("red.example", proxy="10.0.0.8", HTTP_X_TENANT_ID="blue").content == b"red"


@pytest.mark.parametrize("tenant", ["red,blue", "*", "a b", "x" * 200])
def test_what_is_no_id_is_refused(tenant):
    assert ask(HTTP_X_TENANT_ID=tenant).status_code == 400


def test_nothing_stays_ambient():
    ask(HTTP_X_TENANT_ID="red")
    assert current_isolation_context().tenant_id == "default"


def test_asynchronous():
    async def answer_later(request):
        await asyncio.sleep(0)
        return answer(request)

    async def both():
        middleware = IsolationMiddleware(answer_later)
        assert asyncio.iscoroutinefunction(middleware)
        requests = (RequestFactory().get("/", REMOTE_ADDR="10.0.0.7", HTTP_X_TENANT_ID=t) for t in ("red", "blue"))
        return await asyncio.gather(*map(middleware, requests))

    assert [response.content for response in asyncio.run(both())] == [b"red", b"blue"]
