from app.config import settings as s
from app.memory import memory
from app.session import get_session_manager


def on_message(raw):
    return s.name, memory.size, get_session_manager().open(raw), f"{s.width}"


NAME = s.name
