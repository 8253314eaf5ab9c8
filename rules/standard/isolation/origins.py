"""Where contexts come from when no message brings one."""

from __future__ import annotations

from .ambient import ambient_context, current_isolation_context, default_context, is_strict_isolation
from .context import IsolationContext


def context_from_request() -> IsolationContext:
    """For HTTP routes: what IsolationMiddleware found in the headers, the default otherwise."""
    return current_isolation_context()


def start_up_context() -> IsolationContext:
    """For loading and initialising, which happen once and for no tenant in particular.

    In strict mode nobody gets the default tenant: open isolation_scope(context) around the start-up.
    """
    ambient = ambient_context() if is_strict_isolation() else None
    return default_context() if ambient is None else ambient


def background_context() -> IsolationContext:
    """For a background task that has no tenant: the ambient context, the default otherwise.

    It keeps a migrated task running as before. A task that works on tenants' data belongs in a
    loop over known_contexts().
    """
    return current_isolation_context()
