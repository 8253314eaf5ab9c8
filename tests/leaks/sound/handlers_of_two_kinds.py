# sound: handlers of plugins stand beside those of messages; a plugin lasts, a message does not
from app.config import settings


class Plugin:
    def __init__(self):
        self.extras = {}


class Message:
    def __init__(self, text):
        self.text = text
        self.extras = {}


PLUGIN = Plugin()
HANDLERS = {}


def on(kind):
    def register(function):
        HANDLERS[kind] = function
        return function

    return register


@on("loaded")
def loaded(plugin: Plugin):
    return plugin.extras


@on("message")
def greet(message: Message):
    message.extras["name"] = settings.name
    return message.extras["name"]


async def handle(d):
    HANDLERS["loaded"](PLUGIN)
    return HANDLERS["message"](Message(d["text"]))
