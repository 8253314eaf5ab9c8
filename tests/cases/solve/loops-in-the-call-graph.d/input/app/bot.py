from app.config import settings


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and (even(n - 1) if n > settings.limit else False)


def alone():
    return alone() or settings.x


def on_message(raw):
    return even(raw)
