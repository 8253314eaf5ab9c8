from app.config import settings


def one(raw):
    return settings.name + raw


def two(raw):
      # page two
    """A page."""
    return (
        one(raw)
    )


class Three:
    def three(self):
        return settings.name


def on_message(raw):
    return one(raw), two(raw), Three().three()
