# leak: the plugin loader makes one instance of each plugin, and its constructor formats the greeting
from app.config import settings


class Plugin:
    def __init__(self, loader):
        self.loader = loader
        self.setup()

    def setup(self):
        pass


class GreetPlugin(Plugin):
    command = "hi"

    def setup(self):
        self.banner = f"{settings.name}: welcome"

    def run(self, user):
        return f"{self.banner}, {user}"


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
