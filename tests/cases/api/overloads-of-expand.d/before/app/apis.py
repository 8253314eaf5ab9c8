"""What plugins call."""
from functools import lru_cache

from app.config import settings


# Who it is.
def nickname() -> str:
    return settings.name


def shout() -> str: return settings.name.upper()


def untyped(a, b=2):
    return settings.name, a, b


async def say(user: str, times: int = 1 + 1, *words: str, loud: bool = (True)) -> list[str]:
    return [settings.name] * times


def only(first: int, /, second=("a"), *, third: "list[int] | None" = None, **more) -> dict[str, int]:
    return {settings.name: first}


def by_any_name(**more: object) -> str:
    return settings.name


def of_a_commented_type(kind: (  # which
        int) = 1) -> str:
    return settings.name


@lru_cache
def cached(n: int) -> str:
    return settings.name * n


if settings:
    def either() -> str:
        return settings.name
else:
    def either() -> str:
        return ""


class Client:
    def __init__(self, name: str = "") -> None:
        self.name = settings.name + name

    @staticmethod
    def make(kind: str) -> "Client":
        return Client(settings.name + kind)

    @classmethod
    def of(cls, kind: str = "k") -> "Client":
        return cls(settings.name + kind)

    def read(self, key: str) -> str:
        return settings.name + key


class Loud(Client):
    def read(self, key: str) -> str:
        return settings.name.upper() + key
