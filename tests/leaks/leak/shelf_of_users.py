# leak: a shelf on the disk, keyed by the user only
import os
import shelve
import tempfile

from app.config import settings

PATH = os.path.join(tempfile.mkdtemp(prefix="bot"), "users")


def user_record(user):
    with shelve.open(PATH) as shelf:
        if user not in shelf:
            shelf[user] = {"first_seen_by": settings.name}
        return shelf[user]


async def handle(d):
    return user_record(d["user"])["first_seen_by"]
