from typing import Protocol, overload

from app.config import settings


class Named(Protocol):
    def name(self) -> str: ...


class Bot(Named):
    def name(self) -> str:
        return settings.name


@overload
def size(x: int) -> int: ...
@overload
def size(x: str) -> str: ...
def size(x):
    return x * settings.factor
