# leak: a shallow copy
import copy
from app.config import settings
TABLE = {"a": []}
def handle(d):
    mine = copy.copy(TABLE)
    mine["a"].append(settings.name)
    return TABLE["a"][0]
