from conf import settings


class Task:
    def __init__(self, func):
        self.func = func

    def __call__(self, *args, **kwargs):
        return self.func(*args, **kwargs)


def task(func):
    return Task(func)


def named(name):
    def wrap(func):
        return Task(func)

    return wrap


def either(func=None):
    if func is not None:
        return Task(func)
    return lambda f: Task(f)


class Loose:
    def __init__(self, func):
        self.func = func

    def __call__(self, *args, **kwargs):
        return self.func(*args, **kwargs)


@task
def plain(n):
    return f"{settings.name}{n}"


@named("x")
def with_name(n):
    return f"{settings.name}{n}"


@either
def bare(n):
    return f"{settings.name}{n}"


@either()
def called(n):
    return f"{settings.name}{n}"


def label(n):
    return f"{settings.name}{n}"


def handle(tenant):
    loose = Loose(label)
    return plain(1), with_name(2), bare(3), called(4), loose(5), Loose(lambda n: label(n))(6)
