"""Methods that Python calls itself."""
from features import feature


@feature
def callable_object(b):
    b.write("""
        class Call$n:
            def __call__(self, key):
                return $a(key)


        def $f(key):
            call = Call$n()
            return call(key)
        """, a=b.use())


@feature
def context_manager_class(b):
    b.write("""
        class Opened$n:
            def __init__(self, key):
                self.key = key

            def __enter__(self):
                return $a(self.key)

            def __exit__(self, *error):
                self.key = $b(self.key)
                return False


        def $f(key):
            opened = Opened$n(key)
            with opened as text:
                pass
            return text + opened.key
        """, a=b.use(), b=b.use())


@feature
def iterator_class(b):
    b.write("""
        class Steps$n:
            def __init__(self, count):
                self.count = count

            def __iter__(self):
                return self

            def __next__(self):
                if not self.count:
                    raise StopIteration
                self.count -= 1
                return $a(str(self.count))

            def __len__(self):
                return self.count


        def $f(key):
            return "".join(Steps$n(2)) + key
        """, a=b.use())


@feature
def attribute_hooks(b):
    b.write("""
        class Lazy$n:
            def __getattr__(self, name):
                if name.startswith("_") or name == "isolation_context":
                    raise AttributeError(name)
                return $a(name)

            def __getitem__(self, name):
                return $b(name)

            def __contains__(self, name):
                return bool($a(name))


        def $f(key):
            lazy = Lazy$n()
            return lazy.color + lazy[key] + str(key in lazy)
        """, a=b.use(), b=b.use())


@feature
def text_of_object(b):
    b.write("""
        class Shown$n:
            def __init__(self, key):
                self.key = key

            def __str__(self):
                return $a(self.key)

            def __repr__(self):
                return f"Shown({$b(self.key)})"

            def __format__(self, spec):
                return spec + str(self)


        def $f(key):
            shown = Shown$n(key)
            return f"{shown}{shown!r}{shown:x}" + str([shown])
        """, a=b.use(), b=b.use())


@feature
def comparison(b):
    b.need("import functools")
    b.write("""
        @functools.total_ordering
        class Ranked$n:
            def __init__(self, key):
                self.key = key

            def __eq__(self, other):
                return $a(self.key) == $a(other.key)

            def __lt__(self, other):
                return $a(self.key) < $a(other.key)

            def __hash__(self):
                return hash($a(self.key))


        def $f(key):
            ranked = {Ranked$n(key), Ranked$n("a"), Ranked$n(key)}
            return "".join(item.key for item in sorted(ranked))
        """, a=b.use())


@feature
def operators(b):
    b.write("""
        class Text$n:
            def __init__(self, text):
                self.text = text

            def __add__(self, other):
                return Text$n(self.text + $a(other.text))

            def __bool__(self):
                return bool($a(self.text))


        def $f(key):
            total = Text$n(key) + Text$n("o")
            return total.text if total else "no"
        """, a=b.use())


@feature
def descriptor(b):
    b.write("""
        class Field$n:
            def __set_name__(self, owner, name):
                self.name = name

            def __get__(self, instance, owner):
                return $a(self.name)


        class Form$n:
            title = Field$n()


        def $f(key):
            return Form$n().title + Form$n.title + key
        """, a=b.use())


@feature
def own_new(b):
    b.write("""
        class Fresh$n:
            def __new__(cls, key):
                made = super().__new__(cls)
                made.value = $a(key)
                return made

            def run(self, key):
                return self.value + $b(key)


        def $f(key):
            return Fresh$n(key).run(key)
        """, a=b.use(), b=b.use())


@feature
def metaclass_with_call(b):
    b.write("""
        class Counting$n(type):
            made = 0

            def __call__(cls, *args, **kwargs):
                Counting$n.made += 1
                return super().__call__(*args, **kwargs)


        class Counted$n(metaclass=Counting$n):
            def __init__(self, key):
                self.key = key

            def run(self):
                return $a(self.key)


        def $f(key):
            return Counted$n(key).run()
        """, a=b.use())


@feature
def setter(b):
    b.write("""
        class Account$n:
            def __init__(self):
                self._name = ""

            @property
            def name(self):
                return self._name

            @name.setter
            def name(self, key):
                self._name = $a(key)

            def __setitem__(self, at, key):
                self._name += $b(key)


        def $f(key):
            account = Account$n()
            account.name = key
            account["x"] = key
            return account.name
        """, a=b.use(), b=b.use())
