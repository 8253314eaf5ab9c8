from .core import Client, send
from .elsewhere import helper

__all__ = ["Client", "send", "helper", "LIMIT"]
LIMIT: str = 11
