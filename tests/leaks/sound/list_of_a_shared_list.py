# sound: a new list of a shared one
from app.config import settings
WORDS = ["a"]
def handle(d):
    mine = list(WORDS)
    mine.append(settings.name)
    return mine
