class Base:
    def shared(self, a):
        return a


class Client(Base, dict):
    retries: int = 3

    def __init__(self, url, timeout=10):
        self.url = url

    @property
    def name(self):
        return "x"

    def get(self, path, *, headers=None, **options):
        return path

    def inherits(self):
        pass

    def _private(self, a, b):
        pass


def send(a, b, c=1, *args, d=2):
    return a


def kinds(a, b, /, c, *, e):
    pass


async def wait(x) -> int:
    return x


def layout(a='x', b=(1,
                     2)):
    pass


def inserted(a, b=1):
    pass


@app.get("/users")
def users():
    pass


@app.post("/users")
def create():
    pass


def maker(x):
    return x
