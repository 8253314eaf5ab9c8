from app.moods import MoodManager


def on_message(raw):
    return MoodManager().mood(raw["chat"])
