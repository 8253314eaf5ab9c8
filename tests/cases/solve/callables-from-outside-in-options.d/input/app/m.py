from app.config import get_settings


def read(key):
    return get_settings().owner + key


def chain(key, then=read):
    return then(key)


def forward(key, **options):
    options.setdefault("then", str.upper)
    return chain(key, **options)


def first(key, step=read):
    return step(key)


def spread(key, steps):
    return first(key, *steps)


class Desk:
    handlers = {"a": read}

    def go(self, key):
        return self.handlers["a"](key)


class Other(Desk):
    handlers = dict(Desk.handlers, a=str.upper)


def sure(key, step=read):
    return step(key)


def on_message(key):
    return forward(key), chain(key), spread(key, [str.upper]), Desk().go(key), Other().go(key), sure(key)
