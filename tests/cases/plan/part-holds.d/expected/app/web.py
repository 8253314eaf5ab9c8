from app.isolation import context_from_message, get_settings


def on_message(raw):
    isolation_context = context_from_message(raw)
    return get_settings(isolation_context).name
