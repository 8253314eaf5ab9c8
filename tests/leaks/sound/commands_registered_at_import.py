# sound: the registry of commands is filled at import, by __init_subclass__ with keywords
from app.config import settings


class Command:
    commands = {}

    def __init_subclass__(cls, /, trigger, **kwargs):
        super().__init_subclass__(**kwargs)
        Command.commands[trigger] = cls

    def __init__(self, user):
        self.user = user
        self.footer = f"(by {settings.name})"


class Hi(Command, trigger="hi"):
    def run(self):
        return f"hello {self.user} {self.footer}"


class Bye(Command, trigger="bye"):
    def run(self):
        return f"bye {self.user} {self.footer}"


async def handle(d):
    return Command.commands[d["text"]](d["user"]).run()
