import pickle

import pytest
from isolation import ANY, DEFAULT_CONTEXT, IsolationContext

CONTEXT = IsolationContext("acme", "mai", platform="qq", chat_stream_id="c1")


def test_equal_contexts_are_one_key():
    same = IsolationContext(tenant_id="acme", agent_id="mai").with_platform("qq").with_chat_stream("c1")
    assert {CONTEXT: 1}[same] == 1
    assert pickle.loads(pickle.dumps(CONTEXT)) == CONTEXT


def test_a_context_cannot_be_changed():
    with pytest.raises(AttributeError):
        CONTEXT.tenant_id = "other"  # type: ignore[misc]
    narrowed = CONTEXT.with_chat_stream("c2")
    assert (narrowed.chat_stream_id, CONTEXT.chat_stream_id) == ("c2", "c1")


@pytest.mark.parametrize("values", [("", "mai"), ("acme", ""), (None, "mai"), ("acme", 7), ("acme", "mai", "")])
def test_empty_and_foreign_values_are_refused(values):
    with pytest.raises(ValueError, match="non-empty string"):
        IsolationContext(*values)


@pytest.mark.parametrize(
    ("dimensions", "expected"),
    [
        (("tenant_id",), IsolationContext("acme", ANY)),
        (("agent_id",), IsolationContext(ANY, "mai")),
        (("tenant_id", "agent_id"), IsolationContext("acme", "mai")),
        (("tenant_id", "agent_id", "chat_stream_id"), IsolationContext("acme", "mai", chat_stream_id="c1")),
        ((), IsolationContext(ANY, ANY)),
    ],
)
def test_projection(dimensions, expected):
    assert CONTEXT.project(dimensions) == expected
    assert expected.project(dimensions) == expected


def test_key_is_in_the_order_asked_for():
    assert CONTEXT.key(("chat_stream_id", "tenant_id")) == ("c1", "acme")
    assert DEFAULT_CONTEXT.key(["platform"]) == (None,)


def test_unknown_dimension():
    for use in (CONTEXT.project, CONTEXT.key):
        with pytest.raises(ValueError, match="unknown dimension 'tenant'.*tenant_id"):
            use(["tenant"])


def test_str():
    assert str(CONTEXT) == "acme/mai@qq#c1"
    assert str(DEFAULT_CONTEXT) == "default/default"
