__all__ = ["names"]

from . import store

names = ["plain"]
