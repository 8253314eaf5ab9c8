from app import session
from app.session import get_session_manager


class Maker:
    make: get_session_manager
    other: "session.get_session_manager"


def on_message(raw):
    return get_session_manager().get(raw), session.get_session_manager().get(raw)
