from app.config import settings


class MoodManager:
    _instance = None

    def __new__(cls, *args, **kwargs):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __init__(self):
        self.moods = {}

    def mood(self, chat_id):
        if chat_id is None:
            return mood_manager.mood(settings.chat)
        return self.moods.get(chat_id, settings.mood)

    def even(self, count):
        return settings.even if count == 0 else mood_manager.odd(count - 1)

    def odd(self, count):
        return settings.odd if count == 0 else mood_manager.even(count - 1)


mood_manager = MoodManager()
