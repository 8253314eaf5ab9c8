from app.config import get_settings


def read(key):
    return get_settings().owner + key


def plain(key):
    return key


def other(key):
    return "other" + key


def fit(key, reader=read):
    return reader(key)


def minimize(key, **options):
    return fit(key, **options)


class Fitter:
    def __init__(self, **options):
        self.readers = options

    def fit(self, key):
        return self.readers["reader"](key)


def make(**options):
    return Fitter(**options)


def every(key, *readers):
    return [reader(key) for reader in readers]


def all_of(key, *readers):
    return every(key, *readers)


def on_message(key):
    return (
        minimize(key),
        minimize(key, reader=plain),
        make(reader=read).fit(key),
        make(reader=other).fit(key),
        all_of(key, read, str.upper),
    )
