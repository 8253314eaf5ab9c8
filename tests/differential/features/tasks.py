"""Coroutines, tasks and queues of asyncio."""
from features import async_feature


@async_feature
def awaits(b):
    b.write("""
        async def $f(key):
            return "a" + $a + $b
        """, a=b.call(), b=b.call())


@async_feature
def awaits_later(b):
    b.need("import asyncio")
    b.write("""
        async def slow$n(key):
            await asyncio.sleep(0)
            return $a


        async def $f(key):
            waiting = slow$n(key)
            return "l" + await waiting
        """, a=b.call())


@async_feature
def gathers(b):
    b.need("import asyncio")
    b.write("""
        async def part$n(key):
            await asyncio.sleep(0)
            return $a


        async def $f(key):
            return "".join(await asyncio.gather(*(part$n(key + c) for c in "xy"), part$n("z")))
        """, a=b.call())


@async_feature
def makes_tasks(b):
    b.need("import asyncio")
    b.write("""
        async def job$n(key):
            await asyncio.sleep(0)
            return $a


        async def $f(key):
            first = asyncio.create_task(job$n(key))
            async with asyncio.TaskGroup() as group:
                second = group.create_task(job$n("g"))
            return await first + second.result() + await asyncio.wait_for(job$n("w"), 5)
        """, a=b.call())


@async_feature
def async_queue(b):
    b.need("import asyncio")
    b.write("""
        async def consume$n(jobs, out):
            while True:
                key = await jobs.get()
                out.append($a)
                jobs.task_done()


        async def $f(key):
            jobs, out = asyncio.Queue(), []
            task = asyncio.create_task(consume$n(jobs, out))
            for job in (key, "q"):
                jobs.put_nowait(job)
            joined = asyncio.create_task(jobs.join())
            await asyncio.wait({task, joined}, return_when=asyncio.FIRST_COMPLETED)
            joined.cancel()
            task.cancel()
            return "".join(out)
        """, a=b.call())


@async_feature
def async_worker_for_all(b):
    b.need("import asyncio")
    b.write("""
        class Desk$n:
            def __init__(self):
                self.jobs = asyncio.Queue()
                self.task = None

            async def ask(self, key):
                if self.task is None:
                    self.task = asyncio.create_task(self.loop())
                answer = asyncio.get_running_loop().create_future()
                await self.jobs.put((key, answer))
                return await asyncio.wait_for(answer, 10)

            async def loop(self):
                while True:
                    key, answer = await self.jobs.get()
                    answer.set_result($a)


        desk$n = Desk$n()


        async def $f(key):
            return await desk$n.ask(key)
        """, a=b.call())


@async_feature
def async_generator(b):
    b.write("""
        async def stream$n(keys):
            for key in keys:
                yield $a


        async def $f(key):
            texts = [text async for text in stream$n([key, "s"])]
            async for text in stream$n("t"):
                texts.append(text)
            return "".join(texts)
        """, a=b.call())


@async_feature
def async_context_manager(b):
    b.need("import contextlib")
    b.write("""
        class Session$n:
            def __init__(self, key):
                self.key = key

            async def __aenter__(self):
                key = self.key
                return $a

            async def __aexit__(self, *error):
                return None


        @contextlib.asynccontextmanager
        async def opened$n(key):
            yield $b


        async def $f(key):
            async with Session$n(key) as one, opened$n(key) as two:
                return one + two
        """, a=b.call(), b=b.call())


@async_feature
def to_thread(b):
    b.need("import asyncio")
    b.write("""
        async def $f(key):
            loop = asyncio.get_running_loop()
            return await asyncio.to_thread($a, key) + await loop.run_in_executor(None, $b, key)
        """, a=b.use(), b=b.use())


@async_feature
def call_soon(b):
    b.need("import asyncio")
    b.write("""
        async def $f(key):
            loop = asyncio.get_running_loop()
            done = loop.create_future()
            loop.call_soon(lambda: done.set_result($a(key)))
            later = loop.create_future()

            def finish(text):
                later.set_result($b(text))
            loop.call_later(0, finish, key)
            return await asyncio.wait_for(done, 5) + await asyncio.wait_for(later, 5)
        """, a=b.use(), b=b.use())


@async_feature
def done_callback(b):
    b.need("import asyncio")
    b.write("""
        async def $f(key):
            out = []

            async def job():
                return key

            def done(task):
                out.append($a(task.result()))
            task = asyncio.create_task(job())
            task.add_done_callback(done)
            await task
            await asyncio.sleep(0)
            return "".join(out)
        """, a=b.use())


@async_feature
def async_class(b):
    b.need("import asyncio")
    b.write("""
        class Client$n:
            def __init__(self):
                self.lock = asyncio.Lock()

            async def fetch(self, key):
                async with self.lock:
                    return await self.send(key)

            async def send(self, key):
                return $a


        class Cached$n(Client$n):
            async def send(self, key):
                return "cached" + await super().send(key)


        async def $f(key):
            return await Client$n().fetch(key) + await Cached$n().fetch(key)
        """, a=b.call())


@async_feature
def async_decorated(b):
    b.need("import functools")
    b.write("""
        def traced$n(work):
            @functools.wraps(work)
            async def wrapper(*args, **kwargs):
                return "t" + await work(*args, **kwargs)
            return wrapper


        @traced$n
        async def $f(key):
            return $a
        """, a=b.call())


@async_feature
def async_handlers(b):
    b.write("""
        HOOKS$n = {}


        def hook$n(name):
            def decorate(work):
                HOOKS$n.setdefault(name, []).append(work)
                return work
            return decorate


        @hook$n("x")
        async def hooked$n(key):
            return $a


        @hook$n("x")
        async def quiet$n(key):
            return "quiet"


        async def $f(key):
            return "".join([await work(key) for work in HOOKS$n["x"]])
        """, a=b.call())


@async_feature
def async_closure(b):
    b.write("""
        def make$n(tag):
            async def inner(key):
                return tag + $a
            return inner


        async def $f(key):
            return await make$n("x")(key)
        """, a=b.call())
