# leak: every profile shares one __dict__
from app.config import settings


class Profile:
    _state = {}

    def __init__(self):
        self.__dict__ = self._state


async def handle(d):
    profile = Profile()
    if not hasattr(profile, "greeting"):
        profile.greeting = f"{settings.name} greets"
    return profile.greeting
