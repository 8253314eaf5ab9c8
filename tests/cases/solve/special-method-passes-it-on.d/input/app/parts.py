from app.config import settings


def name():
    return settings.name


class Opened:
    def __enter__(self):
        return name()

    def __exit__(self, *error):
        return False

    @property
    def title(self):
        return name()


class Sorted:
    __slots__ = ()

    def __lt__(self, other):
        return (lambda: name() < "m")()


shared = Opened()
