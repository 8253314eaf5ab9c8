def name():
    from app.config import settings
    return settings.name
