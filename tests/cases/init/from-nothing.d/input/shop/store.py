import peewee


class Base(peewee.Model):
    pass


class Row(Base):
    pass


class Store:
    def __init__(self):
        self.rows = []
        self.size = 0

    def put(self, row):
        self.size += 1


class Fixed:
    def __init__(self):
        self.name = "fixed"


store = Store()
fixed = Fixed()
_lazy = None


def get_lazy():
    global _lazy
    if _lazy is None:
        _lazy = Store()
    return _lazy
