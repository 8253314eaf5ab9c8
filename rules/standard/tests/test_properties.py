"""isolated_cached_property: as functools.cached_property for each context by itself."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from isolation import IsolationContext, forget_context, isolated_cached_property, isolation_scope, properties

RED = IsolationContext("red", "default")
BLUE = IsolationContext("blue", "default")


class Page:
    def __init__(self) -> None:
        self.computed = 0

    @isolated_cached_property
    def head(self) -> str:
        """The head."""
        self.computed += 1
        return f"head {self.computed}"


def of(page: Page, context: IsolationContext) -> str:
    with isolation_scope(context):
        return page.head


def test_each_context_has_a_value_of_its_own_that_is_computed_once() -> None:
    page = Page()
    assert [of(page, RED), of(page, BLUE), of(page, RED)] == ["head 1", "head 2", "head 1"]


def test_setting_and_deleting_are_about_the_context_that_runs() -> None:
    page = Page()
    of(page, BLUE)
    with isolation_scope(RED):
        page.head = "set"
    assert (of(page, RED), of(page, BLUE)) == ("set", "head 1")
    with isolation_scope(RED):
        del page.head
        with pytest.raises(AttributeError):
            del page.head
    assert (of(page, RED), of(page, BLUE)) == ("head 2", "head 1")


def test_taking_the_attribute_out_forgets_all() -> None:
    page = Page()
    of(page, RED), of(page, BLUE)
    vars(page).pop("head")
    assert (of(page, RED), of(page, BLUE)) == ("head 3", "head 4")


def test_a_copy_keeps_what_was_computed_and_goes_its_own_way() -> None:
    page = Page()
    of(page, RED)
    other = copy.copy(page)
    assert of(other, RED) == "head 1"
    of(other, BLUE)
    assert page.computed == 1
    assert of(page, BLUE) == "head 2"
    assert pickle.loads(pickle.dumps(page)).head == "head 3"


def test_a_context_that_is_forgotten_takes_its_values_along() -> None:
    page = Page()
    of(page, RED), of(page, BLUE)
    forget_context(IsolationContext("red", "default"))
    assert (of(page, BLUE), of(page, RED)) == ("head 2", "head 3")


def test_the_values_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(properties, "MOST_VALUES", 2)
    page = Page()
    for name in ("a", "b", "a", "c"):  # b was not asked for longest
        of(page, IsolationContext(name, "default"))
    assert [of(page, IsolationContext(name, "default")) for name in ("a", "c", "b")] == ["head 1", "head 3", "head 4"]


def test_what_raises_is_not_kept_and_the_class_gives_the_property() -> None:
    class Broken:
        @isolated_cached_property
        def value(self) -> Any:
            raise ValueError

    broken = Broken()
    for _ in range(2):
        with pytest.raises(ValueError):
            broken.value  # noqa: B018
    assert Page.head.__doc__ == "The head."
    with pytest.raises(TypeError):
        isolated_cached_property(len).__get__(broken)
