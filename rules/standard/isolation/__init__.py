"""Isolation of tenants: who code runs for, and what belongs to whom.

The package imports nothing of the program at module level, so every module may
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
    ask_for_context,
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
from .each import for_each_context, in_each_context
from .middleware import IsolationMiddleware
from .origins import (
    background_context,
    command_context,
    context_from_request,
    enter_tenant,
    start_up_context,
)
from .owners import Owners
from .parts import tenant_part
from .paths import tenant_path
from .properties import isolated_cached_property
from .proxy import ambient_instance
from .settings import set_tenant_settings, tenant_settings
from .tasks import isolated_task, pack_context

__all__ = [
    "ANY",
    "DEFAULT_CONTEXT",
    "CircularAccess",
    "IsolatedAccessor",
    "IsolationContext",
    "IsolationMiddleware",
    "MissingIsolationContext",
    "Owners",
    "RefusedId",
    "ambient_instance",
    "ask_for_context",
    "background_context",
    "command_context",
    "context_from_request",
    "copy_isolation",
    "current_isolation_context",
    "enter_isolation",
    "enter_tenant",
    "for_each_context",
    "forget_context",
    "in_each_context",
    "isolated_accessor",
    "isolated_cached_property",
    "isolated_task",
    "isolation_scope",
    "known_contexts",
    "outside_id",
    "pack_context",
    "remember_context",
    "set_strict_isolation",
    "set_tenant_settings",
    "start_up_context",
    "tenant_part",
    "tenant_path",
    "tenant_settings",
]
