from app.apis import Client, nickname, shout
from app.config import settings


def motto():
    return settings.motto


def on_message(raw):
    return motto(), nickname(), shout(), Client().name()
