from app.apis.chat import nickname


def on_message(raw):
    return nickname()
