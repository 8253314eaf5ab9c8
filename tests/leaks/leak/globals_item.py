# leak: globals() as a dictionary
from app.config import settings


def handle(d):
    names = globals()
    if "late" not in names:
        names["late"] = settings.name
    return names["late"]
