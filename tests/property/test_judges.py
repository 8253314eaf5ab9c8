"""The judges find what is wrong: each test has a right rewrite, and wrong ones that must be refused."""
import ast
import unittest

import calls
import judge
import program

OLD = b"""import os


class Box:  # kept
    pass


def leaf(a): return a


Table = dict[str, Callable[[list[int], str], None]]


def caller(xs):
    return leaf(  # why
        xs), map(leaf, xs), lambda a: a
"""
NEW = b"""import os
from weft_runtime import Context, current_context
from functools import partial


class Box:  # kept
    def __init__(self, *, weft_context: Context) -> None:
        self.weft_context = weft_context


def leaf(a, *, weft_context: Context | None = None): weft_context = current_context() if weft_context is None else weft_context; return a


Table = dict[str, Callable[..., None]]


def caller(xs, *, weft_context: Context | None = None):
    if weft_context is None:
        weft_context = current_context()
    return leaf(  # why
        xs, weft_context=weft_context), map(partial(leaf, weft_context=weft_context), xs), lambda a, **_: a
"""


def check(new):
    judge.check_file("x.py", judge.Text(OLD), new, "weft_runtime")


def whole(text):
    return program.Program({"x": program.Module("x", "x.py", ast.parse(text))})


class Rewrites(unittest.TestCase):
    def test_right(self):
        check(NEW)

    def test_wrong(self):
        wrong = {
            "another program": NEW.replace(b"return a", b"return (a, a)"),
            "another table": NEW.replace(b"Callable[..., None]", b"Callable[..., int]"),
            "another fallback": NEW.replace(b"else weft_context; return", b"else a; return"),
            "another value": NEW.replace(b"leaf, weft_context=weft_context", b"leaf, weft_context=xs"),
            "twice": NEW.replace(b"xs, weft_context=weft_context)",
                                 b"xs, weft_context=weft_context, b=1)"),
            "a comment is lost": NEW.replace(b"  # why", b""),
            "a comment is new": NEW.replace(b"import os", b"import os  # new"),
            "a line is lost": NEW.replace(b"import os\n", b""),
            "a statement is new": NEW.replace(b"    return leaf(", b"    xs = xs\n    return leaf("),
            "it does not compile": NEW.replace(b", lambda", b"), lambda"),
            "a name is another": NEW.replace(b"class Box", b"class box"),
        }
        for what, text in wrong.items():
            with self.subTest(what), self.assertRaises(judge.Wrong):
                check(text)


class Calls(unittest.TestCase):
    CLASSES = """
class Base:
    def __init__(self, a, *, weft_context): pass
    def method(self, x=1): pass
    @staticmethod
    def static(x): pass
class Child(Base):
    def run(self):
        super().method({super})
        self.method({method})
        Child.method(self, 1)
        Base.static({static})
def make(): return Child({made})
def other(leaf): return leaf(1, 2, 3)
def shadow(make): return make(1)
"""
    RIGHT = {"super": "2", "method": "x=1", "static": "1", "made": "1, weft_context=None"}

    def mismatches(self, **changed):
        found = whole(self.CLASSES.format(**{**self.RIGHT, **changed}))
        names = {"method", "static", "Child", "make", "leaf"}
        return [s.mismatch for s in calls.sites(found, names) if s.mismatch]

    def test_right(self):
        self.assertEqual(self.mismatches(), [])

    def test_wrong(self):
        for changed in ({"super": "1, 2"}, {"method": "y=1"}, {"static": ""}, {"made": "1"},
                        {"made": "1, a=2, weft_context=0"}, {"made": "weft_context=0"}):
            with self.subTest(changed):
                self.assertEqual(len(self.mismatches(**changed)), 1)

    def test_python_calls(self):
        text = ("import enum\nclass A(enum.Enum):\n def __init__(self): pass\nclass B:\n"
                " def __init__(self): pass\n def __len__(self): pass\n @property\n def p(self): pass\n"
                " def __call__(self): pass\n def m(self): pass\n")
        found = [calls.python_calls(f) for f in whole(text).modules["x"].definitions]
        self.assertEqual(found, [True, False, True, True, False, False])

    def test_uses(self):
        found = whole(NEW)
        gained = {f for m in found.modules.values() for f in m.definitions if calls.takes_context(f)}
        sites = list(calls.sites(found, calls.names_to_check(found, gained)))
        binders = calls.binders_in_module(found.modules["x"])
        self.assertEqual([calls.passes(s, binders) for s in sites], [True, True])
        found = whole(NEW.replace(b"partial(leaf, weft_context=weft_context)", b"leaf"))
        sites = list(calls.sites(found, {"leaf"}))
        self.assertEqual([calls.passes(s, set()) for s in sites], [True, False])


if __name__ == "__main__":
    unittest.main()
