# sound: a table of pure strategies gets the tenant's name as an argument
from app.config import settings


def formal(bot, user):
    return f"Dear {user}, {bot} is at your service"


def casual(bot, user):
    return f"yo {user}, {bot} here"


STRATEGIES = {"hi": casual, "good day": formal, "shout": lambda bot, user: f"{user}! {bot}!".upper()}


def handle(d):
    return STRATEGIES.get(d["text"], formal)(settings.name, d["user"])
