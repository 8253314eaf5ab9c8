import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial, partialmethod
from app.config import get_settings


def read(key):
    return get_settings().owner + key


def plain(key):
    return key


def check(key, *, reader=read):
    return reader(key)


def look(key, reader=read):
    return reader(key)


def ask(key, reader=read):
    return reader(key)


def seek(key, reader=read):
    return reader(key)


def only(key, reader=read):
    return reader(key)


class Finder:
    def find(self, reader, key):
        return reader(key)

    find_plain = partialmethod(find, plain)

    def both(self, key):
        return self.find(read, key) + self.find_plain(key)


check_plain = partial(check, reader=plain)


async def main(key):
    pool = ThreadPoolExecutor()
    thread = threading.Thread(target=seek, args=(key, plain))
    thread.start()
    thread.join()
    first = await asyncio.to_thread(look, key, plain)
    second = pool.submit(ask, key, plain).result()
    return [check(key), check_plain(key), look(key), ask(key), seek(key), only(key), first, second, Finder().both(key)]


def on_message(key):
    return asyncio.run(main(key))
