"""A container in an object that all share has a part for each tenant."""

import gc
from collections import OrderedDict, defaultdict, deque

import pytest
from isolation import DEFAULT_CONTEXT, IsolationContext, forget_context, tenant_part
from isolation import parts as parts_module

ANN, BOB = IsolationContext("ann", "mai"), IsolationContext("bob", "mai")


@pytest.fixture(autouse=True)
def nothing_left():
    yield
    parts_module._parts.clear()


class Registry:
    def __init__(self):
        self.clients = {}
        self.names = []


def test_each_tenant_has_its_own_and_finds_it_again():
    registry = Registry()
    tenant_part(registry, "clients", ANN)["key"] = "ann's"
    tenant_part(registry, "clients", BOB)["key"] = "bob's"
    assert tenant_part(registry, "clients", ANN) == {"key": "ann's"}
    assert registry.clients == {}


def test_the_default_context_has_the_container_itself():
    registry = Registry()
    assert tenant_part(registry, "clients", DEFAULT_CONTEXT) is registry.clients


def test_an_agent_has_its_own():
    registry = Registry()
    tenant_part(registry, "names", ANN).append("x")
    assert tenant_part(registry, "names", IsolationContext("ann", "other")) == []


def test_chats_of_one_agent_share():
    registry = Registry()
    assert tenant_part(registry, "names", ANN) is tenant_part(registry, "names", ANN.with_chat_stream("c"))


def test_objects_and_attributes_are_apart():
    first, second = Registry(), Registry()
    tenant_part(first, "names", ANN).append("x")
    assert tenant_part(second, "names", ANN) == []
    assert tenant_part(first, "clients", ANN) == {}


@pytest.mark.parametrize("container", [{}, [], set(), OrderedDict(), deque()])
def test_a_part_is_of_the_same_type(container):
    registry = Registry()
    registry.clients = container
    part = tenant_part(registry, "clients", ANN)
    assert type(part) is type(container)
    assert not part


def test_a_default_factory_and_a_length_stay():
    registry = Registry()
    registry.clients = defaultdict(list)
    registry.names = deque(maxlen=2)
    assert tenant_part(registry, "clients", ANN)["new"] == []
    assert tenant_part(registry, "names", ANN).maxlen == 2


def test_it_goes_with_its_object_and_with_its_tenant():
    registry = Registry()
    tenant_part(registry, "names", ANN).append("x")
    forget_context(ANN)
    assert tenant_part(registry, "names", ANN) == []
    del registry
    gc.collect()
    assert len(parts_module._parts(ANN)) == 0


def test_what_is_no_container_is_refused():
    registry = Registry()
    registry.names = "text that is no container"
    with pytest.raises(TypeError, match="'names' of Registry"):
        tenant_part(registry, "names", ANN)
