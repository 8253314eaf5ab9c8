# sound: each refusal is an exception object of its own
from app.config import settings


class Refused(Exception):
    def __init__(self, policy):
        super().__init__(f"not allowed by {policy}")
        self.policy = policy


def check(d):
    if d["text"] == "hi":
        refused = Refused(settings.name)
        refused.add_note(f"asked by {d['user']}")
        raise refused
    return d["text"]


def handle(d):
    try:
        return check(d)
    except Refused as refused:
        return [str(refused), refused.policy, refused.__notes__]
