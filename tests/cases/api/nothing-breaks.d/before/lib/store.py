class Base:
    pass


class Store(Base):
    limit = 'ten'

    def open(self, name, /, mode='r', *args, force=False):
        return name

    def close(self):
        pass


def helper(a, b=(1, 2), **options):
    return a


def _own(a, b):
    pass
