from app import config


def change(bot: config.Bot, new):
    config.settings = new
    bot.limits = new
    bot.limits.most = 3


def on_message(raw):
    bot = config.Bot()
    change(bot, raw)
    return config.settings.name, bot.limits
