# leak: the sessions are a UserDict with a default
from collections import UserDict

from app.config import settings


class Sessions(UserDict):
    def __getitem__(self, user):
        if user not in self.data:
            self.data[user] = self.create(user)
        return super().__getitem__(user)

    def create(self, user):
        return {"user": user, "bot": settings.name}


sessions = Sessions()


async def handle(d):
    return "{bot} talks to {user}".format_map(sessions[d["user"]])
