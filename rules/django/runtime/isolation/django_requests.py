"""The tenant of a request to Django.

    MIDDLEWARE = ["isolation.django_requests.IsolationMiddleware", ...]

A tenant owns hosts, `hosts.assign("red.example.org", "red")`, or is named by
the headers X-Tenant-Id and X-Agent-Id of a proxy that the setting
ISOLATION_TRUSTED_PROXIES names, which has to authenticate the caller and to
set or strip both. Other requests are the default tenant's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

from .ambient import current_isolation_context, isolation_scope
from .context import DEFAULT_CONTEXT, IsolationContext, RefusedId, outside_id
from .middleware import Proxies
from .owners import Owners

hosts = Owners("web")


def context_of(request: Any) -> IsolationContext:
    """What the middleware found out; the ambient context without it."""
    request = getattr(request, "_request", request)  # of REST framework
    found = getattr(request, "isolation_context", None)
    return current_isolation_context() if found is None else found


class IsolationMiddleware:
    """Goes first: what comes behind it runs for the tenant."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        trusted = getattr(settings, "ISOLATION_TRUSTED_PROXIES", None)
        self.proxies = Proxies(trusted)
        self.is_async = asyncio.iscoroutinefunction(get_response)
        if self.is_async:  # how Django asks whether to await this one
            marker: Any = asyncio.coroutines
            self._is_coroutine = getattr(marker, "_is_coroutine", None)

    def __call__(self, request: HttpRequest) -> Any:
        if self.is_async:
            return self.answer_later(request)
        try:
            context = self.find(request)
        except RefusedId:
            return _refuse()
        with isolation_scope(context):
            return self.get_response(request)

    async def answer_later(self, request: HttpRequest) -> HttpResponse:
        try:
            context = self.find(request)
        except RefusedId:
            return _refuse()
        with isolation_scope(context):
            return await self.get_response(request)

    def find(self, request: HttpRequest) -> IsolationContext:
        """Of the proxy's headers, else of the host; raises RefusedId."""
        context = self._named(request) or hosts.context(request.get_host())
        setattr(request, "isolation_context", context)
        return context

    def _named(self, request: HttpRequest) -> IsolationContext | None:
        tenant_id = request.headers.get("X-Tenant-Id", "").strip()
        agent_id = request.headers.get("X-Agent-Id", "").strip()
        if not self.proxies.has(request.META.get("REMOTE_ADDR") or None):
            return None
        if not tenant_id:
            return None
        agent = _id(agent_id) if agent_id else DEFAULT_CONTEXT.agent_id
        return IsolationContext(_id(tenant_id), agent)


def _id(value: str) -> str:
    """WSGI joins a header that is there twice by a comma."""
    if "," in value:
        raise RefusedId("a header that says who it is for is there twice")
    return outside_id(value)


def _refuse() -> HttpResponse:
    text = "X-Tenant-Id or X-Agent-Id is not an id\n"
    return HttpResponseBadRequest(text, content_type="text/plain")
