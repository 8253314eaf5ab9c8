"""Coroutines as real programs write them: generators, contexts, timeouts, servers of a few lines."""
from features import async_feature


@async_feature
def async_generator_protocol(b):
    b.need("import contextlib")
    b.write("""
        async def talk$n(key):
            try:
                said = yield $a
                while said:
                    key = said
                    said = yield $b
            finally:
                pass


        async def $f(key):
            async with contextlib.aclosing(talk$n(key)) as talk:
                return await anext(talk) + await talk.asend("x")
        """, a=b.call(), b=b.call())


@async_feature
def async_iterator_class(b):
    b.write("""
        class Pages$n:
            def __init__(self, keys):
                self.keys = list(keys)

            def __aiter__(self):
                return self

            async def __anext__(self):
                if not self.keys:
                    raise StopAsyncIteration
                key = self.keys.pop(0)
                return $a


        async def $f(key):
            texts = {text: 1 async for text in Pages$n([key, "p"]) if text}
            return "".join(texts) + "".join([c async for c in Pages$n("z")])
        """, a=b.call())


@async_feature
def awaitable_object(b):
    b.write("""
        class Later$n:
            def __init__(self, key):
                self.key = key

            async def work(self):
                key = self.key
                return $a

            def __await__(self):
                return self.work().__await__()


        async def $f(key):
            return await Later$n(key)
        """, a=b.call())


@async_feature
def async_exit_stack(b):
    b.need("import contextlib")
    b.write("""
        async def note$n(key, out):
            out.append($a)


        @contextlib.asynccontextmanager
        async def opened$n(key):
            text = $b
            try:
                yield text
            finally:
                del text


        async def $f(key):
            out = []
            async with contextlib.AsyncExitStack() as stack:
                out.append(await stack.enter_async_context(opened$n(key)))
                stack.push_async_callback(note$n, key, out)
                stack.callback(out.append, "end")
            return "".join(out)
        """, a=b.call(), b=b.call())


@async_feature
def timeouts_and_shields(b):
    b.need("import asyncio")
    b.write("""
        async def slow$n(key):
            await asyncio.sleep(0)
            return $a


        async def $f(key):
            async with asyncio.timeout(5):
                first = await asyncio.shield(slow$n(key))
            done, _ = await asyncio.wait([asyncio.ensure_future(slow$n("w"))])
            results = await asyncio.gather(slow$n("g"), return_exceptions=True)
            later = [await one for one in asyncio.as_completed([slow$n("c")])]
            return first + done.pop().result() + results[0] + later[0]
        """, a=b.call())


@async_feature
def async_locks(b):
    b.need("import asyncio")
    b.write("""
        class Shared$n:
            def __init__(self):
                self.limit = asyncio.Semaphore(1)
                self.ready = asyncio.Event()
                self.text = ""

            async def fill(self, key):
                async with self.limit:
                    self.text = $a
                self.ready.set()

            async def wait(self):
                await self.ready.wait()
                return self.text


        async def $f(key):
            shared = Shared$n()
            _, text = await asyncio.gather(shared.fill(key), shared.wait())
            return text
        """, a=b.call())


@async_feature
def partial_in_executor(b):
    b.need("import asyncio")
    b.need("import concurrent.futures")
    b.need("import functools")
    b.write("""
        def work$n(key, *, tail):
            return $a(key) + tail


        async def $f(key):
            loop = asyncio.get_running_loop()
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                return await loop.run_in_executor(pool, functools.partial(work$n, key, tail="t"))
        """, a=b.use())


@async_feature
def coroutine_in_other_thread(b):
    b.need("import asyncio")
    b.write("""
        async def inner$n(key):
            return $a


        def blocking$n(key):
            return asyncio.run(inner$n(key))


        async def $f(key):
            return await asyncio.to_thread(blocking$n, key)
        """, a=b.call())


@async_feature
def thread_asks_loop(b):
    b.need("import asyncio")
    b.write("""
        async def inner$n(key):
            return $a


        def ask$n(loop, key):
            return asyncio.run_coroutine_threadsafe(inner$n(key), loop).result(10)


        async def $f(key):
            return await asyncio.to_thread(ask$n, asyncio.get_running_loop(), key)
        """, a=b.call())


@async_feature
def async_command_table(b):
    b.write("""
        class Bot$n:
            def __init__(self):
                self.commands = {}

            def command(self, name=None):
                def add(work):
                    self.commands[name or work.__name__] = work
                    return work
                return add

            async def dispatch(self, name, *args):
                return await self.commands[name](*args)


        bot$n = Bot$n()


        @bot$n.command()
        async def hello$n(key):
            return $a


        @bot$n.command("named")
        async def other$n(key, *rest):
            return $b + "".join(rest)


        async def $f(key):
            return await bot$n.dispatch("hello$n", key) + await bot$n.dispatch("named", key, "r")
        """, a=b.call(), b=b.call())


@async_feature
def async_class_commands(b):
    b.need("import inspect")
    b.write("""
        class Cog$n:
            async def do_one(self, key):
                return $a

            def do_two(self, key):
                return key

            async def run(self, key):
                out = ""
                for name in ("one", "two"):
                    result = getattr(self, "do_" + name)(key)
                    out += await result if inspect.isawaitable(result) else result
                return out


        async def $f(key):
            return await Cog$n().run(key)
        """, a=b.call())


@async_feature
def async_middleware(b):
    b.write("""
        MIDDLEWARES$n = []


        def middleware$n(work):
            MIDDLEWARES$n.append(work)
            return work


        @middleware$n
        async def logs$n(handler, key):
            return $a + await handler(key)


        @middleware$n
        async def counts$n(handler, key):
            return "c" + await handler(key)


        async def $f(key):
            async def handler(key):
                return $b
            for layer in MIDDLEWARES$n:
                handler = (lambda layer, inner: lambda key: layer(inner, key))(layer, handler)
            return await handler(key)
        """, a=b.call(), b=b.call())


@async_feature
def async_factory_method(b):
    b.write("""
        class Session$n:
            def __init__(self, token):
                self.token = token

            @classmethod
            async def open(cls, key):
                self = cls($a)
                await self.start(key)
                return self

            async def start(self, key):
                self.started = $b

            @property
            def state(self):
                return self.token + self.started


        async def $f(key):
            session = await Session$n.open(key)
            return session.state
        """, a=b.call(), b=b.call())


@async_feature
def async_retry(b):
    b.need("import asyncio")
    b.need("import functools")
    b.write("""
        def retry$n(times=2, *, errors=(ValueError,)):
            def decorate(work):
                @functools.wraps(work)
                async def wrapper(*args, **kwargs):
                    for left in reversed(range(times)):
                        try:
                            return await work(*args, left=left, **kwargs)
                        except errors:
                            await asyncio.sleep(0)
                return wrapper
            return decorate


        @retry$n(3)
        async def attempt$n(key, left):
            if left:
                raise ValueError(left)
            return $a


        async def $f(key):
            return await attempt$n(key)
        """, a=b.call())


@async_feature
def async_cache(b):
    b.write("""
        _cache$n = {}


        def cached$n(work):
            async def wrapper(key):
                if key not in _cache$n:
                    _cache$n[key] = await work(key)
                return _cache$n[key]
            return wrapper


        @cached$n
        async def fetch$n(key):
            return $a


        async def $f(key):
            return await fetch$n(key) + await fetch$n(key)
        """, a=b.call())


@async_feature
def periodic_task(b):
    b.need("import asyncio")
    b.write("""
        class Ticker$n:
            def __init__(self, work):
                self.work = work
                self.out = []
                self.task = None

            def start(self, key):
                self.task = asyncio.create_task(self._loop(key))
                return self

            async def _loop(self, key):
                for _ in range(2):
                    self.out.append(await self.work(key))
                    await asyncio.sleep(0)


        async def tick$n(key):
            return $a


        async def $f(key):
            ticker = Ticker$n(tick$n).start(key)
            await ticker.task
            return "".join(ticker.out)
        """, a=b.call())


@async_feature
def sync_and_async_twins(b):
    b.write("""
        class Store$n:
            def get(self, key):
                return $a(key)

            async def aget(self, key):
                return self.get(key) + $b


        async def $f(key):
            store = Store$n()
            return store.get(key) + await store.aget(key)
        """, a=b.use(), b=b.call())


@async_feature
def async_match(b):
    b.write("""
        async def $f(key):
            match key, $a:
                case ("k0", text):
                    return "zero" + text
                case (_, str() as text) if $b:
                    return text
        """, a=b.call(), b=b.call())
