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
from .origins import background_context, context_from_request, start_up_context
from .properties import isolated_cached_property
from .proxy import ambient_instance
from .tasks import isolated_task, pack_context
from .triggers import (
    assign_channel,
    context_of_pretrigger,
    context_of_trigger,
    context_of_wrapper,
    enter_trigger,
)

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
    "assign_channel",
    "background_context",
    "context_from_request",
    "context_of_pretrigger",
    "context_of_trigger",
    "context_of_wrapper",
    "copy_isolation",
    "current_isolation_context",
    "enter_isolation",
    "enter_trigger",
    "forget_context",
    "isolated_accessor",
    "isolated_cached_property",
    "isolated_task",
    "isolation_scope",
    "known_contexts",
    "outside_id",
    "pack_context",
    "remember_context",
    "set_strict_isolation",
    "start_up_context",
]
