from app.kinds import chained, other


def on_message(raw):
    return chained.size, other.size
