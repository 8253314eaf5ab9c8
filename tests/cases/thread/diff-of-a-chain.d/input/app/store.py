def load(key):
    """Loads.

    Args:
        key: which one.
    """
    return key


class Base:
    def get(self, key):
        return load(key)


class Child(Base):
    def get(self, key):
        return super().get(key)


def handle(request):
    return Child().get(request.key)
