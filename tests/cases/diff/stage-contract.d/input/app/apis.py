"""What plugins call."""
from app.isolation import IsolationContext, current_isolation_context, get_settings


def nickname(*, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return get_settings(isolation_context).name


def shout(*, isolation_context: IsolationContext | None = None): isolation_context = current_isolation_context() if isolation_context is None else isolation_context; return get_settings(isolation_context).name.upper()


def whisper(*, isolation_context: IsolationContext | None = None): """One line."""; isolation_context = current_isolation_context() if isolation_context is None else isolation_context; return nickname(isolation_context=isolation_context).lower()


@register
def command(text, *, isolation_context: IsolationContext | None = None):
    if isolation_context is None:
        isolation_context = current_isolation_context()
    return nickname(isolation_context=isolation_context) + text
