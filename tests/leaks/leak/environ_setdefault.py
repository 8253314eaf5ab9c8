# leak: os.environ.setdefault
import os

from app.config import settings


def handle(d):
    os.environ.setdefault("APP_OTHER", settings.name)
    return os.environ["APP_OTHER"]
