from app.config import global_config


def greet(name):
    return f"{name}, I am {global_config.bot.nickname}"


def shout(name):
    return greet(name).upper()
