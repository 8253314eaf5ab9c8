# What super() of a mixin reaches, the class of the object decides: here a constructor of ours, there one
# that takes nothing.
from threading import Thread


class Mixin:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)

    def close(self):
        super().close()

    def join(self):
        super().join()


class Logic:
    def __init__(self):
        self.open = True

    def close(self):
        self.open = False

    def join(self):
        self.close()


class Core(Mixin, Logic):
    pass


class Plain(Mixin):
    pass


class Worker(Mixin, Thread):
    pass


try:
    from app.extra import Extra
except ImportError:
    Extra = object


class Both(Extra):
    def __init__(self):
        super().__init__()
