from app.clean import Clean


def on_message(raw):
    return raw


def schedule():
    Clean().run()
