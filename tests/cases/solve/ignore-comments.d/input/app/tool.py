"""For developers."""
# weft: ignore-file[config] not part of the bot
from app.config import settings

NAME = settings.name


def main():
    print(settings.name, NAME)
