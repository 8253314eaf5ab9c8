from app.config import *
import app.isolation


def name():
    return settings.name, app.isolation
