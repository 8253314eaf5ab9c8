from app.config import settings


def behind():
    return settings.name  # weft: ignore[config] the name is the same for all


def other():
    return settings.name  # weft: ignore[config]
