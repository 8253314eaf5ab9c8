"""Set the ambient context of an HTTP request from its headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from .ambient import isolation_scope
from .context import DEFAULT_CONTEXT, IsolationContext

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


class IsolationMiddleware:
    """ASGI middleware: `app.add_middleware(IsolationMiddleware)`.

    Whoever can set X-Tenant-Id chooses the tenant, so the gateway in front has to authenticate
    the caller and set or strip these headers. Requests without X-Tenant-Id are left alone.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        context = _context_of(scope)
        if context is None:
            await self.app(scope, receive, send)
            return
        with isolation_scope(context):
            await self.app(scope, receive, send)


def _context_of(scope: Message) -> IsolationContext | None:
    if scope["type"] not in {"http", "websocket"}:
        return None
    headers: Iterable[tuple[bytes, bytes]] = scope.get("headers", ())
    values = {name.lower(): value.decode("latin-1").strip() for name, value in headers}
    tenant_id = values.get(b"x-tenant-id")
    if not tenant_id:
        return None
    return IsolationContext(tenant_id, values.get(b"x-agent-id") or DEFAULT_CONTEXT.agent_id)
