# leak: a bound dict.setdefault is mapped over the tenant's words
from app.config import settings

slots = {}
ask = slots.setdefault


def handle(d):
    return list(map(ask, ("title", "greeting"), settings.words))
