class Base:
    def __init__(self):
        self.log = []


class Registry(Base):
    last = None

    def __init__(self):
        super().__init__()
        self.items = {}
        self.names = {}

    def add(self, key, value):
        self.items.setdefault(key, {})["name"] = value
        table = self.items
        table[key] = value
        self.log.append(value)
        self.last = value

    def note(self, key, value):
        self.names[key] = value


registry = Registry()
seen = set()
counted = set()
