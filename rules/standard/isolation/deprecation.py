"""Says of old routes that they will go: the headers Deprecation (RFC 9745),
Sunset (RFC 8594) and Link.

`app.add_middleware(DeprecationMiddleware)` answers for the routes and dates of
the rules (`api:`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from email.utils import formatdate
from time import strptime
from typing import Any

from . import api_rules

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]


def _seconds(day: str) -> int:
    return calendar.timegm(strptime(day, "%Y-%m-%d"))


def _pattern(path: str) -> re.Pattern[str]:
    """`{name}` is one part of a path, a `*` at the end any rest."""
    rest = path.endswith("*")
    parts = re.split(r"(\{[^{}/]*\})", path.rstrip("*") if rest else path)
    parts = ["[^/]+" if p.startswith("{") else re.escape(p) for p in parts]
    text = "".join(parts)
    return re.compile(text + (".*" if rest else ""))


def deprecation_headers(
    deprecated: str,
    sunset: str,
    link: str,
    successor: str,
) -> list[Header]:
    """Of one route.

    The dates are days, as 2027-03-01; what is empty is left out.
    """
    headers: list[Header] = []
    if deprecated:
        headers.append((b"deprecation", f"@{_seconds(deprecated)}".encode()))
    if sunset:
        headers.append(
            (b"sunset", formatdate(_seconds(sunset), usegmt=True).encode()),
        )
    relations = {
        "deprecation": link if deprecated else "",
        "sunset": link if sunset else "",
        "successor-version": successor,
    }
    links = []
    for relation, target in relations.items():
        if target:
            links.append(f'<{target}>; rel="{relation}"')
    if links:
        headers.append((b"link", ", ".join(links).encode()))
    return headers


class DeprecationMiddleware:
    """ASGI middleware.

    `routes` has tuples of a method (`*`: any), a path and what takes its
    place.
    """

    def __init__(
        self,
        app: Application,
        routes: Iterable[tuple[str, str, str]] = tuple(api_rules.ROUTES),
        deprecated: str = api_rules.DEPRECATED,
        sunset: str = api_rules.SUNSET,
        link: str = api_rules.LINK,
    ) -> None:
        self.app = app
        self._routes = [
            (
                method,
                _pattern(path),
                deprecation_headers(deprecated, sunset, link, successor),
            )
            for method, path, successor in routes
        ]

    def _headers(self, scope: Message) -> list[Header]:
        method = scope.get("method")
        if method == "HEAD":
            method = "GET"
        for wanted, pattern, headers in self._routes:
            if wanted in {"*", method} and pattern.fullmatch(
                scope.get("path", ""),
            ):
                return headers
        return []

    async def __call__(
        self,
        scope: Message,
        receive: Receive,
        send: Send,
    ) -> None:
        headers = self._headers(scope) if scope["type"] == "http" else []
        if not headers:
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message.get("headers", ())}
                said.discard(b"link")  # there may be several
                added = [header for header in headers if header[0] not in said]
                message = {
                    **message,
                    "headers": [*message.get("headers", ()), *added],
                }
            await send(message)

        await self.app(scope, receive, send_with_headers)
