from app import config
from app.config import Settings, settings


def show(s: "settings", t: config.settings = None) -> Settings:
    x: Settings = settings
    assert isinstance(settings, Settings)
    return x


def on_message(raw):
    return show(1)
