from app.parts import Bot, Other, Special


class Handler:
    def __init__(self, bot: Bot):
        self.bot = bot

    def answer(self, raw):
        return self.bot.config["name"], self.bot.version


def on_message(raw):
    handler = Handler(Bot())
    return handler.answer(raw), of_any(Special()), of_other(Other()), mixed(raw)


def of_any(bot: Bot):
    if bot.config.DEBUG:
        return bot.config.name
    bot.config = None
    return [each.config for each in [Special()]]


def of_other(other):
    return other.config


def mixed(raw):
    thing = Bot() if raw else Other()
    return thing.config


def in_place():
    return Special().config


def unknown(thing):
    return thing.config
