from app.bus import bus
from app.config import settings


@bus.tag
def tagged():
    return settings.name


@bus.filter
def filtered():
    return settings.name


@bus.hook
def hooked():
    return settings.name
