from .manager import get_session_manager, SessionManager

__all__ = [
    "SessionManager",
    "get_session_manager",
]
