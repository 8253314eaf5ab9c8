from app.config import settings

A = 1
B = 2
C = 3
D = 4


def on_message(raw):
    return settings.name
