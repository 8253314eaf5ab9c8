from app.config import settings
from app.isolation import (
    something,
)


def name():
    return settings.name, something
