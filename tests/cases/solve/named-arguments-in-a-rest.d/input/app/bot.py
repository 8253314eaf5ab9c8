from app.config import settings
from app.state import LISTENERS, TABLE, Event


def by_name(**rest):
    event = rest.get("event") or Event()
    event.extras["user"] = settings.name
    rest["other"].extras["user"] = settings.name


def shared_by_name(**rest):
    rest["table"]["last"] = settings.name


def given_back(**rest):
    return rest["value"]


def on_message(raw):
    by_name(event=Event(), table=TABLE["quiet"], other=Event())
    shared_by_name(event=Event(), table=TABLE)
    TABLE["back"] = given_back(value=settings.name)
    for listener in LISTENERS:
        listener.append(settings.name)
