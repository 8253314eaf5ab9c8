def first():
    from .registry import registry

    return registry.size()


def second():
    try:
        from app.registry import registry as r
    except ImportError:
        r = None
    return r.size()


def on_message(raw):
    from . import registry as module

    return first() + second() + module.registry.size()
