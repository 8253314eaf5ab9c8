from app.one import title


def on_message(raw):
    return title()
