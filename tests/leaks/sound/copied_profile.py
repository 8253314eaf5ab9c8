# sound: copy.copy of a base profile, whose list is then replaced and not changed
import copy

from app.config import settings


class Profile:
    def __init__(self, tone, phrases):
        self.tone = tone
        self.phrases = phrases


BASE = Profile("friendly", ["good day"])


def profile_for(user):
    profile = copy.copy(BASE)
    profile.user = user
    profile.phrases = profile.phrases + [f"{settings.name} loves {user}"]
    return profile


async def handle(d):
    profile = profile_for(d["user"])
    return {"tone": profile.tone, "phrases": profile.phrases, "base": list(BASE.phrases)}
