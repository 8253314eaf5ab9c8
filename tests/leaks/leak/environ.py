# leak: the environment of the process
import os

from app.config import settings


def handle(d):
    if "APP_NAME" not in os.environ:
        os.environ["APP_NAME"] = settings.name
    return os.environ["APP_NAME"]
