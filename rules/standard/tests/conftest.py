"""Puts the standard runtime on the path, as the package `isolation`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import isolation  # noqa: E402
from isolation import ambient  # noqa: E402


@pytest.fixture(autouse=True)
def forget_everything() -> Iterator[None]:
    token = ambient._ambient.set(None)
    yield
    ambient._ambient.reset(token)
    ambient.forget_known_contexts()
    isolation.set_strict_isolation(None)
