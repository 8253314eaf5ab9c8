from app.isolation import IsolationContext


def check(value, *, isolation_context: IsolationContext):
    pass


def middleware(application, *, isolation_context: IsolationContext):
    def run(*args):
        box, reply = args
        box["input"] = Reader(box["input"], isolation_context=isolation_context)


class Reader:
    def __init__(self, inner, *, isolation_context: IsolationContext):
        self.inner = inner

    def read(self, *sizes):
        for line in self.inner.read(*sizes):
            check(line, isolation_context=self.isolation_context)


def check_input(inner, *, isolation_context: IsolationContext):
    for name in ["read", "write"]:
        check(hasattr(inner, name), isolation_context=isolation_context)
