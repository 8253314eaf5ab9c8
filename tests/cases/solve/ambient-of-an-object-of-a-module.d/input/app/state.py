from contextvars import ContextVar

current = ContextVar("tenant", default="")
