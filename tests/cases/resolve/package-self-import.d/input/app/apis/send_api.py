from .chat_api import nickname


def send(text):
    return f"{nickname()}: {text}"
