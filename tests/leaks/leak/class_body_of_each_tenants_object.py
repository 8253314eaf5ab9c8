# leak: what the class body gives is shared by the objects of all tenants
from app.config import Settings, settings


def handle(d):
    settings.put_away(settings.name)
    return Settings.drawer[0]
