from app.config import settings


class Fixed:
    def run(self):
        return settings.fixed


class Loud:
    __slots__ = ()

    def run(self):
        return settings.loud


class Quiet:
    __slots__ = ()

    def run(self):
        return settings.quiet
