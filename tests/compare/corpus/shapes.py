"""Code in the shapes that the patterns look for, and in shapes that nearly are."""
import os, sys
from os import path
from os import (
    getcwd,
    listdir as ls,
)
from . import other
from .other import *


class Plain:
    pass


class Derived(Plain): kind = "one line"


@decorate(1)
class Decorated(Plain, metaclass=Meta):
    """Two in the list."""

    def __init__(self, name, *, size=0):
        self.name = name
        self.name = self.name
        self.size = name
        self.x.y = y

    def method(self):
        return self.name.upper()

    async def later(self, *rest, **options) -> "Plain":
        return await self.name.upper(rest, **options)

    def annotated(self, value: int) -> int:
        return os.path.join(value,)

    @staticmethod
    def free(value):
        x = x
        a, b = a, b
        a.b = a.b
        d[k] = d[k]
        d[k] = d[j]
        return value


def lists(rows):
    rows.append(1)
    rows.append((1, 2))
    rows.append(*rows)
    rows.append()
    rows.append(1, 2)
    rows.append(
        1  # a comment behind
    )
    rows.append(  # a comment before
        rows.append(rows.pop(0))
    )
    print()
    print(rows, file=sys.stderr)
    print(f"{print(rows)!r:>{len(rows)}}")
    print("a" "b", end="")


def choices(x, y):
    z = x if x else y
    z = (x if x else (y if y else z))
    z = x if not x else y
    if x is None: return
    if x is None:
        z = 1
    else:
        z = 2
    if (y) is None:
        pass
    elif x is None:
        pass
    while x is None:
        break
    return len(x) == 0, len((x)) == 0, len(x) == 0 == y, 0 == len(x)


def lookups(d, key):
    d.get(key, None)
    d.get(key, None,)
    d.get(key)
    d.get(key, default=None)
    d["a"].get(key[0], None)
    not key in d
    not (key in d)
    key not in d
    not key in d in d
    return d.get(d.get(key, None), None)


def functions(rows):
    yield lambda: 1
    yield lambda: (yield)
    yield lambda x: x
    yield lambda *a: lambda: a
    yield [row for row in rows]
    yield [row for row in rows if row]
    yield [row.x for row in rows]
    yield [(a, b) for (a, b) in rows]
    yield (row for row in rows)
    async with open(rows) as file: yield file
    with open(rows, "w", encoding="utf-8") as file: file.write("")
    with open(rows) as file, open(rows) as other:
        pass
    with open(rows):
        open(rows, mode="r", encoding=None)
        open(rows, encoding=None)
        open(rows, "r", encoding=None, errors="strict")
    for i in range(len(rows)): yield i
    for i in range(len(rows)):
        yield i
    else:
        pass
    for i in range(0, len(rows)):
        yield i


def errors(error):
    try:
        raise ValueError() from error
    except (KeyError, TypeError) as problem:
        raise ValueError("a", problem) from problem
    except Exception:
        raise ValueError from None
    finally:
        raise
    isinstance(error, (KeyError, TypeError))
    isinstance(error, KeyError,)
    return isinstance(isinstance, isinstance(error, type))
