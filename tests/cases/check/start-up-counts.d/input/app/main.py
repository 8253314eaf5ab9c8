from app.config import settings


def greet():
    return settings.name


def main():
    greet()


def on_message(event):
    return greet()
