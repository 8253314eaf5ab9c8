"""Objects that live long, as real programs keep and reach them."""
from features import feature
from features.singletons import STORE


@feature
def lock_checked_getter(b):
    b.need("import threading")
    b.write(STORE + """

        _lock$n = threading.Lock()
        _store$n = None


        def get_store$n():
            global _store$n
            if _store$n is None:
                with _lock$n:
                    if _store$n is None:
                        _store$n = Store$n()
            return _store$n


        def $f(key):
            return get_store$n().run(key)
        """, a=b.use())


@feature
def reset_singleton(b):
    b.write(STORE + """

        store$n = Store$n()


        def reset$n():
            global store$n
            store$n = Store$n()


        def $f(key):
            reset$n()
            return store$n.run(key)
        """, a=b.use())


@feature
def singleton_as_default(b):
    b.write(STORE + """

        store$n = Store$n()


        def with$n(key, store=store$n):
            return store.run(key)


        def $f(key):
            return with$n(key) + with$n(key, Store$n())
        """, a=b.use())


@feature
def singleton_in_class_body(b):
    b.write(STORE + """

        store$n = Store$n()


        class Uses$n:
            store = store$n

            def run(self, key):
                return self.store.run(key)


        def $f(key):
            return Uses$n().run(key)
        """, a=b.use())


@feature
def registry_of_singletons(b):
    b.write(STORE + """

        stores$n = {"one": Store$n(), "two": Store$n()}
        others$n = [Store$n() for _ in range(2)]


        def $f(key):
            return stores$n["one"].run(key) + "".join(other.run(key) for other in others$n)
        """, a=b.use())


@feature
def singleton_takes_singleton(b):
    b.write(STORE + """

        class Service$n:
            def __init__(self, store):
                self.store = store

            def run(self, key):
                return "s" + self.store.run(key)


        store$n = Store$n()
        service$n = Service$n(store$n)


        def $f(key):
            return service$n.run(key)
        """, a=b.use())


@feature
def singleton_of_a_subclass(b):
    b.write("""
        class Base$n:
            def run(self, key):
                return self.tag() + $a(key)

            def tag(self):
                return "base"


        class Special$n(Base$n):
            def tag(self):
                return "special"


        special$n = Special$n()


        def $f(key):
            return special$n.run(key) + Base$n().run(key)
        """, a=b.use())


@feature
def singleton_annotated(b):
    b.need("from typing import Final, Optional")
    b.write(STORE + """

        store$n: Final = Store$n()
        maybe$n: Optional["Store$n"] = None


        def setup$n() -> "Store$n":
            global maybe$n
            maybe$n = maybe$n or Store$n()
            return maybe$n


        def $f(key):
            assert setup$n() is not None and maybe$n is not None
            return store$n.run(key) + maybe$n.run(key)
        """, a=b.use())


@feature
def singleton_started_in_main(b):
    b.write(STORE + """

        class Holder$n:
            store: "Store$n | None" = None

            @classmethod
            def get(cls) -> "Store$n":
                if cls.store is None:
                    cls.store = Store$n()
                return cls.store


        def $f(key):
            return Holder$n.get().run(key) + str(Holder$n.store is not None)
        """, a=b.use())


@feature
def weak_cache(b):
    b.need("import weakref")
    b.write("""
        class Cell$n:
            cells = weakref.WeakValueDictionary()

            def __init__(self, key):
                self.key = key

            @classmethod
            def get(cls, key):
                cell = cls.cells.get(key)
                if cell is None:
                    cell = cls.cells[key] = cls(key)
                return cell

            def run(self):
                return $a(self.key)


        def $f(key):
            return Cell$n.get(key).run()
        """, a=b.use())


@feature
def flyweight(b):
    b.write("""
        class Color$n:
            _known = {}

            def __new__(cls, name):
                if name not in cls._known:
                    cls._known[name] = super().__new__(cls)
                return cls._known[name]

            def __init__(self, name):
                self.name = name

            def run(self):
                return $a(self.name)


        def $f(key):
            return Color$n(key).run() + str(Color$n(key) is Color$n(key))
        """, a=b.use())


@feature
def own_context_variable(b):
    b.need("import contextvars")
    b.need("import contextlib")
    b.write("""
        current$n = contextvars.ContextVar("current$n", default="unset")


        @contextlib.contextmanager
        def using$n(key):
            token = current$n.set($a(key))
            try:
                yield current$n.get()
            finally:
                current$n.reset(token)


        def $f(key):
            with using$n(key) as text:
                return text + current$n.get() + $b(key)
        """, a=b.use(), b=b.use())


@feature
def event_bus(b):
    b.need("import collections")
    b.write("""
        class Bus$n:
            def __init__(self):
                self.listeners = collections.defaultdict(list)

            def subscribe(self, name):
                def add(listener):
                    self.listeners[name].append(listener)
                    return listener
                return add

            def publish(self, name, *args):
                return "".join(listener(*args) for listener in self.listeners[name])


        bus$n = Bus$n()


        @bus$n.subscribe("x")
        def on_x$n(key):
            return $a(key)


        def $f(key):
            return bus$n.publish("x", key) + on_x$n(key)
        """, a=b.use())


@feature
def plugin_table(b):
    b.write("""
        class Table$n(dict):
            def register(self, name):
                def add(cls):
                    self[name] = cls
                    return cls
                return add


        table$n = Table$n()


        @table$n.register("one")
        class One$n:
            def __init__(self, tag="t"):
                self.tag = tag

            def run(self, key):
                return self.tag + $a(key)


        def $f(key):
            return table$n["one"]().run(key) + table$n["one"](tag="u").run(key)
        """, a=b.use())


@feature
def middleware_chain(b):
    b.write("""
        def first$n(call):
            def run(key):
                return "1" + call(key)
            return run


        def second$n(call):
            return lambda key: $a(key) + call(key)


        def chain$n(work, *layers):
            for layer in reversed(layers):
                work = layer(work)
            return work


        def $f(key):
            return chain$n($b, first$n, second$n)(key)
        """, a=b.use(), b=b.use())


@feature
def middleware_at_import(b):
    b.write("""
        LAYERS$n = []


        class Layer$n:
            def __init__(self, call):
                self.call = call

            def __call__(self, key):
                return $a(key) + self.call(key)


        LAYERS$n.append(Layer$n)


        def $f(key):
            work = $b
            for layer in LAYERS$n:
                work = layer(work)
            return work(key)
        """, a=b.use(), b=b.use())


@feature
def object_pool(b):
    b.write("""
        class Conn$n:
            def __init__(self):
                self.uses = 0

            def run(self, key):
                self.uses += 1
                return $a(key)


        class Pool$n:
            def __init__(self):
                self.free = []

            def take(self):
                return self.free.pop() if self.free else Conn$n()

            def give(self, conn):
                self.free.append(conn)


        pool$n = Pool$n()


        def $f(key):
            conn = pool$n.take()
            try:
                return conn.run(key)
            finally:
                pool$n.give(conn)
        """, a=b.use())


@feature
def state_machine(b):
    b.write("""
        class Idle$n:
            def step(self, machine, key):
                machine.state = Busy$n()
                return "idle" + $a(key)


        class Busy$n:
            def step(self, machine, key):
                machine.state = Idle$n()
                return "busy" + key


        class Machine$n:
            def __init__(self):
                self.state = Idle$n()

            def step(self, key):
                return self.state.step(self, key)


        def $f(key):
            machine = Machine$n()
            return machine.step(key) + machine.step(key)
        """, a=b.use())


@feature
def repository_and_service(b):
    b.write("""
        class Repo$n:
            def __init__(self):
                self.rows = {}

            def save(self, key):
                self.rows[key] = $a(key)

            def load(self, key):
                return self.rows[key]


        class Service$n:
            def __init__(self, repo: "Repo$n | None" = None):
                self.repo = repo or Repo$n()

            def run(self, key):
                self.repo.save(key)
                return self.repo.load(key)


        def make$n(**overrides):
            return Service$n(**overrides)


        def $f(key):
            return make$n().run(key) + make$n(repo=Repo$n()).run(key)
        """, a=b.use())


@feature
def strategy_by_settings(b):
    b.write("""
        class Loud$n:
            def run(self, key):
                return $a(key).upper()


        class Quiet$n:
            def run(self, key):
                return $a(key).lower()


        def choose$n():
            return {True: Loud$n, False: Quiet$n}[$settings.level > 4]


        def $f(key):
            return choose$n()().run(key)
        """, a=b.use(), settings=b.settings())


@feature
def exported_names(b):
    b.write(STORE + """

        store$n = Store$n()
        __all__ = [*globals().get("__all__", []), "store$n", "$f"]


        def $f(key):
            return store$n.run(key)
        """, a=b.use())
