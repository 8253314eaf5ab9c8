from app.isolation import IsolationContext, context_from_message, get_settings


def name(*, isolation_context: IsolationContext):
    return get_settings(isolation_context).name


def on_message(raw):
    isolation_context = context_from_message(raw)
    return name(isolation_context=isolation_context)
