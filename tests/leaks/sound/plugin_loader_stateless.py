# sound: the loader keeps the plugin's instance, which reads the settings at each run
from app.config import settings


class GreetPlugin:
    command = "hi"

    def __init__(self, loader):
        self.loader = loader

    def run(self, user):
        return f"{settings.name}: welcome, {user}"


class Loader:
    def __init__(self, *classes):
        self.classes = {cls.command: cls for cls in classes}
        self.loaded = {}

    def load(self, command):
        try:
            return self.loaded[command]
        except KeyError:
            return self.loaded.setdefault(command, self.classes[command](self))


loader = Loader(GreetPlugin)


async def handle(d):
    return loader.load(d["text"]).run(d["user"])
