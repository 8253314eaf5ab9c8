"""Where contexts come from when no message brings one."""

from __future__ import annotations

import os

from .ambient import (
    ambient_context,
    current_isolation_context,
    default_context,
    enter_isolation,
    is_strict_isolation,
)
from .context import DEFAULT_CONTEXT, IsolationContext, outside_id

TENANT_VARIABLE = "WEFT_TENANT_ID"
AGENT_VARIABLE = "WEFT_AGENT_ID"


def context_from_request() -> IsolationContext:
    """For HTTP routes: what IsolationMiddleware found in the headers, the
    default otherwise.
    """
    return current_isolation_context()


def enter_tenant(
    tenant_id: str,
    agent_id: str = DEFAULT_CONTEXT.agent_id,
) -> IsolationContext:
    """For work that says by an id whom it is for: ambient until it ends."""
    context = IsolationContext(outside_id(tenant_id), outside_id(agent_id))
    return enter_isolation(context)


def start_up_context() -> IsolationContext:
    """For loading and initialising, which happen once and for no tenant in
    particular.

    In strict mode nobody gets the default tenant: open
    isolation_scope(context) around the start-up.
    """
    ambient = ambient_context() if is_strict_isolation() else None
    return default_context() if ambient is None else ambient


def command_context() -> IsolationContext:
    """For a program that a person runs by itself: the tenant that its
    environment names, for the whole process.

    Without WEFT_TENANT_ID that is the default one, which strict mode refuses.
    Code that is not handed the context finds it as the ambient one.
    """
    context = ambient_context()
    if context is None:
        tenant = os.environ.get(TENANT_VARIABLE)
        agent = os.environ.get(AGENT_VARIABLE) or DEFAULT_CONTEXT.agent_id
        if tenant:
            context = IsolationContext(outside_id(tenant), outside_id(agent))
        else:
            context = default_context()
        enter_isolation(context)
    return context


def background_context() -> IsolationContext:
    """For a background task that has no tenant: the ambient context, the
    default otherwise.

    It keeps a migrated task running as before. A task that works on tenants'
    data belongs in a loop over known_contexts().
    """
    return current_isolation_context()
