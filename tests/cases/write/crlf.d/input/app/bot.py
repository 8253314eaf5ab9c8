from app.config import settings


class Bot:
    """Doc."""

    def name(self,
             x,
             ):
        return settings.name + x


bot = Bot()


def on_message(raw):
    return bot.name(
        raw,
    )
