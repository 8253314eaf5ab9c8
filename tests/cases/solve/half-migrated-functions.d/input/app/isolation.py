class IsolationContext:
    pass


def current_isolation_context():
    return IsolationContext()


def context_from_message(raw):
    return IsolationContext()


def get_settings(isolation_context):
    return object()
