# sound: the object that each tenant has keeps what its methods are told
from app.config import settings


def handle(d):
    before = settings.noted(d["user"])
    settings.note(d["user"], settings.name + d["text"])
    return before, settings.noted(d["user"])
