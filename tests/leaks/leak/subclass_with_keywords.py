# leak: the first message makes a subclass, whose keyword is kept by the base class's registry
from app.config import settings


class Command:
    commands = {}

    def __init_subclass__(cls, /, trigger, footer="", **kwargs):
        super().__init_subclass__(**kwargs)
        cls.footer = footer
        Command.commands[trigger] = cls

    def run(self, user):
        return f"{self.reply(user)} {self.footer}".strip()

    def reply(self, user):
        return f"hello {user}"


class Bye(Command, trigger="bye"):
    pass


async def handle(d):
    trigger = d["text"]
    if trigger not in Command.commands:
        class Dynamic(Command, trigger=trigger, footer=f"(by {settings.name})"):
            pass
    return Command.commands[trigger]().run(d["user"])
