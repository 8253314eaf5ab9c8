"""ambient_instance against Python's data model: every operator gives what it gives for the object."""

import array
import asyncio
import copy
import math
import operator
import os
import pickle
import sys

import pytest
from isolation import IsolationContext, ambient_instance, isolation_scope, proxy

A, B = IsolationContext("a", "mai"), IsolationContext("b", "mai")


def stand_in(target):
    return ambient_instance(lambda context: target)


BINARY = [
    (operator.add, 7, 3), (operator.sub, 7, 3), (operator.mul, 7, 3), (operator.truediv, 7, 2), (operator.floordiv, 7, 2),
    (operator.mod, 7, 4), (divmod, 7, 4), (pow, 2, 5), (operator.lshift, 3, 2), (operator.rshift, 12, 2),
    (operator.and_, 6, 3), (operator.or_, 6, 3), (operator.xor, 6, 3), (operator.add, [1], [2]), (operator.mul, "ab", 2),
    (operator.mod, "%s", 5), (operator.or_, {1: 2}, {3: 4}), (operator.sub, {1, 2}, {2}),
    (operator.eq, 3, 3), (operator.ne, 3, 3), (operator.lt, 3, 4), (operator.le, 3, 4), (operator.gt, 3, 4), (operator.ge, 4, 4),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "left", "right"), BINARY)
def test_binary(operation, left, right):
    expected = operation(left, right)
    assert operation(stand_in(left), right) == expected
    assert operation(left, stand_in(right)) == expected
    assert operation(stand_in(left), stand_in(right)) == expected


class Matrix:
    def __matmul__(self, other):
        return "left", other

    def __rmatmul__(self, other):
        return other, "right"

    def __imatmul__(self, other):
        self.last = other
        return self


def test_matrices_and_powers_with_a_modulus():
    assert stand_in(Matrix()) @ 3 == ("left", 3)
    assert 3 @ stand_in(Matrix()) == (3, "right")
    assert pow(stand_in(2), 5, 7) == pow(2, 5, 7)


IN_PLACE = [
    (operator.iadd, [1], [2]), (operator.imul, [1], 2), (operator.ior, {1: 1}, {2: 2}), (operator.iand, {1, 2}, {2}),
    (operator.isub, {1, 2}, {2}), (operator.ixor, {1, 2}, {2, 3}), (operator.imatmul, Matrix(), 3),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "left", "right"), IN_PLACE)
def test_an_object_that_changes_itself_stays_behind_its_stand_in(operation, left, right):
    target = copy.deepcopy(left)
    before = stand_in(target)
    after = operation(before, right)
    assert after is before
    assert vars(target) == {"last": 3} if isinstance(left, Matrix) else target == operation(left, right)


@pytest.mark.parametrize("name", ["iadd", "isub", "imul", "itruediv", "ifloordiv", "imod", "ipow", "ilshift", "irshift", "iand", "ior", "ixor"])
def test_a_number_gives_way(name):
    operation = getattr(operator, name)
    result = operation(stand_in(7), 2)
    assert result == operation(7, 2)
    assert type(result) is type(operation(7, 2))


UNARY = [
    (operator.neg, 5), (operator.pos, 5), (abs, -5), (operator.invert, 5), (int, 5.5), (float, 5), (complex, 5), (operator.index, 5),
    (round, 5.5), (lambda x: round(x, 1), 5.55), (math.trunc, 5.5), (math.floor, 5.5), (math.ceil, 5.5), (hex, 255),
    (bool, 0), (bool, [1]), (len, [1, 2]), (hash, "x"), (str, 5), (repr, "x"), (bytes, [1, 2]), (lambda x: f"{x:>5}", "x"),
    (format, 5), (dir, 5), (list, "ab"), (lambda x: list(reversed(x)), [1, 2]), (operator.length_hint, [1, 2]),
    (lambda x: 1 in x, [1]), (lambda x: x[1:], [1, 2]), (os.fspath, "a/b"), (lambda x: [0, 1, 2][x], 1), (lambda x: range(x), 3),
    (lambda x: "abc".join(x), ["a", "b"]), (lambda x: isinstance(x, int), 5), (lambda x: x(3), abs), (sys.getsizeof, [1]),
    (lambda x: isinstance(5, x), int), (lambda x: issubclass(bool, x), int), (lambda x: x.__class__, 5), (lambda x: {**x}, {"a": 1}),
    (copy.copy, [1]), (copy.deepcopy, [[1]]), (lambda x: pickle.loads(pickle.dumps(x)), {"a": [1]}), (pickle.dumps, len), (copy.copy, len),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "target"), UNARY)
def test_unary(operation, target):
    expected = operation(target)
    if operation is pickle.dumps:
        assert pickle.loads(operation(stand_in(target))) is target
    elif operation is sys.getsizeof:
        assert operation(stand_in(target)) >= target.__sizeof__()
    else:
        found = operation(stand_in(target))
        assert found == expected
        assert type(found) is type(expected)


def test_changing_containers_and_iterators():
    target = {}
    table = stand_in(target)
    table["x"] = 1
    assert "x" in table
    del table["x"]
    assert target == {}
    numbers = stand_in(iter([1, 2]))
    assert next(numbers) == 1
    assert list(numbers) == [2]
    if sys.version_info >= (3, 12):
        assert bytes(memoryview(stand_in(array.array("b", [1, 2])))) == b"\1\2"


def test_await_and_async():
    async def value():
        return 5

    async def numbers():
        for number in (1, 2):
            yield number

    async def main():
        found = await stand_in(value())
        return found, [n async for n in stand_in(numbers())], await anext(stand_in(numbers()))

    assert asyncio.run(main()) == (5, [1, 2], 1)


def test_what_the_object_cannot_the_stand_in_cannot():
    nothing = stand_in(object())

    async def wait():
        await nothing

    def enter():
        with nothing:
            pass

    for action in (enter, lambda: asyncio.run(wait()), lambda: len(nothing), lambda: nothing + 1, lambda: 1 + nothing,
                   lambda: nothing(), lambda: iter(nothing), lambda: next(nothing), lambda: nothing[0], lambda: -nothing):  # fmt: skip
        with pytest.raises(TypeError):
            action()
    with pytest.raises(TypeError):
        hash(stand_in([]))


def test_each_operation_asks_for_the_tenant_anew():
    counts = {"a": [1], "b": [1, 2, 3]}
    numbers = ambient_instance(lambda context: counts[context.tenant_id])
    results = []
    for context in (A, B, A):
        with isolation_scope(context):
            results.append((len(numbers), numbers + [0], numbers * 2))
    assert results[0] == results[2] == (1, [1, 0], [1, 1])
    assert results[1][0] == 3


# Special methods of Python's own types that the stand-in rightly does not have.
NOT_FORWARDED = {
    "__class_getitem__", "__init_subclass__", "__subclasshook__", "__new__", "__getformat__", "__setformat__",  # of classes
    "__abstractmethods__", "__base__", "__bases__", "__basicsize__", "__dictoffset__", "__flags__", "__itemsize__", "__mro__",
    "__prepare__", "__subclasses__", "__text_signature__", "__weakrefoffset__", "__annotations__", "__type_params__", "__static_attributes__",
    "__del__",
    "__get__",  # a stand-in that is an attribute of a class is no method
    "__getnewargs__", "__getnewargs_ex__", "__getstate__", "__setstate__",  # __reduce_ex__ comes first
    "__name__", "__qualname__", "__dict__", "__self__", "__code__", "__closure__", "__globals__", "__builtins__",  # __getattr__ does
    "__defaults__", "__kwdefaults__", "__func__", "__wrapped__", "__weakref__", "__release_buffer__", "__signature__", "__firstlineno__",
    "__copy__", "__dir__", "__alloc__", "__typing_subst__", "__mro_entries__", "__type_params__", "__objclass__", "__annotate__",
}  # fmt: skip


def test_no_special_method_of_pythons_own_types_is_missing():
    async def coroutine():
        pass

    async def generator():
        yield

    types = [int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, memoryview, slice,
             type(open), type(test_binary), type(generator()), type(iter([])), type(os.scandir("."))]  # fmt: skip
    waiting = coroutine()
    types.append(type(waiting))
    waiting.close()
    known = {name for kind in types for name in dir(kind) if name.startswith("__") and name.endswith("__")}
    known |= {f"__{name.strip('_')}__" for name in dir(operator) if hasattr(operator, f"__{name.strip('_')}__")}
    known -= {f"__{n}__" for n in ("concat", "iconcat", "inv", "not", "all", "builtins", "cached", "file", "loader", "package", "spec")}
    missing = known - set(dir(proxy._AmbientInstance.__mro__[0])) - NOT_FORWARDED
    own = set(vars(proxy._AmbientInstance))
    inherited = {n for n in known & set(vars(object)) if n not in own} - {"__init__", "__getattribute__", "__doc__"} - NOT_FORWARDED
    assert missing | inherited == set()
