class IsolationContext:
    pass


def current_isolation_context():
    return IsolationContext()


def get_settings(context):
    return context
