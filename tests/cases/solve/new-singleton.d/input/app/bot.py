from app.moods import mood_manager


def on_message(raw):
    return mood_manager.mood(raw["chat"])
