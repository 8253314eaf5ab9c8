from .context import IsolationContext, current_isolation_context

__all__ = ["IsolationContext", "current_isolation_context"]
