"""Where contexts come from: the event, the platform, the dashboard's request.

The bot's own classes are not named here, not even for types: their modules
import this package.
"""

from __future__ import annotations

from typing import Any

from .ambient import (
    ambient_context,
    current_isolation_context,
    default_context,
    is_strict_isolation,
)
from .context import DEFAULT_CONTEXT, IsolationContext, outside_id

_owners: dict[str, tuple[str, str]] = {}
"""id of a platform instance -> (tenant, agent)"""


def assign_platform(
    platform_id: str,
    tenant_id: str,
    agent_id: str = DEFAULT_CONTEXT.agent_id,
) -> None:
    """Say whose platform instance this is.

    One that nobody was told about is the default tenant's, in strict mode
    nobody's.
    """
    IsolationContext(
        outside_id(tenant_id),
        outside_id(agent_id),
    )  # refuses what is no id
    _owners[platform_id] = (tenant_id, agent_id)


def context_of_event(event: Any) -> IsolationContext:
    """The owner of the platform instance that the event came in on, and its
    chat.
    """
    owner = _owner_of(event.get_platform_id())
    chat = event.unified_msg_origin
    return owner.with_chat_stream(chat) if chat else owner


def context_of_run(run_context: Any) -> IsolationContext:
    """That of the event which an agent runs for; the ambient one when it runs
    for none.
    """
    event = getattr(run_context.context, "event", None)
    if event is None:
        return current_isolation_context()
    return context_of_event(event)


def platform_context(platform: Any) -> IsolationContext:
    """The owner of a platform instance; no chat is known yet."""
    return _owner_of(platform.meta().id)


def context_from_request() -> IsolationContext:
    """For the dashboard: what IsolationMiddleware found in the headers, the
    default otherwise.
    """
    return current_isolation_context()


def start_up_context() -> IsolationContext:
    """For loading and initialising, which happen once and for no tenant in
    particular.

    In strict mode nobody gets the default tenant: open
    isolation_scope(context) around the start-up.
    """
    ambient = ambient_context() if is_strict_isolation() else None
    return default_context() if ambient is None else ambient


def _owner_of(platform_id: str | None) -> IsolationContext:
    owner = _owners.get(platform_id or "")
    if owner is None:
        default = default_context()
        owner = default.tenant_id, default.agent_id
    return IsolationContext(*owner, platform=platform_id or None)
