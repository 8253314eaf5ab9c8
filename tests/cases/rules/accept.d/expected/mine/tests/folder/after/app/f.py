from isolation import IsolationContext, current_isolation_context
from tenants import settings as weft_settings


def f(*, context: IsolationContext | None = None):
    if context is None:
        context = current_isolation_context()
    return weft_settings(context).x
