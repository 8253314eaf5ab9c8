"""The context of a line from the server.

The bot's own classes are not named here, not even for types: their modules
import this package.
"""

from __future__ import annotations

from typing import Any

from .ambient import default_context, enter_isolation
from .context import DEFAULT_CONTEXT, IsolationContext, outside_id

_owners: dict[str, tuple[str, str]] = {}
"""lowercased channel -> (tenant, agent)"""


def assign_channel(
    channel: str,
    tenant_id: str,
    agent_id: str = DEFAULT_CONTEXT.agent_id,
) -> None:
    """Say whose channel this is.

    One that nobody was told about is the default tenant's, in strict mode
    nobody's.
    """
    IsolationContext(
        outside_id(tenant_id),
        outside_id(agent_id),
    )  # refuses what is no id
    _owners[channel.lower()] = (tenant_id, agent_id)


def context_of_trigger(trigger: Any) -> IsolationContext:
    return _context_of(trigger.sender)


def context_of_pretrigger(pretrigger: Any) -> IsolationContext:
    return _context_of(pretrigger.sender)


def context_of_wrapper(wrapper: Any) -> IsolationContext:
    return _context_of(wrapper._trigger.sender)


def enter_trigger(trigger: Any) -> IsolationContext:
    """context_of_trigger, and ambient for the rest of the thread or task: for
    the bot's dispatcher.
    """
    return enter_isolation(context_of_trigger(trigger))


def _context_of(place: str | None) -> IsolationContext:
    owner = _owners.get((place or "").lower())
    if owner is None:
        default = default_context()
        owner = default.tenant_id, default.agent_id
    return IsolationContext(
        *owner,
        platform="irc",
        chat_stream_id=place or None,
    )
