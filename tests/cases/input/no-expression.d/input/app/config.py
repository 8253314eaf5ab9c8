settings = object()


class Bot:
    def on(self, m):
        return settings.name
