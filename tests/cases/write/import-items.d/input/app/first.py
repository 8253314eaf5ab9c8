from app.config import Settings, settings, other


def name() -> Settings:
    return settings.name, other
