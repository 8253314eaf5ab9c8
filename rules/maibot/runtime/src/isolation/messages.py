"""The context of an inbound message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .ambient import default_context, enter_isolation
from .context import DEFAULT_CONTEXT, IsolationContext, outside_id


def context_from_message(message_data: Mapping[str, Any]) -> IsolationContext:
    """The context that an inbound message names in
    message_info.additional_config.

    What it does not name is the default tenant's, and an error in strict mode.
    An id that is a pattern or none at all raises RefusedId. The chat is not
    known yet: narrow with with_chat_stream once the stream is found.
    """
    message_info = _mapping(message_data.get("message_info"))
    additional_config = _mapping(message_info.get("additional_config"))
    tenant = _id(additional_config.get("tenant_id"))
    agent = _id(additional_config.get("agent_id"))
    return IsolationContext(
        tenant_id=tenant or default_context().tenant_id,
        agent_id=agent or DEFAULT_CONTEXT.agent_id,
        platform=_text(message_info.get("platform")),
    )


def enter_message_context(message_data: Mapping[str, Any]) -> IsolationContext:
    """context_from_message, and ambient for the rest of the running task.

    This is the one for a message handler: plugins and callbacks below it that
    are not handed a context then find the message's tenant, not the default
    one.
    """
    return enter_isolation(context_from_message(message_data))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _id(value: object) -> str | None:
    text = _text(value)
    return outside_id(text) if text else None


def _text(value: object) -> str | None:
    """Adapters send ids as text or as numbers."""
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return str(value).strip() or None
    return None
