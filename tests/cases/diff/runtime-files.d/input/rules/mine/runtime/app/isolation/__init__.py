from .context import IsolationContext, current_isolation_context, get_settings

__all__ = ["IsolationContext", "current_isolation_context", "get_settings"]
