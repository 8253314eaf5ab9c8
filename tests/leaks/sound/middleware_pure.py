# sound: a middleware chain folded once has layers that keep nothing between messages
from functools import reduce

from app.config import settings


def with_brand(following):
    def layer(d):
        brand = None
        if brand is None:
            brand = settings.name
        return {**following(d), "brand": brand}

    return layer


def with_trim(following):
    return lambda d: following({**d, "text": d["text"].strip()})


def core(d):
    return {"echo": d["text"]}


pipeline = reduce(lambda inner, wrap: wrap(inner), [with_trim, with_brand], core)


def handle(d):
    return pipeline(d)
