from app.config import settings
from app.tenants import threaded


def on_message(raw):
    return settings.greeting + threaded()
