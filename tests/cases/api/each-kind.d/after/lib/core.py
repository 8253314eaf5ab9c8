class Base:
    def shared(self, a, b):
        return a

    def inherits(self):
        pass


class Client(Base):
    retries: int = 4

    def __init__(self, url, timeout=20, *, context):
        self.url = url

    name = "x"

    def get(self, path, *, headers, **options):
        return path

    def _private(self, a):
        pass


def send(b, a, c=1, *, d=2):
    return a


def kinds(a, b, /, *, c, e=1):
    pass


def wait(x) -> str:
    return x


def layout(a="x", b=(1, 2)):
    pass


def inserted(first=0, a=None, b=1, *, isolation_context=None):
    pass


@app.get("/users")
def users():
    pass


maker = 3
