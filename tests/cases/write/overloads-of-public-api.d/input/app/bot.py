from app.apis import Client, nickname, only, say, shout
from app.config import settings


def motto() -> str:
    return settings.motto


async def on_message(raw):
    return motto(), nickname(), shout(), await say("a"), only(1), Client().read("k"), Client.make("x"), Client.of()
