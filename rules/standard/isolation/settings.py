"""Settings that a tenant may have of its own: the process's, with the tenant's
in front.

    tenant_settings("app.config", isolation_context).TIMEOUT

is app.config.TIMEOUT, unless the tenant has one of its own. Settings may hang
on an object, too:

    tenant_settings("app.bot.Bot.config", isolation_context, bot).TIMEOUT

is bot.config.TIMEOUT.
"""

from __future__ import annotations

import importlib
import threading
from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any

from .context import IsolationContext

_MISSING = object()
_READS = frozenset({"get", "items", "keys", "values"})
_lock = threading.Lock()
_own: dict[tuple[str, str], dict[str, Any]] = {}
"""By the settings' name and the tenant: what the tenant has of its own."""


def tenant_settings(
    name: str,
    isolation_context: IsolationContext,
    holder: object = None,
) -> Any:
    """The settings `name`, "app.config" or "django.conf.settings", as the
    context's tenant sees them.

    With a `holder` they are what this object has under the last part of the
    name.

    What the tenant sets is the tenant's alone; what it has not set is read of
    the process's settings, each time anew. `set_tenant_settings` gives a
    tenant its own before anything runs for it.
    """
    return _TenantSettings(name, isolation_context.tenant_id, holder)


def set_tenant_settings(
    name: str,
    tenant_id: str,
    values: dict[str, Any],
) -> None:
    """Give a tenant exactly these settings of its own; an empty dictionary
    leaves it the process's.
    """
    with _lock:
        _own[name, tenant_id] = dict(values)


class _TenantSettings:
    __slots__ = ("_holder", "_name", "_tenant_id")

    def __init__(
        self,
        name: str,
        tenant_id: str,
        holder: object = None,
    ) -> None:
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_tenant_id", tenant_id)
        object.__setattr__(self, "_holder", holder)

    def __getattr__(self, name: str) -> Any:
        shared = _shared(self)
        if name in _READS and isinstance(
            shared,
            Mapping,
        ):  # flask's config is a dictionary
            return getattr(_both(self), name)
        value = _own_of(self).get(name, _MISSING)
        return getattr(shared, name) if value is _MISSING else value

    def __getitem__(self, key: Any) -> Any:
        value = _own_of(self).get(key, _MISSING)
        return _shared(self)[key] if value is _MISSING else value

    def __setitem__(self, key: Any, value: Any) -> None:
        with _lock:
            own = _own.setdefault((_name_of(self), _tenant_of(self)), {})
            own[key] = value

    def __contains__(self, key: object) -> bool:
        return key in _own_of(self) or key in _shared(self)

    def __iter__(self) -> Iterator[Any]:
        return iter(_both(self))

    def __len__(self) -> int:
        return len(_both(self))

    def __setattr__(self, name: str, value: Any) -> None:
        with _lock:
            own = _own.setdefault((_name_of(self), _tenant_of(self)), {})
            own[name] = value

    def __delattr__(self, name: str) -> None:
        """Back to the process's own."""
        with _lock:
            if _own_of(self).pop(name, _MISSING) is _MISSING:
                missing = f"{name!r} of its own in {_name_of(self)}"
                raise AttributeError(f"{_tenant_of(self)!r} has no {missing}")

    def __dir__(self) -> list[str]:
        return sorted({*dir(_shared(self)), *_own_of(self)})

    def __repr__(self) -> str:
        return f"<settings {_name_of(self)} of {_tenant_of(self)!r}>"


def _name_of(view: _TenantSettings) -> str:
    return str(object.__getattribute__(view, "_name"))


def _tenant_of(view: _TenantSettings) -> str:
    return str(object.__getattribute__(view, "_tenant_id"))


def _own_of(view: _TenantSettings) -> dict[str, Any]:
    return _own.get((_name_of(view), _tenant_of(view)), {})


def _both(view: _TenantSettings) -> ChainMap[Any, Any]:
    return ChainMap(_own_of(view), _shared(view))


def _shared(view: _TenantSettings) -> Any:
    """A module, or what the last parts of the name are in one, or the last
    part in the holder.
    """
    name, attributes = _name_of(view), []
    holder = object.__getattribute__(view, "_holder")
    if holder is not None:
        return getattr(holder, name.rpartition(".")[2])
    while True:
        try:
            value = importlib.import_module(name)
            break
        except ModuleNotFoundError as error:
            module, _, attribute = name.rpartition(".")
            if not module or not f"{name}.".startswith(f"{error.name}."):
                raise
            attributes.append(attribute)
            name = module
    for attribute in reversed(
        attributes,
    ):  # "flask.current_app.config" is two attributes of a module
        value = getattr(value, attribute)
    return value
