from app.config import settings


class MoodManager:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def mood(self, chat_id):
        return settings.mood


mood_manager = MoodManager()
