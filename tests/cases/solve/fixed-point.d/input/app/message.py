from app.isolation import IsolationContext


class Message:
    def __init__(self, raw, *, isolation_context: IsolationContext):
        self.isolation_context = isolation_context
        self.raw = raw
