from app.config import settings


class IsolationContext:
    pass


def context_from_message(raw):
    return IsolationContext()


def get_settings(isolation_context):
    return settings
