from app.config import settings
from app.store import store


def main():
    return settings.name, store.put(1)


def show():
    return settings.name
