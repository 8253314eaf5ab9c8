"""Settings that a tenant may have of its own: the process's, with the tenant's in front.

    tenant_settings("app.config", isolation_context).TIMEOUT

is app.config.TIMEOUT, unless the tenant has one of its own.
"""

from __future__ import annotations

import importlib
import threading
from typing import Any

from .context import IsolationContext

_MISSING = object()
_lock = threading.Lock()
_own: dict[tuple[str, str], dict[str, Any]] = {}
"""By the settings' name and the tenant: what the tenant has of its own."""


def tenant_settings(name: str, isolation_context: IsolationContext) -> Any:
    """The settings `name`, "app.config" or "django.conf.settings", as the context's tenant sees them.

    What the tenant sets is the tenant's alone; what it has not set is read of the process's settings, each
    time anew. `set_tenant_settings` gives a tenant its own before anything runs for it.
    """
    return _TenantSettings(name, isolation_context.tenant_id)


def set_tenant_settings(name: str, tenant_id: str, values: dict[str, Any]) -> None:
    """Give a tenant exactly these settings of its own; an empty dictionary leaves it the process's."""
    with _lock:
        _own[name, tenant_id] = dict(values)


class _TenantSettings:
    __slots__ = ("_name", "_tenant_id")

    def __init__(self, name: str, tenant_id: str) -> None:
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_tenant_id", tenant_id)

    def __getattr__(self, name: str) -> Any:
        value = _own_of(self).get(name, _MISSING)
        return getattr(_shared(self), name) if value is _MISSING else value

    def __setattr__(self, name: str, value: Any) -> None:
        with _lock:
            _own.setdefault((_name_of(self), _tenant_of(self)), {})[name] = value

    def __delattr__(self, name: str) -> None:
        """Back to the process's own."""
        with _lock:
            if _own_of(self).pop(name, _MISSING) is _MISSING:
                raise AttributeError(f"{_tenant_of(self)!r} has no {name!r} of its own in {_name_of(self)}")

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


def _shared(view: _TenantSettings) -> Any:
    """A module, or what the last part of the name is in one."""
    name = _name_of(view)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        module, _, attribute = name.rpartition(".")
        if error.name != name or not module:
            raise
    return getattr(importlib.import_module(module), attribute)
