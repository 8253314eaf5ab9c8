# leak: a closure made at import keeps the last value as nonlocal
from app.config import settings


def make_deduplicator():
    last = None

    def deduplicate(text):
        nonlocal last
        if text == last:
            return None
        changed, last = last, text
        return changed

    return deduplicate


deduplicate = make_deduplicator()


async def handle(d):
    return deduplicate(f"{settings.name}: {d['text']}")
