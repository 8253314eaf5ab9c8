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
        return self.moods.get(chat_id, settings.mood)


mood_manager = MoodManager()
