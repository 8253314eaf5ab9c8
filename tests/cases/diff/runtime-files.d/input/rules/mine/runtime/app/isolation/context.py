class IsolationContext:
    pass


def current_isolation_context():
    return IsolationContext()


def get_settings(isolation_context):
    from app.config import settings

    return settings
