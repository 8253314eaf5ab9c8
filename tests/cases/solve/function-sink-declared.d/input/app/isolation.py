class IsolationContext:
    pass


def current_isolation_context() -> IsolationContext:
    return IsolationContext()
