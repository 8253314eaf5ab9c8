# sound: a helper fills what its caller made
from app.config import settings


def put(table, key, value):
    table[key] = value


def handle(d):
    table = {}
    put(table, "name", settings.name)
    return table["name"]
