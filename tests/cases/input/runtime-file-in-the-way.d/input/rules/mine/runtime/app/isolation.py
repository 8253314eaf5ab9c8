class IsolationContext:
    pass
