from .mood import Moods, moods
from .store import Store, cache, get_store

__all__ = [
    "Moods",
    "Store",
    "cache",
    "get_store",
    "moods",
]
