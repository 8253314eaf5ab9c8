"""Where a tenant's files lie."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from typing import TypeVar

from .context import DEFAULT_CONTEXT, DIMENSIONS, IsolationContext

P = TypeVar("P", str, Path, PurePath)

_HOLE = re.compile(r"\{(\w+)\}")
_PLAIN = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=@+,~",
)


def tenant_path(
    path: P,
    into: str,
    isolation_context: IsolationContext,
    *,
    below: str | None = None,
) -> P:
    """The context's own place where `path` is one for all.

    `into` says where that is: "data/{tenant_id}/images". {path} in it is the
    path itself. With `below`, a folder that `path` begins with, only this
    beginning is put elsewhere, and a path that does not begin so stays.

    The default context, which was there before there were others, keeps
    `path`, so that its files are found. For others the folder is made as far
    as it can be told: all above the path, and the path where the default's is
    one.

        - id: images
          path: data/images
          into: "data/{tenant_id}/images"
    """
    keys = [name for name in _HOLE.findall(into) if name in DIMENSIONS]
    if isolation_context.key(keys) == DEFAULT_CONTEXT.key(keys):
        return path
    old = os.fspath(path)
    start, end = (0, len(old)) if below is None else _find(old, below)
    if end == 0:
        return path
    names = {name: _name(getattr(isolation_context, name)) for name in keys}
    names["path"] = old[start:end]
    place = _HOLE.sub(lambda hole: names.get(hole[1], hole[0]), into)
    new = (place if os.path.isabs(place) else old[:start] + place) + old[end:]
    os.makedirs(
        new if os.path.isdir(old) else os.path.dirname(new) or ".",
        exist_ok=True,
    )
    return type(path)(new)


def _find(path: str, below: str) -> tuple[int, int]:
    """Where the folder stands in the path, from a separator to a separator;
    (0, 0): nowhere.

    At its beginning, or the last one: folders above it may be called the same.
    """
    parts = re.escape(below).replace("/", r"[/\\]+")
    found = list(
        re.finditer(rf"(?:^(?:\./)*|(?<=[/\\]))({parts})(?=[/\\]|$)", path),
    )
    if not found:
        return 0, 0
    first = found[0] if found[0].start() == 0 else found[-1]
    return first.span(1)


def _name(value: str | None) -> str:
    """A value as one name of a file: nothing in it leads elsewhere, and
    different values have different names.
    """
    if value is None:
        return "%none"
    return "".join(c if c in _PLAIN else _escaped(c) for c in value)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
