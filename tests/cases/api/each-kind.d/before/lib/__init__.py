from .core import Client, send
from .moved import helper

__all__ = ["Client", "send", "helper", "GONE", "LIMIT"]
GONE = 1
LIMIT: int = 10
