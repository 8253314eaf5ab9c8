# leak: the key of the order is a lambda
from app.config import settings

CHOICES = ["alpha", "beta", "gamma"]


def handle(d):
    head = CHOICES[0]
    CHOICES.sort(key=lambda choice: (not choice.startswith(settings.name[0]), choice))
    return head
