import app.alpha
from app.config import settings
import app.helpers
from app.store import Store


def f():
    return settings.a
