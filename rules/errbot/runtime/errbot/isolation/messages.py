"""The context of a message, and what belongs to it.

The bot's own classes are not named here, not even for types: their modules
import this package.
"""

from __future__ import annotations

import importlib
from typing import Any

from .accessor import isolated_accessor
from .ambient import default_context, enter_isolation
from .context import DEFAULT_CONTEXT, IsolationContext, outside_id

_owners: dict[str, tuple[str, str]] = {}
"""text of a room -> (tenant, agent)"""


def assign_room(
    room: str,
    tenant_id: str,
    agent_id: str = DEFAULT_CONTEXT.agent_id,
) -> None:
    """Say whose room this is.

    One that nobody was told about is the default tenant's, in strict mode
    nobody's.
    """
    IsolationContext(
        outside_id(tenant_id),
        outside_id(agent_id),
    )  # refuses what is no id
    _owners[room] = (tenant_id, agent_id)


def context_of_message(msg: Any) -> IsolationContext:
    room = str(getattr(msg.frm, "room", None) or msg.to or "")
    owner = _owners.get(room)
    if owner is None:
        default = default_context()
        owner = default.tenant_id, default.agent_id
    return IsolationContext(*owner, chat_stream_id=room or None)


def enter_message(msg: Any) -> IsolationContext:
    """context_of_message, and ambient for the rest of the thread: for the
    bot's dispatcher.
    """
    return enter_isolation(context_of_message(msg))


def get_isolated_templates(isolation_context: IsolationContext) -> Any:
    """The bot's templates for the default tenant; for another an overlay that
    is its own to change.
    """
    base = importlib.import_module("errbot.templating").env
    if isolation_context.tenant_id == DEFAULT_CONTEXT.tenant_id:
        return base
    return _overlay(isolation_context)


@isolated_accessor("tenant_id")
def _overlay(isolation_context: IsolationContext) -> Any:
    return importlib.import_module("errbot.templating").env.overlay()
