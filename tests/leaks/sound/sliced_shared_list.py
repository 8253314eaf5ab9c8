# sound: a slice of a shared list
from app.config import settings
WORDS = ["a"]
def handle(d):
    mine = WORDS[:]
    mine.append(settings.name)
    return mine
