# leak: what a tenant takes out of a set of all is missing for the next one
from app.config import settings

LETTERS = set("abcdefghijklmnopqrstuvwxyz")


def handle(d):
    LETTERS.discard(settings.name[-1])
    return "".join(sorted(LETTERS))
