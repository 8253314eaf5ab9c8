from app.moods import MoodManager, mood_manager


def on_message(raw):
    return mood_manager.mood(raw["chat"]), MoodManager().mood(raw["chat"])
