from app.config import get_settings, settings
from app.store import get_asked, get_log, get_store


def name():
    return settings.name + get_settings().name


def path():
    return get_store().path, get_log().path, get_asked().path


def reset():
    get_asked.cache_clear()
