# sound: a copy is put in the order that a tenant prefers
from app.config import settings

CHOICES = ["alpha", "beta", "gamma"]


def handle(d):
    mine = list(CHOICES)
    mine.sort(key=lambda choice: (not choice.startswith(settings.name[0]), choice))
    return mine[0]
