# sound: a sorted copy
from app.config import settings
WORDS = ["b", "a"]
def handle(d):
    mine = sorted(WORDS)
    mine.append(settings.name)
    return mine
