class IsolationContext:
    pass


def current_isolation_context():
    return IsolationContext()
