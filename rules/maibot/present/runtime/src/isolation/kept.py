"""What the bot has one of for the process, in a name of a module: here one for each tenant and agent."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from .accessor import isolated_accessor
from .context import IsolationContext


@isolated_accessor("tenant_id", "agent_id")
def _kept(isolation_context: IsolationContext) -> dict[str, Any]:
    return {}


def get_isolated_kernel(isolation_context: IsolationContext) -> Any | None:
    """The memory engine that runs for the tenant."""
    return _kept(isolation_context).get("kernel")


def set_isolated_kernel(isolation_context: IsolationContext, kernel: Any | None) -> None:
    _kept(isolation_context)["kernel"] = kernel


def tenant_cache(name: str, isolation_context: IsolationContext) -> OrderedDict[Any, Any]:
    """The tenant's own dictionary in place of the module's that `name` names; empty at first."""
    return _kept(isolation_context).setdefault(name, OrderedDict())
