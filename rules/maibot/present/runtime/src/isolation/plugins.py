"""The context of what a plugin hands in: a message of its platform, or a call of what the bot can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .ambient import default_context, enter_isolation
from .context import DEFAULT_CONTEXT, IsolationContext, outside_id


def context_from_plugin(payload: Mapping[str, Any] | None) -> IsolationContext:
    """The context that `payload` names: by itself, in its message, or in the additional_config of either.

    What it does not name is the default tenant's, and an error in strict mode. An id that is a pattern or
    none at all raises RefusedId.
    """
    places = [_mapping(payload)]
    for name in ("message", "message_info", "additional_config", "route_metadata"):
        places += [_mapping(place.get(name)) for place in list(places)]
    return IsolationContext(
        tenant_id=_first(places, "tenant_id") or default_context().tenant_id,
        agent_id=_first(places, "agent_id") or DEFAULT_CONTEXT.agent_id,
        platform=_first(places, "platform"),
    )


def enter_plugin_context(payload: Mapping[str, Any] | None) -> IsolationContext:
    """context_from_plugin, and ambient for the rest of the running task."""
    return enter_isolation(context_from_plugin(payload))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _first(places: list[Mapping[str, Any]], name: str) -> str | None:
    for place in places:
        value = place.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return outside_id(str(value).strip()) if name != "platform" else str(value).strip()
    return None
