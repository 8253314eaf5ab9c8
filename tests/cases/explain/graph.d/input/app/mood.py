from app.config import global_config


class MoodManager:
    def mood(self, chat):
        return global_config.mood.default


mood_manager = MoodManager()
