# sound: an encoder that lasts keeps nothing of what it encodes
import json

from app.config import settings


class Bot:
    def __init__(self, name):
        self.name = name


class BotEncoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, Bot):
            return {"bot": o.name}
        return super().default(o)


encoder = BotEncoder(sort_keys=True, ensure_ascii=False)


async def handle(d):
    return encoder.encode({"from": Bot(settings.name), "to": d["user"]})
