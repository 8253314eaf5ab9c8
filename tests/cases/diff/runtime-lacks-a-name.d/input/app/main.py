from app.config import settings, store


def answer(text):
    return settings["a"], save(text)


def save(text):
    store["b"] = text
    return store


def on_message(event):
    return answer(event["text"])
