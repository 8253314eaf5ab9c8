class Counter:
    def __init__(self):
        self.seen = {}

    def note(self, name):
        self.seen[name] = self.seen.get(name, 0) + 1


class Palette:
    def __init__(self):
        self.colors = ["red"]

    @staticmethod
    def answer(response):
        response.headers["color"] = "red"


_counter = Counter()
unread = Counter()
palette = Palette()


def note(name):
    _counter.note(name)
    return palette.colors
