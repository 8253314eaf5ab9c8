from app.config import greeting, settings


def answer(text):
    if len(text) > settings.limit:
        return greeting()
    return text


def on_message(event):
    return answer(event["text"])
