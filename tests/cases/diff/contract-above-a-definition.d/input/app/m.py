from app.isolation import IsolationContext, current_isolation_context, tenant_settings


def plain(tag, *, context: IsolationContext | None = None):
    if context is None:
        context = current_isolation_context()

    async def inner(key):
        return tag + tenant_settings("app.config.settings", context).owner + key

    return inner


def spaced(tag, *, context: IsolationContext | None = None):

    if context is None:
        context = current_isolation_context()

    def inner(key):
        return tag + tenant_settings("app.config.settings", context).owner + key

    return inner


def commented(tag, *, context: IsolationContext | None = None):
    if context is None:
        context = current_isolation_context()

    # about it
    def inner(key):
        return tag + tenant_settings("app.config.settings", context).owner + key

    return inner


def documented_spaced(tag, *, context: IsolationContext | None = None):
    """Doc."""
    if context is None:
        context = current_isolation_context()

    @staticmethod
    def inner(key):
        return tag + tenant_settings("app.config.settings", context).owner + key

    return inner


def decorated(tag, *, context: IsolationContext | None = None):
    if context is None:
        context = current_isolation_context()

    @wraps
    def inner(key):
        return tag + tenant_settings("app.config.settings", context).owner + key

    return inner


def wraps(function):
    return function
