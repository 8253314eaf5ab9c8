from app.config import settings


class Moods:
    def now(self):
        return settings.mood


moods: Moods = Moods()
def last():
    return moods.now()
