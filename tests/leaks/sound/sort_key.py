# sound: a lambda that sorted() calls
from app.config import settings


def handle(d):
    return sorted(["b", "a", settings.name], key=lambda word: (word != settings.name, word))
