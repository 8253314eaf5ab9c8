# sound: what is taken out in the end was put in before
from app.config import settings

busy = set()


def handle(d):
    busy.add(d["user"])
    try:
        return settings.name
    finally:
        busy.discard(d["user"])
