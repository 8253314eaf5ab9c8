"""Set the ambient context of an HTTP request from the headers of a proxy that
is trusted.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from .ambient import isolation_scope
from .context import DEFAULT_CONTEXT, IsolationContext, RefusedId, outside_id

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PROXIES_VARIABLE = "WEFT_TRUSTED_PROXIES"
UNIX_SOCKET = "unix"
_TENANT, _AGENT = b"x-tenant-id", b"x-agent-id"


class Proxies:
    """Whose headers count; without a list those of WEFT_TRUSTED_PROXIES."""

    def __init__(self, trusted: Iterable[str] | None = None) -> None:
        if isinstance(trusted, str):
            raise TypeError("trusted_proxies is a list of addresses")
        if trusted is None:
            trusted = os.environ.get(PROXIES_VARIABLE, "").split(",")
        self._names, self._networks = _read_proxies(trusted)

    def has(self, client: str | None) -> bool:
        """Whether it is the address of one; None is a socket file's."""
        host = client or UNIX_SOCKET
        if host in self._names:
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        mapped = getattr(
            address,
            "ipv4_mapped",
            None,
        )  # ::ffff:10.0.0.7, on a socket for both
        address = address if mapped is None else mapped
        return any(address in network for network in self._networks)


class IsolationMiddleware:
    """ASGI middleware: `app.add_middleware(IsolationMiddleware,
    trusted_proxies=["10.0.0.7"])`.

    X-Tenant-Id and X-Agent-Id count only when the request comes directly from
    one of `trusted_proxies`: addresses, networks ("10.0.0.0/24"), the name
    that a test client gives itself, or "unix" for a server on a socket file.
    Without the argument these are what WEFT_TRUSTED_PROXIES lists, separated
    by commas, and without that none. The proxy has to authenticate the caller,
    and to set or strip both headers.

    Requests from elsewhere, and those without X-Tenant-Id, are left alone:
    they run for whoever is ambient. A trusted request that repeats a header,
    or whose ids are none, is answered with 400.
    """

    def __init__(
        self,
        app: Application,
        trusted_proxies: Iterable[str] | None = None,
    ) -> None:
        self.app = app
        self._proxies = Proxies(trusted_proxies)

    async def __call__(
        self,
        scope: Message,
        receive: Receive,
        send: Send,
    ) -> None:
        client = scope.get("client")
        if scope["type"] not in {"http", "websocket"} or not self._proxies.has(
            client[0] if client else None,
        ):
            await self.app(scope, receive, send)
            return
        try:
            context = _context_of(scope.get("headers", ()))
        except RefusedId:
            await _refuse(scope, send)
            return
        if context is None:
            await self.app(scope, receive, send)
            return
        scope["isolation_context"] = context  # for who is handed the request
        with isolation_scope(context):
            await self.app(scope, receive, send)


def _read_proxies(proxies: Iterable[str]) -> tuple[set[str], list[Network]]:
    names: set[str] = set()
    networks: list[Network] = []
    for proxy in (proxy.strip() for proxy in proxies):
        if "*" in proxy:
            raise ValueError(
                "trusted_proxies cannot be everybody: name the address",
            )
        try:
            networks.append(ipaddress.ip_network(proxy))
        except ValueError:
            if "/" in proxy:
                raise
            names.update({proxy} - {""})
    return names, networks


def _only(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    """The header's text; a second one may be a stranger's that the proxy let
    through beside its own.
    """
    values = [value for key, value in headers if key.lower() == name]
    if len(values) > 1:
        raise RefusedId(f"{name.decode()} is there {len(values)} times")
    if not values or not values[0].strip():
        return None
    try:
        return outside_id(values[0].strip().decode())
    except UnicodeDecodeError:
        raise RefusedId(f"{name.decode()} is not UTF-8") from None


def _context_of(
    headers: Iterable[tuple[bytes, bytes]],
) -> IsolationContext | None:
    headers = list(headers)
    tenant_id, agent_id = _only(headers, _TENANT), _only(headers, _AGENT)
    if not tenant_id:
        return None
    return IsolationContext(tenant_id, agent_id or DEFAULT_CONTEXT.agent_id)


async def _refuse(scope: Message, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send(
        {"type": "http.response.start", "status": 400, "headers": headers},
    )
    await send(
        {
            "type": "http.response.body",
            "body": b"X-Tenant-Id or X-Agent-Id is not an id\n",
        },
    )
