"""Objects of which a program has one, in every idiom."""
from features import feature

# What all of them are instances of. COUNTING says how often it was asked, which each tenant must count for itself
# where the rules find the singleton.
COUNTING = """
        class Store$n:
            def __init__(self):
                self.keys = []

            def run(self, key):
                self.keys.append(key)
                return $a(key) + str(len(self.keys))
"""
STORE = COUNTING.replace(" + str(len(self.keys))", "")


@feature
def module_instance(b):
    b.write(COUNTING + """

        store$n = Store$n()


        def $f(key):
            return store$n.run(key)
        """, a=b.use())


@feature
def module_instance_by_rule(b):
    b.rule("{ id: store%s, family: memory, singleton: MODULE.store%s, accessor: { keyed_by: [tenant_id] } }"
           % (b.step.number, b.step.number))
    b.write(COUNTING + """

        store$n = Store$n()


        def $f(key):
            return store$n.run(key)
        """, a=b.use())


@feature
def lazy_getter(b):
    b.write(COUNTING + """

        _store$n = None


        def get_store$n():
            global _store$n
            if _store$n is None:
                _store$n = Store$n()
            return _store$n


        def $f(key):
            return get_store$n().run(key)
        """, a=b.use())


@feature
def lazy_getter_by_rule(b):
    b.rule("{ id: getter%s, family: chat_stream, call: MODULE.get_store%s, accessor: { keyed_by: [tenant_id] } }"
           % (b.step.number, b.step.number))
    b.write(COUNTING + """

        _store$n: Store$n | None = None


        def get_store$n() -> Store$n:
            global _store$n
            if _store$n is None:
                _store$n = Store$n()
            return _store$n


        def $f(key):
            return get_store$n().run(key)
        """, a=b.use())


@feature
def cached_getter(b):
    b.need("import functools")
    b.write(STORE + """

        @functools.lru_cache(maxsize=1)
        def get_store$n():
            return Store$n()


        def $f(key):
            return get_store$n().run(key)
        """, a=b.use())


@feature
def new_singleton(b):
    b.write("""
        class Only$n:
            _instance = None

            def __new__(cls):
                if cls._instance is None:
                    cls._instance = super().__new__(cls)
                    cls._instance.keys = []
                return cls._instance

            def run(self, key):
                self.keys.append(key)
                return $a(key)


        def $f(key):
            return Only$n().run(key)
        """, a=b.use())


@feature
def metaclass_singleton(b):
    b.write("""
        class Single$n(type):
            _instances = {}

            def __call__(cls, *args, **kwargs):
                if cls not in cls._instances:
                    cls._instances[cls] = super().__call__(*args, **kwargs)
                return cls._instances[cls]


        class Store$n(metaclass=Single$n):
            def __init__(self):
                self.keys = []

            def run(self, key):
                self.keys.append(key)
                return $a(key)


        def $f(key):
            return Store$n().run(key)
        """, a=b.use())


@feature
def decorator_singleton(b):
    b.write("""
        def single$n(cls):
            instances = {}

            def get(*args, **kwargs):
                if cls not in instances:
                    instances[cls] = cls(*args, **kwargs)
                return instances[cls]
            return get


        @single$n
        class Store$n:
            def __init__(self):
                self.keys = []

            def run(self, key):
                self.keys.append(key)
                return $a(key)


        def $f(key):
            return Store$n().run(key)
        """, a=b.use())


@feature
def class_attribute_singleton(b):
    b.write("""
        class Store$n:
            _instance = None

            @classmethod
            def instance(cls):
                if cls._instance is None:
                    cls._instance = cls()
                return cls._instance

            def run(self, key):
                return $a(key)


        def $f(key):
            return Store$n.instance().run(key)
        """, a=b.use())


@feature
def shared_state(b):
    b.write("""
        class Borg$n:
            _shared = {}

            def __init__(self):
                self.__dict__ = self._shared

            def run(self, key):
                self.last = $a(key)
                return self.last


        def $f(key):
            return Borg$n().run(key)
        """, a=b.use())


@feature
def dictionary_of_instances(b):
    b.write("""
        class Room$n:
            def __init__(self, key):
                self.key = key

            def run(self):
                return $a(self.key)


        rooms$n = {}


        def $f(key):
            if key not in rooms$n:
                rooms$n[key] = Room$n(key)
            return rooms$n[key].run()
        """, a=b.use())


@feature
def instance_in_instance(b):
    b.write("""
        class Part$n:
            def run(self, key):
                return $a(key)


        class Whole$n:
            def __init__(self):
                self.part = Part$n()

            def run(self, key):
                return self.part.run(key)


        whole$n = Whole$n()


        def $f(key):
            return whole$n.run(key)
        """, a=b.use())


@feature
def instance_in_class_body(b):
    b.write("""
        class Helper$n:
            def run(self, key):
                return $a(key)


        class User$n:
            helper = Helper$n()

            def run(self, key):
                return self.helper.run(key)


        def $f(key):
            return User$n().run(key)
        """, a=b.use())


@feature
def observers(b):
    b.write("""
        class Bus$n:
            def __init__(self):
                self.handlers = {}

            def on(self, name, handler):
                self.handlers[name] = handler

            def emit(self, name, key):
                return self.handlers[name](key)


        bus$n = Bus$n()


        class Listener$n:
            def heard(self, key):
                return $a(key)


        bus$n.on("x", Listener$n().heard)


        def $f(key):
            bus$n.on("y", lambda text: $b(text))
            return bus$n.emit("x", key) + bus$n.emit("y", key)
        """, a=b.use(), b=b.use())


@feature
def bound_method_at_import(b):
    b.write(STORE + """

        _store$n = Store$n()
        $f = _store$n.run
        """, a=b.use())
