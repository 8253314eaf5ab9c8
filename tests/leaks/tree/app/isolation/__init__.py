"""The runtime of these trees: a tenant for each message."""
import functools
import os
from contextvars import ContextVar

from app.config import Settings


class IsolationContext:
    def __init__(self, tenant_id: str):
        self.tenant_id = tenant_id

    def __hash__(self):
        return hash(self.tenant_id)

    def __eq__(self, other):
        return self.tenant_id == other.tenant_id


_default = IsolationContext("default")
_current = ContextVar("context", default=_default)
_settings = {}
_is_passed_only = "PASSED_ONLY" in os.environ  # nothing is ambient


def current_isolation_context() -> IsolationContext:
    if _is_passed_only:
        raise RuntimeError("the ambient context is read")
    return _current.get()


def enter_message_context(raw) -> IsolationContext:
    context = IsolationContext(raw["tenant"])
    if not _is_passed_only:
        _current.set(context)
    if context not in _known:
        _known.append(context)
        for function in _followers:
            function(context)
    return context


_known = [_default]
_followers = []


def for_each_context(function):
    """Done for the default tenant, and for each one at its first message."""
    _followers.append(function)
    for context in _known:
        function(context)


def get_settings(context: IsolationContext) -> Settings:
    return _settings.setdefault(context.tenant_id, Settings(context.tenant_id))


def isolated_accessor(*dimensions):
    def decorate(make):
        made = {}

        @functools.wraps(make)
        def ask(context):
            if context.tenant_id not in made:
                made[context.tenant_id] = make(context)
            return made[context.tenant_id]

        return ask

    return decorate


class _StandIn:
    def __init__(self, ask):
        self.__dict__["_ask"] = ask

    def __getattr__(self, name):
        return getattr(self._ask(current_isolation_context()), name)

    def __setattr__(self, name, value):
        setattr(self._ask(current_isolation_context()), name, value)


def ambient_instance(ask):
    return _StandIn(ask)
