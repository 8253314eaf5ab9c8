from app.jobs import hello
from app.isolation import context_from_message


def on_message(raw):
    return hello()
