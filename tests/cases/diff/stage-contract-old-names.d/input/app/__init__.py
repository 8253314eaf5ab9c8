from .mood import Moods, get_isolated_moods, moods
from .store import Store, get_isolated_cache, get_isolated_store, get_store

__all__ = [
    "Moods",
    "Store",
    "get_isolated_cache",
    "get_store",
    "get_isolated_store",
    "moods",
    "get_isolated_moods",
]
