from app.config import settings


def outer(items):
    def inner(item):
        return item * settings.factor

    async def later():
        return [inner(i) for i in items]

    return later()


class Bot:
    def __init__(self, name):
        self.name = name

    def build(self):
        def inner():
            return settings.name + self.name

        return inner()


def on_message(raw):
    def handle():
        return outer(raw)

    return handle(), Bot("b").build(), (lambda: settings.name)()
