from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.config import settings

Handler = Callable[[dict], Awaitable[None]]


class Queue:
    def __init__(self):
        self._listener: Callable[[dict], Awaitable[None]] | None = None
        self._other: Callable[[dict], None] | None = None

    def listen(self, callback: Callable[[dict], Awaitable[None]]):
        self._listener = callback

    async def put(self, data: dict):
        if self._listener:
            await self._listener(data)
        if self._other:
            self._other(data)


class Adapter:
    def __init__(self):
        self.queue = Queue()
        self.queue.listen(self.on_data)

    async def on_data(self, data: dict) -> None:
        settings.seen(data)


@dataclass
class Bridge:
    refs: "Callable[[str, list], dict]"


def refs_of(text: str, parts: list) -> dict:
    return settings.refs


def use_bridge():
    return Bridge(refs=refs_of).refs("", [])


async def run(handler: Handler):
    await handler({})


async def use_handler():
    await run(Adapter().on_data)


def result_stays_inferred() -> Callable[[], str]:
    def inner():
        return settings.name

    return inner


def use_result():
    return result_stays_inferred()()


def plain(test: Callable[[str], bool]):
    return test("not ours")
