import asyncio
import copy
import pickle

import pytest
from isolation import (
    DEFAULT_CONTEXT,
    IsolationContext,
    MissingIsolationContext,
    ambient_instance,
    isolated_accessor,
    isolation_scope,
    set_strict_isolation,
)

A = IsolationContext("a", "mai")
B = IsolationContext("b", "mai")


class Chest:
    def __init__(self, isolation_context):
        self.owner = isolation_context.tenant_id
        self.items = []
        self.open = False

    def add(self, item):
        self.items.append(item)
        return self

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        return iter(self.items)

    def __getitem__(self, index):
        return self.items[index]

    def __call__(self, question, *, loud=False):
        return f"{self.owner}: {question}{'!' if loud else ''}"

    def __enter__(self):
        self.open = True
        return self

    def __exit__(self, *error):
        self.open = False

    async def __aenter__(self):
        return self.owner

    async def __aexit__(self, *error):
        return None

    def __eq__(self, other):
        return isinstance(other, Chest) and self.owner == other.owner

    def __hash__(self):
        return hash(self.owner)

    def __repr__(self):
        return f"Chest({self.owner})"


@pytest.fixture
def get_isolated_chest():
    return isolated_accessor("tenant_id", "agent_id")(Chest)


@pytest.fixture
def chest(get_isolated_chest):
    return ambient_instance(get_isolated_chest)


def test_it_is_lazy(get_isolated_chest, chest):
    assert get_isolated_chest.instances() == []
    chest.add("x")
    assert len(get_isolated_chest.instances()) == 1


def test_each_use_looks_the_object_up_anew(get_isolated_chest, chest):
    add = None
    for context in (A, B, A):
        with isolation_scope(context):
            add = chest.add
            add(context.tenant_id)
    assert get_isolated_chest(A).items == ["a", "a"]
    assert get_isolated_chest(B).items == ["b"]
    assert get_isolated_chest(DEFAULT_CONTEXT).items == []


def test_attributes_are_written_and_deleted_through(get_isolated_chest, chest):
    with isolation_scope(A):
        chest.label = "gold"
        assert get_isolated_chest(A).label == "gold"
        del chest.label
    assert not hasattr(get_isolated_chest(A), "label")
    assert not hasattr(get_isolated_chest(B), "label")


def test_operations(get_isolated_chest, chest):
    with isolation_scope(A):
        assert not chest
        chest.add(3).add(5)
        assert chest
        assert len(chest) == 2
        assert list(chest) == [3, 5]
        assert chest[1] == 5
        assert 5 in chest
        assert chest("who", loud=True) == "a: who!"
        assert chest == get_isolated_chest(A)
        assert get_isolated_chest(A) == chest
        assert chest != get_isolated_chest(B)
        assert {get_isolated_chest(A): 1}[chest] == 1
        assert repr(chest) == str(chest) == f"{chest}" == "Chest(a)"
        assert isinstance(chest, Chest)
        assert "items" in dir(chest)


def test_with_blocks(get_isolated_chest, chest):
    async def enter():
        async with chest as owner:
            return owner

    with isolation_scope(B):
        with chest as opened:
            assert opened is get_isolated_chest(B)
            assert opened.open
        assert not opened.open
        assert asyncio.run(enter()) == "b"


def test_numbers_and_containers():
    number = ambient_instance(lambda context: len(context.tenant_id))
    assert (number + 1, 10 - number, number * 2, int(number)) == (8, 3, 14, 7)
    assert number < 8 <= number + 1
    table = ambient_instance(isolated_accessor("tenant_id")(lambda context: {}))
    table["x"] = 1
    del table["x"]
    assert table == {}
    assert {"y": 2} | table == {"y": 2}


def test_copies_are_of_the_object(chest):
    with isolation_scope(A):
        for copied in (copy.copy(chest), copy.deepcopy(chest), pickle.loads(pickle.dumps(chest))):
            assert type(copied) is Chest
            assert copied.owner == "a"


def test_without_a_context_in_strict_mode(chest):
    set_strict_isolation(True)
    with pytest.raises(MissingIsolationContext):
        chest.add("x")
    with pytest.raises(MissingIsolationContext):
        len(chest)
    assert "ambient instance of" in repr(chest)
    assert not isinstance(chest, type)  # what collectors ask of every module member
