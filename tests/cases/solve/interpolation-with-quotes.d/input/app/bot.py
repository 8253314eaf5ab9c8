from app.config import settings


def one():
    return f"one {settings.name}"


def nested():
    return f"four {f'in {settings.name}'}"


def generated():
    yield f"{settings.name}"


def plain(price):
    return settings.name, f"{price:=06.2f} {price!r}"


def on_message(raw):
    return one(), nested(), list(generated()), plain(1.5), [f"{x} {settings.name}" for x in "a"]
