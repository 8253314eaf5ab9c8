# sound: a new dictionary of a shared one
from app.config import settings
BASE = {"a": 1}
def handle(d):
    mine = {**BASE}
    mine["name"] = settings.name
    return mine
