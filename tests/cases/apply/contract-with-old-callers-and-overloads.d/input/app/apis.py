"""What plugins call."""
from typing import overload
from warnings import deprecated

from app.isolation import IsolationContext, get_settings
from app.isolation.legacy import count


@overload
def nickname(*, isolation_context: IsolationContext) -> str: ...
@overload
@deprecated("pass isolation_context")
def nickname() -> str: ...
def nickname(*, isolation_context: IsolationContext | None = None) -> str:
    if isolation_context is None:
        isolation_context = count("app.apis.nickname")
    return get_settings(isolation_context).name


def shout(*, isolation_context: IsolationContext | None = None): isolation_context = count("app.apis.shout") if isolation_context is None else isolation_context; return get_settings(isolation_context).name.upper()


class Client:
    """Is made by plugins, too."""

    def __init__(self, *, isolation_context: IsolationContext | None = None) -> None:
        if isolation_context is None:
            isolation_context = count("app.apis.Client.__init__")
        self.isolation_context = isolation_context

    def name(self):
        return get_settings(self.isolation_context).name
