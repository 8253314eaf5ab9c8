from app.config import settings


class Base:
    def on_start(self):
        return settings.start

    def helper(self):
        return settings.helper

    def start_event(self):
        return settings.event

    def dispatch(self, kind):
        getattr(self, f"on_{kind}")()
        handler = getattr(self, kind + "_event", None)
        if handler:
            handler()
        getattr(self, "helper")()


class Derived(Base):
    def on_stop(self):
        return settings.stop

    def other(self):
        return settings.other


class Named:
    def first(self):
        return settings.first

    def second(self, name):
        return settings.second


def by_any_name(named: Named, name, scheduler):
    scheduler.add(getattr(named, name))
    scheduler.every(5, getattr(named, name))


def unknown(thing):
    return getattr(thing, "helper")()


def on_message(raw):
    d = Derived()
    d.on_start()
    d.on_stop()
    d.start_event()
    d.other()
    d.helper()
    d.dispatch(raw["kind"])
    Named().first()
    Named().second("x")
