from app.config import default, settings


def make():
    return settings.first


def by_symbol(path, context=None):
    if context is None:
        context = default
    return context.execute, settings.title


def by_call(path, context=None):
    context = context or make()
    return context.execute
