# leak: an encoder that lasts numbers the names that it has met
import json

from app.config import settings


class Bot:
    def __init__(self, name):
        self.name = name


class RefEncoder(json.JSONEncoder):
    def __init__(self, **options):
        super().__init__(**options)
        self.refs = {}

    def default(self, o):
        if isinstance(o, Bot):
            ref = self.refs.setdefault(o.name, len(self.refs))
            return {"$ref": ref}
        return super().default(o)


encoder = RefEncoder(sort_keys=True)


async def handle(d):
    return encoder.encode({"from": Bot(settings.name), "to": d["user"]}), list(encoder.refs)
