# leak: a generator that lasts is sent each message, and answers the one before
from app.config import settings


def conversation():
    said = "nothing yet"
    while True:
        heard = yield f"you said before: {said}"
        said = heard


talks = {}


async def handle(d):
    talk = talks.get(d["user"])
    if talk is None:
        talk = talks[d["user"]] = conversation()
    before = next(talk)
    talk.send(f"{d['text']} to {settings.name}")
    return before
