from app.config import settings
from app.tools import initialise


def main():
    initialise()
    return settings.name
