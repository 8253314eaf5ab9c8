from app.session import get_session_manager


def on_message(raw):
    return get_session_manager().open(raw)
