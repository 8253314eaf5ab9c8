from app.client import client


def on_message(raw):
    return client.ask()
