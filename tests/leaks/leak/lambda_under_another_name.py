# leak: what a lambda gives, called by the name that it was given
from app.config import settings
T = {}
def handle(d):
    make = lambda: settings.name
    T["x"] = make()
    return T["x"]
