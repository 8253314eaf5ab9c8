def default():
    from app.config import settings

    return settings.name
