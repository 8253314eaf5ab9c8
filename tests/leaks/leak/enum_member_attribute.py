# leak: an attribute of a member of an enumeration
import enum

from app.config import settings


class Kind(enum.Enum):
    CHAT = "chat"


def handle(d):
    if not hasattr(Kind.CHAT, "label"):
        Kind.CHAT.label = settings.name
    return Kind.CHAT.label
