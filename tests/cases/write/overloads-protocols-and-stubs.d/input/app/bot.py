from app.kinds import Bot, Named, size


def show(named: Named):
    return named.name()


def on_message(raw):
    return show(Bot()), size(1)
