"""Objects and functions that the process keeps serve whoever comes next."""
from app.config import settings

_handlers = {}
_pool = []
_render = None
_jobs = []


class Handler:
    def run(self):
        return settings.name


class Quick(Handler):
    pass


class Worker:
    def work(self):
        return settings.size


class Bus:
    listeners = []


class Listener:
    def __init__(self):
        Bus.listeners.append(self)

    def on(self, raw):
        print(settings.name, raw)


class Once:
    _instance = None

    @classmethod
    def get(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    def name(self):
        return settings.name


class Short:
    def name(self):
        return settings.name


def make():
    def render():
        return settings.name

    return render


def on_message(raw):
    global _render
    if raw not in _handlers:
        _handlers[raw] = Quick()
    worker = _pool.pop() if _pool else Worker()
    try:
        worker.work()
    finally:
        _pool.append(worker)
    Listener()
    for listener in Bus.listeners:
        listener.on(raw)
    if _render is None:
        _render = make()
    _jobs.append(lambda: print(settings.name))
    return _handlers[raw].run() + _render() + Once.get().name() + Short().name()
