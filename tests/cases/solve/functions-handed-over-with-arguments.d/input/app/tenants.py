from app.config import get_settings


def settings_of(context):
    return get_settings()
