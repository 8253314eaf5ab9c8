# sound: a deep copy
import copy
from app.config import settings
TABLE = {"a": []}
def handle(d):
    mine = copy.deepcopy(TABLE)
    mine["a"].append(settings.name)
    return mine["a"]
