# leak: an attribute of an imported module of the tree
from app import config
from app.config import settings


def handle(d):
    if not hasattr(config, "last_name"):
        config.last_name = settings.name
    return config.last_name
