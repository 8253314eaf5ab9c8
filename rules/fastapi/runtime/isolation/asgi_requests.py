"""The tenant of a request to FastAPI or Starlette.

    app.add_middleware(IsolationMiddleware, trusted_proxies=["10.0.0.7"])

Added last, it is around all other middleware; applications that are mounted
have it by that of the one around them.
"""

from __future__ import annotations

from typing import Any

from .ambient import current_isolation_context
from .context import IsolationContext


def context_of(connection: Any) -> IsolationContext:
    """Of a request or a websocket, wherever it was handed on to."""
    scope = getattr(connection, "scope", None) or {}
    found = scope.get("isolation_context")
    return current_isolation_context() if found is None else found
