import asyncio
from app.config import settings
from app.store import store


def note(text):
    print(text, settings.name)


async def start():
    print("starting", settings.name)
    await store.fetch()
    if settings.loads:
        store.load(
            "a",
            settings.name,
        )
    asyncio.create_task(store.fetch())
    note("a")


async def start_all(words):
    size = store.size()
    for word in words:
        store.load(word)
    last = "x"
    note(last)
    last = "y"
    note(word)
    store.load(await store.fetch())
    return size


async def serve():
    pass


async def run_all():
    while True:
        tasks = [store.fetch(), serve()]
        tasks.append(store.fetch())
        tasks.extend([store.fetch()])
        await asyncio.gather(*tasks)
        await asyncio.gather(store.fetch(), serve())
        kept = [store.fetch()]
        await kept[0]


def start_plainly():
    note("b"); store.load()
