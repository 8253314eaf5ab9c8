# sound: what an error says is told and forgotten
from app.config import settings


class Failed(Exception):
    def __init__(self, key):
        super().__init__(settings.name + key)


def handle(d):
    try:
        raise Failed(d["text"])
    except Failed as error:
        return str(error)
