"""Write nested settings into a tree of configuration objects."""

from __future__ import annotations

import copy
import dataclasses
import difflib
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any


class ConfigOverrideError(ValueError):
    """An override names a setting that does not exist."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(
            key.rpartition(".")[2],
            list(known),
            n=1,
        )
        hint = f", did you mean {close[0]!r}?" if close else ""
        super().__init__(f"no setting {key!r} in the configuration{hint}")


def settings_of(section: object) -> set[str]:
    names = set(vars(section)) if hasattr(section, "__dict__") else set[str]()
    if dataclasses.is_dataclass(section):
        names.update(field.name for field in dataclasses.fields(section))
    return names


def lay_over(
    section: object,
    overrides: Mapping[str, Any],
    prefix: str = "",
) -> None:
    """Set each override in place.

    A mapping descends into a section object. A setting that is itself a
    dictionary is replaced as a whole by a mapping; a dotted key changes one
    entry of it.
    """
    for key, value in overrides.items():
        head, _, rest = key.partition(".")
        path = prefix + head
        if isinstance(section, MutableMapping):
            section[key] = copy.deepcopy(value)
            continue
        known = settings_of(section)
        if head not in known:
            raise ConfigOverrideError(path, known)
        current = getattr(section, head)
        if rest:
            lay_over(current, {rest: value}, path + ".")
        elif isinstance(value, Mapping) and not isinstance(current, Mapping):
            lay_over(current, value, path + ".")
        else:
            setattr(section, head, copy.deepcopy(value))
