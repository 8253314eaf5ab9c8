"""Configuration per tenant and agent, laid over the bot's own.

The bot's configuration objects stay where they are. The default tenant, while it has no
overrides, gets them as they are, so that nothing changes for a bot with one tenant. Everyone
else gets a private deep copy, made on first use: writing through it is seen by nobody else.

A copy is made anew when the bot binds a new configuration object (a reload that replaces it)
and when overrides change. A reload that writes into the old object is seen by the default
tenant only, until reload_isolated_config() drops the copies.
"""

from __future__ import annotations

import copy
import importlib
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from .accessor import isolated_accessor
from .context import ANY, DEFAULT_CONTEXT, IsolationContext
from .overlay import ConfigOverrideError, lay_over, settings_of

if TYPE_CHECKING:
    from src.config.config import ModelConfig, Config  # pyright: ignore[reportMissingImports]

_MODULE = "src.config.config"
_BASES = ("global_config", "model_config")

Owner = tuple[str, "str | None"]

_lock = threading.RLock()
_overrides: dict[Owner, dict[str, Any]] = {}


@isolated_accessor("tenant_id", "agent_id")
def _copies(isolation_context: IsolationContext) -> dict[str, tuple[object, object]]:
    """Base name -> (the base object that was copied, the copy). Whoever sends ids makes no more of these
    than the accessor keeps."""
    return {}


def get_isolated_config(isolation_context: IsolationContext) -> Config:
    return cast("Config", _isolated("global_config", isolation_context))


def get_isolated_model_config(isolation_context: IsolationContext) -> ModelConfig:
    return cast("ModelConfig", _isolated("model_config", isolation_context))


def set_config_overrides(
    tenant_id: str,
    overrides: Mapping[str, Any],
    agent_id: str | None = None,
) -> None:
    """Replace the overrides of a tenant, or of one of its agents. An empty mapping removes them.

    Nested mappings and dotted keys mean the same: {"bot": {"nickname": "Mai"}} and
    {"bot.nickname": "Mai"}. A section belongs to whichever of the two configurations has it.
    An agent's overrides are laid over its tenant's. Code that holds a configuration object it
    got earlier keeps that one.

    Raises ConfigOverrideError for a setting that does not exist: now if the bot's configuration
    is loaded, at first use otherwise.
    """
    owner: Owner = (tenant_id, agent_id)
    with _lock:
        if _MODULE in sys.modules:
            _check(overrides)
        if overrides:
            _overrides[owner] = copy.deepcopy(dict(overrides))
        else:
            _overrides.pop(owner, None)
        _copies.forget(IsolationContext(tenant_id, ANY))


def reload_isolated_config() -> None:
    """Drop all copies; overrides stay. The next use copies the bot's configuration again."""
    with _lock:
        _copies.clear()


def _isolated(name: str, context: IsolationContext) -> object:
    base = _base(name)
    if context.tenant_id == DEFAULT_CONTEXT.tenant_id and not _layers(context):
        return base
    copies = _copies(context)
    found = copies.get(name)
    if found is not None and found[0] is base:
        return found[1]
    with _lock:
        copies = _copies(context)  # those from before may have been dropped
        found = copies.get(name)
        if found is not None and found[0] is base:
            return found[1]
        layers = _layers(context)
        for overrides in layers:
            _check_sections(overrides)
        private = copy.deepcopy(base)
        for overrides in layers:
            lay_over(private, _sections(overrides, base))
        copies[name] = (base, private)
        return private


def _base(name: str) -> object:
    """The object behind the name, which is a stand-in for whatever was loaded last."""
    return getattr(importlib.import_module(_MODULE).config_manager, "get_" + name)()


def _layers(context: IsolationContext) -> list[dict[str, Any]]:
    owners: list[Owner] = [(context.tenant_id, None), (context.tenant_id, context.agent_id)]
    return [_overrides[owner] for owner in owners if owner in _overrides]


def _sections(overrides: Mapping[str, Any], base: object) -> dict[str, Any]:
    """The part of `overrides` that concerns `base`."""
    known = settings_of(base)
    return {key: value for key, value in overrides.items() if key.partition(".")[0] in known}


def _check_sections(overrides: Mapping[str, Any]) -> None:
    known = {setting for name in _BASES for setting in settings_of(_base(name))}
    for key in overrides:
        if key.partition(".")[0] not in known:
            raise ConfigOverrideError(key, known)


def _check(overrides: Mapping[str, Any]) -> None:
    _check_sections(overrides)
    for name in _BASES:
        base = _base(name)
        lay_over(copy.deepcopy(base), _sections(overrides, base))
