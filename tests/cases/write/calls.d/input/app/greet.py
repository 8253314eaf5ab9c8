from app.config import settings


def greet(*names, **options):
    return settings.name, names, options


def wrap(x, y=0):
    return settings.name, x, y
