import asyncio
import functools
from contextlib import asynccontextmanager, contextmanager, suppress
from app.tool import Tool


async def make() -> Tool:
    return Tool()


async def made():
    return Tool()


async def stream():
    yield Tool()


class Source:
    def __aiter__(self):
        return self

    async def __anext__(self):
        return Tool()


class Lock:
    async def __aenter__(self):
        return Tool()

    async def __aexit__(self, *a):
        pass


class Session:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *a):
        pass

    async def tool(self):
        return Tool()


@asynccontextmanager
async def opened():
    yield Tool()


@contextmanager
def sync_opened():
    t = Tool()
    try:
        yield t
    finally:
        pass


async def c1():
    (await make()).use()
    t = await made()
    t.use()


async def c2():
    a, b = await asyncio.gather(made(), make())
    a.use()
    b.use()
    rs = await asyncio.gather(*[made() for _ in range(3)], return_exceptions=True)
    for r in rs:
        r.use()


async def c3():
    task = asyncio.create_task(made())
    t = await task
    t.use()
    task.result().use()
    x = await asyncio.wait_for(made(), 3)
    x.use()
    done, pending = await asyncio.wait([task])
    for d in done:
        d.result().use()


async def c4():
    async for t in stream():
        t.use()
    async for t in Source():
        t.use()
    ts = [t async for t in stream()]
    ts[0].use()
    t = await anext(stream())
    t.use()


async def c5():
    async with Lock() as t:
        t.use()
    async with opened() as t:
        t.use()
    with sync_opened() as t:
        t.use()
    async with Session() as s:
        (await s.tool()).use()
    async with asyncio.timeout(3), Lock() as a, Session() as b:
        a.use()
        (await b.tool()).use()


def plain(a, b):
    return Tool()


def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper


def alogged(level):
    def deco(f):
        @functools.wraps(f)
        async def wrapper(*args, **kwargs):
            return await f(*args, **kwargs)
        return wrapper
    return deco


@logged
def deco_make():
    return Tool()


@alogged(3)
async def deco_amake():
    return Tool()


async def c6():
    p = functools.partial(plain, 1)
    p(2).use()
    deco_make().use()
    (await deco_amake()).use()
    r = await asyncio.to_thread(plain, 1, 2)
    r.use()
    loop = asyncio.get_running_loop()
    r = await loop.run_in_executor(None, plain, 1, 2)
    r.use()
    r = asyncio.run(made())
    r.use()
    r = loop.run_until_complete(made())
    r.use()
    asyncio.run(c1())


async def c7():
    q = asyncio.Queue()
    await q.put(Tool())
    (await q.get()).use()
    q.get_nowait().use()
    async with asyncio.TaskGroup() as tg:
        t1 = tg.create_task(made())
    t1.result().use()
    tasks = [asyncio.create_task(made()) for _ in range(2)]
    for f in asyncio.as_completed(tasks):
        (await f).use()
    for r in await asyncio.gather(*tasks):
        r.use()
