"""Isolation of tenants: who code runs for, and what belongs to whom.

The package imports nothing of the bot at module level, so every module may
import it.
"""

from .accessor import (
    CircularAccess,
    IsolatedAccessor,
    forget_context,
    isolated_accessor,
)
from .ambient import (
    MissingIsolationContext,
    copy_isolation,
    current_isolation_context,
    enter_isolation,
    isolation_scope,
    known_contexts,
    remember_context,
    set_strict_isolation,
)
from .context import (
    ANY,
    DEFAULT_CONTEXT,
    IsolationContext,
    RefusedId,
    outside_id,
)
from .middleware import IsolationMiddleware
from .origins import (
    assign_platform,
    context_from_request,
    context_of_event,
    context_of_run,
    platform_context,
    start_up_context,
)
from .properties import isolated_cached_property
from .proxy import ambient_instance
from .stores import (
    get_isolated_config,
    get_isolated_database,
    get_isolated_preferences,
    open_tenant,
)
from .tasks import isolated_task, pack_context

__all__ = [
    "ANY",
    "DEFAULT_CONTEXT",
    "CircularAccess",
    "IsolatedAccessor",
    "IsolationContext",
    "IsolationMiddleware",
    "MissingIsolationContext",
    "RefusedId",
    "ambient_instance",
    "assign_platform",
    "context_from_request",
    "context_of_event",
    "context_of_run",
    "copy_isolation",
    "current_isolation_context",
    "enter_isolation",
    "forget_context",
    "get_isolated_config",
    "get_isolated_database",
    "get_isolated_preferences",
    "isolated_accessor",
    "isolated_cached_property",
    "isolated_task",
    "isolation_scope",
    "known_contexts",
    "open_tenant",
    "outside_id",
    "pack_context",
    "platform_context",
    "remember_context",
    "set_strict_isolation",
    "start_up_context",
]
