from app.friends import left
from app.moods import mood_manager


def on_message(raw):
    return mood_manager.mood(raw["chat"]), mood_manager.even(raw["count"]), left.go(3)
