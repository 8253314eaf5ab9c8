"""Isolation of tenants: who code runs for, and what belongs to whom.

The package imports nothing of the bot at module level, so every module may import it.
"""

from .accessor import CircularAccess, IsolatedAccessor, forget_context, isolated_accessor
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
from .config import (
    get_isolated_config,
    get_isolated_model_config,
    reload_isolated_config,
    set_config_overrides,
)
from .context import ANY, DEFAULT_CONTEXT, IsolationContext, RefusedId, outside_id
from .each import for_each_context, in_each_context
from .kept import get_isolated_kernel, set_isolated_kernel, tenant_cache
from .messages import context_from_message, enter_message_context
from .middleware import IsolationMiddleware
from .origins import background_context, command_context, context_from_request, start_up_context
from .overlay import ConfigOverrideError
from .properties import isolated_cached_property
from .parts import tenant_part
from .paths import tenant_path
from .plugins import context_from_plugin, enter_plugin_context
from .proxy import ambient_instance
from .rows import ForeignRow, UnscopedModel, UnscopedQuery, share_rows, tenant_columns, tenant_session
from .tasks import isolated_task, pack_context

__all__ = [
    "ANY",
    "DEFAULT_CONTEXT",
    "CircularAccess",
    "ConfigOverrideError",
    "ForeignRow",
    "IsolatedAccessor",
    "IsolationContext",
    "IsolationMiddleware",
    "MissingIsolationContext",
    "RefusedId",
    "UnscopedModel",
    "UnscopedQuery",
    "ambient_instance",
    "background_context",
    "command_context",
    "context_from_message",
    "context_from_plugin",
    "context_from_request",
    "copy_isolation",
    "current_isolation_context",
    "enter_isolation",
    "enter_message_context",
    "enter_plugin_context",
    "for_each_context",
    "forget_context",
    "get_isolated_config",
    "get_isolated_kernel",
    "get_isolated_model_config",
    "in_each_context",
    "isolated_accessor",
    "isolated_cached_property",
    "isolated_task",
    "isolation_scope",
    "known_contexts",
    "outside_id",
    "pack_context",
    "reload_isolated_config",
    "remember_context",
    "set_config_overrides",
    "set_isolated_kernel",
    "set_strict_isolation",
    "share_rows",
    "start_up_context",
    "tenant_cache",
    "tenant_columns",
    "tenant_part",
    "tenant_path",
    "tenant_session",
]
