"""What plugins hand in, and what a tenant keeps."""

from __future__ import annotations

import pytest
from src.isolation import (
    DEFAULT_CONTEXT,
    IsolationContext,
    RefusedId,
    context_from_plugin,
    current_isolation_context,
    enter_plugin_context,
    get_isolated_kernel,
    isolation_scope,
    set_isolated_kernel,
    tenant_cache,
)

RED = IsolationContext("red", "one")
BLUE = IsolationContext("blue", "one")


@pytest.mark.parametrize(
    "payload",
    [
        {"tenant_id": "red"},
        {"additional_config": {"tenant_id": "red"}},
        {"message": {"message_info": {"additional_config": {"tenant_id": "red"}}}},
        {"message": {"additional_config": {"tenant_id": "red"}}, "platform": "qq"},
        {"route_metadata": {"tenant_id": "red"}},
    ],
)
def test_the_tenant_that_is_named(payload):
    assert context_from_plugin(payload).tenant_id == "red"


@pytest.mark.parametrize("payload", [None, {}, {"message": 1}, {"additional_config": None}, {"tenant_id": True}])
def test_nobody_is_named(payload):
    assert context_from_plugin(payload).tenant_id == DEFAULT_CONTEXT.tenant_id


def test_a_pattern_is_no_tenant():
    with pytest.raises(RefusedId):
        context_from_plugin({"tenant_id": "*"})


def test_the_context_is_ambient_afterwards():
    with isolation_scope(BLUE):
        context = enter_plugin_context({"tenant_id": "red", "agent_id": "one", "platform": "qq"})
        assert context == current_isolation_context() and context.platform == "qq"


def test_each_tenant_keeps_its_own():
    set_isolated_kernel(RED, "engine")
    tenant_cache("answers", RED)["q"] = "a"
    assert get_isolated_kernel(RED) == "engine" and get_isolated_kernel(BLUE) is None
    assert tenant_cache("answers", RED) == {"q": "a"} and tenant_cache("answers", BLUE) == {}
