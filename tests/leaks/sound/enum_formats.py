# sound: the member of the enum only formats
import enum

from app.config import settings


class Mood(str, enum.Enum):
    HAPPY = "{bot} is happy"
    SAD = "{bot} is sad"

    def say(self, bot):
        return self.value.format(bot=bot)


async def handle(d):
    return Mood["HAPPY" if d["text"] == "hi" else "SAD"].say(settings.name)
