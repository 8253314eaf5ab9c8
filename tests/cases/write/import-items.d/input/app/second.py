from app.config import (
    Settings,
    settings,  # the settings
    other,
)


def name() -> Settings:
    return settings.name, other
