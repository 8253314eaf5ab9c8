from app.session import close, get_session_manager


def on_message(raw):
    close()
    return get_session_manager().path
